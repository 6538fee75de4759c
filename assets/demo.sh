#!/bin/bash
# demo.sh: builds everything and runs it with demo data: the SmartCA sandbox, the proxy, and the page in a browser of yours.
#
#   ./assets/demo.sh              http://127.0.0.1:8080/
#   PORT=9000 ./assets/demo.sh    another port
#   SKIP_SETUP=1 ./assets/demo.sh leaves the machine's packages alone
#
# What it makes lies in build/; build/demo/ holds the demo's secrets and data. Ctrl-C stops both programs.
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
in_use() { (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }

[[ $port =~ ^[0-9]+$ ]] && [ "$port" -ge 1 ] && [ "$port" -le 65535 ] || fail "PORT=$port is no port number"
if in_use; then fail "something listens on 127.0.0.1:$port already; choose another port: PORT=9000 $0"; fi

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

say "Making the demo's secrets and starting both programs"
mkdir -p "$demo"
chmod 700 "$demo"
secret() { # secret FILE COMMAND...: its output, made once
    [ -s "$demo/$1" ] || (umask 077 && "${@:2}" >"$demo/$1")
}
secret sp-id echo smartca-demo
secret sp-password openssl rand -hex 16
secret registry.key openssl rand -hex 32
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

build/release/proxy/smartca-proxy --listen "127.0.0.1:$port" --static-dir "$dist" \
    --database "$demo/registry.sqlite" --key-file "$demo/registry.key" --demo-data assets/demo/registry.json \
    --smartca-url "https://$(cat "$demo/sandbox.ready")/sca/sp769" --smartca-ca-file "$demo/sandbox/ca.pem" \
    --smartca-id-file "$demo/sp-id" --smartca-password-file "$demo/sp-password" \
    --subscriber-ca-file "$demo/sandbox/subscriber-ca.pem" --ready-file "$demo/proxy.ready" >"$demo/proxy.log" 2>&1 &
children+=($!)
ready "$demo/proxy.ready" smartca-proxy "$demo/proxy.log" "${children[1]}"

say "Open http://$(cat "$demo/proxy.ready")/"
echo "   Create New, choose Nguyễn Văn A, type 001099000001, press Look up. Ctrl-C stops."
echo "   Logs: $demo/proxy.log and $demo/sandbox.log"
wait -n -p ended "${children[@]}" || true
if [ "$ended" = "${children[0]}" ]; then stopped=sandbox; else stopped=proxy; fi
tail -n 5 "$demo/$stopped.log" >&2
fail "smartca-$stopped has stopped; its log is $demo/$stopped.log"
