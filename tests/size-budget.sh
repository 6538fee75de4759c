#!/bin/bash
# size-budget.sh DIST: what a visitor downloads must stay within the budget (bytes after brotli -q 11). Of the languages
# the longest one counts: a page fetches one.
set -euo pipefail
dist=${1:?folder of the served files}
budget=185000
total=0
printf '%-30s %10s %10s\n' file bytes brotli
for path in "$dist"/smartca.*.wasm "$dist/smartca.js" "$dist/smartca.vi.txt"; do
    file=$(basename "$path")
    compressed=$(brotli -q 11 -c "$path" | wc -c)
    printf '%-30s %10d %10d\n' "$file" "$(stat -c %s "$dist/$file")" "$compressed"
    total=$((total + compressed))
done
printf '%-30s %10s %10d of %d\n' together '' "$total" "$budget"
[ "$total" -le "$budget" ] || { echo "Over the budget by $((total - budget)) bytes." >&2; exit 1; }
