#!/bin/bash
# size-budget.sh DIST: what a visitor downloads must stay within the budgets (bytes after brotli -q 11): what the first view
# needs, and all of it, with the rest of the program. Of the languages the longest one counts: a page fetches one.
set -euo pipefail
dist=${1:?folder of the served files}
printf '%-38s %10s %10s\n' file bytes brotli
total=0
add() {
    for path in "$@"; do
        compressed=$(brotli -q 11 -c "$path" | wc -c)
        printf '%-38s %10d %10d\n' "$(basename "$path")" "$(stat -c %s "$path")" "$compressed"
        total=$((total + compressed))
    done
}
hold() {
    printf '%-38s %10s %10d of %d\n' "$1" '' "$total" "$2"
    [ "$total" -le "$2" ] || { echo "Over the budget by $((total - $2)) bytes." >&2; exit 1; }
}
rest=("$dist"/smartca.*.rest.wasm)
add "$dist/index.html" "${rest%.rest.wasm}.wasm" "$dist/smartca.js" "$dist/smartca.vi.txt"
hold 'first view' 118000
add "$rest"
hold 'together' 200000
