# Sourced by k8s/verify and k8s/verify-scaling, in the directory of the project: podman with images and containers of its own,
# an image of what ./mvnw package left in target, and what the rendered production overlay needs besides. $work is a
# directory that the script removes at the end, $tools what is to be installed besides podman.

say() {
  printf '%3d s  %s\n' $SECONDS "$*"
}

fail() {
  say "FAILED: $*" >&2
  if [ -n "${container:-}" ]; then
    podman logs "$container" 2>&1 | grep -v '"dev.ringlet.access"' | tail -n 20 >&2 || true
  fi
  exit 1
}

equal() {
  [ "$2" = "$3" ] || fail "$1: $2 instead of $3"
  say "$1: $2"
}

# await SECONDS WHAT COMMAND…
await() {
  local end=$(($(now) + $1 * 1000)) what=$2
  shift 2
  until "$@"; do
    [ "$(now)" -lt "$end" ] || fail "in vain: $what"
    sleep 0.05
  done
}

# milliseconds
now() {
  date +%s%3N
}

# ---- What it takes

missing=
for tool in podman runc netavark catatonit iptables nsenter curl openssl $tools; do
  [ -n "$(command -v $tool || find /usr/lib/podman /usr/libexec -name $tool 2> /dev/null)" ] || missing=yes
done
if [ "$(id -u)" != 0 ] || { [ -n "$missing" ] && ! command -v apt-get > /dev/null; }; then
  echo "$0: SKIPPED: needs root, and podman or apt-get to install it; nothing in k8s/ was run" >&2
  exit 0
fi
if [ -n "$missing" ]; then
  say 'installing podman and what it takes'
  (apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends podman runc \
    netavark aardvark-dns catatonit iptables util-linux curl openssl $tools) > /dev/null
fi
for tool in kubectl java keytool; do
  command -v "$tool" > /dev/null || fail "needs $tool"
done
for port in $ports; do
  ! (: < "/dev/tcp/127.0.0.1/$port") 2> /dev/null || fail "port $port is taken"
done

work=$(mktemp -d)
# images and containers of its own, so that those of the user stay as they are
podman=$(command -v podman)
podman() {
  "$podman" --root "$work/storage" --runroot "$work/run" "$@"
}
export CONTAINERS_CONF=$work/containers.conf
cat > "$CONTAINERS_CONF" << 'CONF'
[containers]
default_ulimits = ["nofile=20000:20000", "nproc=4096:4096"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[network]
network_backend = "netavark"
CONF

# image [jvm]: of the application that is in target, native where there is a binary
image() {
  [ -d target/quarkus-app ] || ./mvnw -B -q package -DskipTests
  kind=$(src/main/docker/lay-out "$@")
  podman build -q --target "$kind" --build-arg VERSION=verify -f src/main/docker/Containerfile.scratch \
    -t registry.example.com/ringlet:verify target/image > /dev/null
  say "image of the $kind target: $(podman image inspect -f '{{.Size}}' registry.example.com/ringlet:verify |
    awk '{ printf "%d MB", $1 / 1e6 }')"
}

# a certificate for localhost, and who trusts it
certificates() {
  store -keystore "$work/server.p12" -genkeypair -alias ca -keyalg EC -dname CN=ca -ext bc:c
  store -keystore "$work/server.p12" -genkeypair -alias server -keyalg EC -dname CN=cassandra -signer ca -ext san=dns:localhost
  store -keystore "$work/server.p12" -exportcert -rfc -alias ca > "$work/ca.crt"
  store -keystore "$work/server.p12" -delete -alias ca
  store -keystore "$work/trusted.p12" -importcert -noprompt -alias ca -file "$work/ca.crt"
}

password=$(openssl rand -hex 16)
store() {
  keytool -storetype PKCS12 -storepass "$password" "$@" 2> /dev/null
}

# cassandra COMMAND…: starts one on the ports 9042 and 7000, by way of a command, or of none
cassandra() {
  "$@" java -Djavax.net.ssl.trustStore="$work/trusted.p12" -Djavax.net.ssl.trustStorePassword="$password" \
    -cp 'target/test-classes:target/classes:target/quarkus-app/lib/boot/*:target/quarkus-app/lib/main/*' \
    dev.ringlet.local.SecuredCassandra 9042 7000 "$work/server.p12" "$password" > "$work/cassandra.log" 2>&1 ||
    fail "no Cassandra: $(tail -n 20 "$work/cassandra.log")"
}

# encoded KEY=VALUE…: as the data of a Secret
encoded() {
  local pair comma=
  for pair in "$@"; do
    printf '%s"%s":"%s"' "$comma" "${pair%%=*}" "$(printf %s "${pair#*=}" | base64 -w 0)"
    comma=,
  done
}

# what the overlay has from secrets
secrets() {
  # podman 4.3 wants the data of a Secret for variables, and for a volume the Secret, there in plain text
  printf '{%s}' "$(encoded username=ringlet "password=$password")" | podman secret create cassandra-credentials - > /dev/null
  printf '{%s}' "$(encoded "key=$(openssl rand -base64 32)")" | podman secret create ringlet-page-token - > /dev/null
  (printf 'data:\n  ca.crt: |\n' && sed 's/^/    /' "$work/ca.crt") | podman secret create cassandra-tls - > /dev/null
  # an API key for each of two roles of components/rules, and one that Ringlet does not know
  for name in reader writer stranger; do
    key=$(openssl rand -base64 32)
    printf 'X-API-Key: %s\n' "$key" > "$work/$name.header"
    printf '%s\n%s\n' "$(printf %s "$key" | sha256sum)" "$name" > "$work/$name"
  done
  : > "$work/nobody.header"
  (
    echo data:
    for name in reader writer; do
      printf '  %s: |\n' $name
      sed 's/^/    /' "$work/$name"
    done
  ) | podman secret create ringlet-api-keys - > /dev/null
}

# the overlay with this image and this Cassandra; what podman 4.3 cannot do without is the default: optional: false
render() {
  kubectl kustomize k8s/overlays/production > "$work/rendered.yaml"
  sed -e 's|image: .*/ringlet:.*|image: registry.example.com/ringlet:verify|' \
    -e "s|\(QUARKUS_CASSANDRA_CONTACT_POINTS:\).*|\1 localhost:9042|" \
    -e 's|^\( *\)secretName: .*|&\n\1optional: false|' "$work/rendered.yaml" > "$work/played.yaml"
}
