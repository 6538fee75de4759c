#!/bin/bash
# demo.sh: builds everything and runs it with demo data: the SmartCA sandbox, a portal of two companies with a proxy behind it,
# and a proxy that serves the page by itself, to anybody on this machine.
#
#   ./assets/demo.sh              the portal at http://127.0.0.1:8081/, the page at http://127.0.0.1:8080/
#   PORT=9000 ./assets/demo.sh    other ports: 9001 and 9000
#   SKIP_SETUP=1 ./assets/demo.sh leaves the machine's packages alone
#
# What it makes lies in build/; build/demo/ holds the demo's secrets and data. Ctrl-C stops it all.
set -euo pipefail
cd "$(dirname "$0")/.."
port=${PORT:-8080}
demo=build/demo
dist=build/release/dist

say() { printf '\n== %s\n' "$*"; }
fail() {
    printf 'demo.sh: %s\n' "$*" >&2
    exit 1
}
in_use() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

[[ $port =~ ^[0-9]+$ ]] && [ "$port" -ge 1 ] && [ "$port" -le 65534 ] || fail "PORT=$port is no port number"
for each in "$port" $((port + 1)); do
    if in_use "$each"; then fail "something listens on 127.0.0.1:$each already; choose another port: PORT=9000 $0"; fi
done

if [ -z "${SKIP_SETUP:-}" ]; then
    say "Setting up this machine (packages, library sources, Emscripten)"
    bash assets/setup/setup.sh
fi

say "Building the proxy and the sandbox"
mkdir -p build
cmake --preset release >build/cmake-release.log || { cat build/cmake-release.log >&2; fail "cmake --preset release failed"; }
cmake --build --preset release --target smartca-proxy smartca-sandbox

say "Building the page (WebAssembly)"
(
    . ./emsdk-env.sh
    cmake --preset wasm >/dev/null
    cmake --build --preset wasm --target smartca_dialog
)
cmake --install build/wasm --prefix "$dist" >/dev/null
[ -f "$dist/index.html" ] || fail "the web build has installed no index.html in $dist"

say "Making the demo's secrets and starting the programs"
mkdir -p "$demo"
chmod 700 "$demo"
secret() { # secret FILE COMMAND...: its output, made once
    [ -s "$demo/$1" ] || (umask 077 && "${@:2}" >"$demo/$1")
}
secret sp-id echo smartca-demo
secret sp-password openssl rand -hex 16
secret registry.key openssl rand -hex 32
secret portal.pem openssl genpkey -algorithm ed25519
secret server-token openssl rand -hex 32
public=$(openssl pkey -in "$demo/portal.pem" -pubout -outform DER | tail -c 32 | basenc --base64url | tr -d =)
secret session-keys.json echo '{"keys": [{"kid": "demo-portal", "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "x": "'"$public"'", "iss": "https://portal.demo",
  "companies": ["anh-duong", "buu-dien"], "may": ["lookup", "create", "list", "details", "rename", "default", "remove"]}]}'
secret companies.json echo '{"companies": [{"name": "anh-duong"}, {"name": "buu-dien"}]}'
rm -f "$demo"/*.ready

children=()
stop() {
    trap - EXIT INT TERM
    for child in "${children[@]}"; do kill "$child" 2>/dev/null || true; done
    wait
}
trap stop EXIT
trap 'exit 0' INT TERM

# ready FILE NAME LOG PID: waits until the program has written its address.
ready() {
    for _ in $(seq 150); do
        [ -s "$1" ] && return
        kill -0 "$4" 2>/dev/null || { tail -n 5 "$3" >&2; fail "$2 has stopped; its log is $3"; }
        sleep 0.1
    done
    fail "$2 does not get ready; its log is $3"
}

build/release/proxy/sandbox/smartca-sandbox --listen 127.0.0.1:0 --state "$demo/sandbox" --sp-id "$(cat "$demo/sp-id")" \
    --sp-password-file "$demo/sp-password" --ready-file "$demo/sandbox.ready" \
    --answers tests/cases/smartca-answers.json >"$demo/sandbox.log" 2>&1 &
children+=($!)
ready "$demo/sandbox.ready" smartca-sandbox "$demo/sandbox.log" "${children[0]}"

# proxy NAME OPTIONS...: one with a database of its own
proxy() {
    build/release/proxy/smartca-proxy --static-dir "$dist" --database "$demo/$1.sqlite" --key-file "$demo/registry.key" \
        --smartca-url "https://$(cat "$demo/sandbox.ready")/sca/sp769" --smartca-ca-file "$demo/sandbox/ca.pem" \
        --smartca-id-file "$demo/sp-id" --smartca-password-file "$demo/sp-password" \
        --subscriber-ca-file "$demo/sandbox/subscriber-ca.pem" --ready-file "$demo/$1.ready" "${@:2}" >"$demo/$1.log" 2>&1 &
    children+=($!)
    ready "$demo/$1.ready" smartca-proxy "$demo/$1.log" $!
}
proxy proxy --listen "127.0.0.1:$port" --demo-data assets/demo/registry.json
proxy portal-proxy --listen "unix:$demo/portal.sock" --demo-data assets/demo/portal-registry.json --company anh-duong --companies-file "$demo/companies.json" \
    --auth bearer --session-keys-file "$demo/session-keys.json" --auth-token-file "$demo/server-token" --allowed-hosts 127.0.0.1,localhost
node assets/demo/portal/server.mjs --port $((port + 1)) --proxy "unix:$demo/portal.sock" --key "$demo/portal.pem" --token-file "$demo/server-token" \
    >"$demo/portal.ready" 2>"$demo/portal.log" &
children+=($!)
ready "$demo/portal.ready" "the portal" "$demo/portal.log" $!

say "Open $(cat "$demo/portal.ready"): a portal, with two companies and an administrator and a clerk in each"
echo "   Add a certificate, choose Nguyễn Văn A, type 001099000001, press Look up; then sign in as somebody else. Ctrl-C stops."
echo "   The page by itself, with 214 users: http://$(cat "$demo/proxy.ready")/"
echo "   Logs: $demo/*.log"
wait -n -p ended "${children[@]}" || true
names=(sandbox proxy portal-proxy portal)
for i in "${!children[@]}"; do
    [ "${children[i]}" = "$ended" ] || continue
    tail -n 5 "$demo/${names[i]}.log" >&2
    fail "${names[i]} has stopped; its log is $demo/${names[i]}.log"
done
