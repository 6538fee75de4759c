#!/bin/bash
# tidy.sh [CHECKS]: clang-tidy over our own code, but for the tests and what only Emscripten compiles. It reads what the
# compiler does: a room at once (assets/cmake/Rooms.cmake), so that a header is parsed once a room. CHECKS, in the words of
# clang-tidy's --checks, are added to those of .clang-tidy.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
# The static analyser enters a .cpp that another file includes only where that file's path contains "UnifiedSource"
# (clang 19, AnalysisManager::isInCodeFile).
build=build/tidy-UnifiedSource
mkdir -p build
# Nothing is compiled: only cpp-httplib's header is made by the build.
{ cmake --preset release -B "$build" -DSMARTCA_DIE_AT=ON && cmake --build "$build" --target httplib/httplib.h; } \
    >build/tidy-configure.log 2>&1 || { cat build/tidy-configure.log; exit 1; }

units=$(sed -n 's|^ *"file": "\(.*\)".*|\1|p' "$build/compile_commands.json" |
    grep -E "^$root/($build/)?(shared|web|proxy)/" | sort -u)
seen=$(for unit in $units; do echo "$unit"; sed -n 's|^#include "\(/.*\)"|\1|p' "$unit"; done)
missed=$(git ls-files -- '*.cpp' | grep -v -E '^(web/platform|tests)/' | sed "s|^|$root/|" | grep -v -x -F "$seen" || true)
[ -z "$missed" ] || { printf 'No target compiles, hence clang-tidy did not read:\n%s\n' "$missed"; exit 1; }

# The largest first, so that no processor is left with it at the end. A unit includes .cpp files: that is what it is for.
for unit in $units; do echo "$(wc -l <"$unit") $unit"; done | sort -rn | cut -d' ' -f2 |
    xargs -P "$(nproc)" -n 1 clang-tidy-19 --quiet -p "$build" --checks="-bugprone-suspicious-include${1:+,$1}" \
        --extra-arg=-Wno-unknown-warning-option 2>build/tidy.log
