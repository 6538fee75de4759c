#!/bin/bash
# Runs the same generated inputs through shared/ natively and as WebAssembly under Node, and compares what comes out.
#
#   tests/parity/run.sh [COUNT] [SEED]     (1 000 000 inputs, seed 769)
#
# Build both first:  cmake --build --preset release --target smartca_parity   and the same with the preset wasm.
# On a difference it prints the first differing input with both digests, and fails.
set -euo pipefail
cd "$(dirname "$0")/../.."
count=${1:-1000000} seed=${2:-769} step=10000
native=build/release/tests/parity/smartca_parity
wasm=build/wasm/tests/parity/smartca_parity.js
for program in "$native" "$wasm"; do
    [ -f "$program" ] || { echo "run.sh: $program is missing; build the target smartca_parity first" >&2; exit 2; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$native" "$count" "$seed" >"$folder/native" &
node "$wasm" "$count" "$seed" >"$folder/wasm"
wait $!
[ -s "$folder/native" ] || { echo "run.sh: the native program printed nothing" >&2; exit 2; }

if cmp -s "$folder/native" "$folder/wasm"; then
    echo "parity: $count inputs of seed $seed, digest $(tail -n 1 "$folder/native" | cut -d' ' -f2), native and WebAssembly alike"
    exit 0
fi

# The first checkpoint that differs says in which stretch to look.
line=$(awk 'NR == FNR { native[FNR] = $0; next } native[FNR] != $0 { print FNR; exit }' "$folder/native" "$folder/wasm")
from=$(((line - 1) * step))
to=$((from + step < count ? from + step : count))
"$native" --show "$from" "$to" "$seed" >"$folder/native.inputs"
node "$wasm" --show "$from" "$to" "$seed" >"$folder/wasm.inputs"
echo "parity: native and WebAssembly differ; the first differing input (native, then WebAssembly):" >&2
awk 'NR == FNR { native[FNR] = $0; next } native[FNR] != $0 { print native[FNR]; print; exit }' \
    "$folder/native.inputs" "$folder/wasm.inputs" >&2
exit 1
