#!/bin/sh
# What a visitor downloads:  size.sh DIRECTORY   prints the sizes of its program and one language (tests/size-budget.sh
# holds them to the budget);  size.sh --compress DIRECTORY   writes .br and .gz beside each file, for the proxy to send.
set -eu

compress=no
if [ "$1" = --compress ]; then compress=yes; shift; fi
cd "$1"

if ! command -v brotli >/dev/null; then
    echo "size.sh: no brotli here, so the page is sent less compressed or not at all" >&2
    exit 0
fi

if [ "$compress" = yes ]; then
    for file in index.html smartca.js smartca.*.wasm smartca.*.txt; do
        brotli --force --quality=11 --output="$file.br" "$file"
        gzip --best --no-name --keep --force "$file"
    done
    exit 0
fi

total=0
for file in smartca.*.wasm smartca.js smartca.vi.txt; do
    packed=$(brotli --stdout --quality=11 "$file" | wc -c)
    total=$((total + packed))
    echo "$file: $(wc -c <"$file") bytes, $packed with brotli"
done
echo "together: $total bytes with brotli"
