#!/bin/sh
# What a visitor downloads:  size.sh DIRECTORY   prints the sizes of its smartca.js and smartca.wasm, and fails above the
# budget;  size.sh --compress DIRECTORY   writes .br and .gz beside each file first, for the proxy to send.
set -eu
budget=$((170 * 1024))

compress=no
if [ "$1" = --compress ]; then compress=yes; shift; fi
cd "$1"

if ! command -v brotli >/dev/null; then
    echo "size.sh: no brotli here; nothing is compressed with it, and the budget is not checked" >&2
    exit 0
fi

if [ "$compress" = yes ]; then
    for file in index.html smartca.js smartca.wasm; do
        brotli --force --quality=11 --output="$file.br" "$file"
        gzip --best --no-name --keep --force "$file"
    done
fi

total=0
for file in smartca.wasm smartca.js; do
    raw=$(wc -c <"$file")
    packed=$(brotli --stdout --quality=11 "$file" | wc -c)
    total=$((total + packed))
    echo "$file: $raw bytes, $packed with brotli"
done
echo "together: $total of $budget bytes"
[ "$total" -le "$budget" ] || { echo "size.sh: over the budget" >&2; exit 1; }
