#!/bin/bash
# run.sh: prints each promised figure beside its budget; exits non-zero when one is missed.
set -uo pipefail
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)
if [ -x "$root/.deps/node/bin/node" ]; then export PATH="$root/.deps/node/bin:$PATH"; fi
status=0
"$root/tests/size-budget.sh" "$root/build/release/dist" || status=1
cmake --build "$root/build/release" --target smartca-bench-session >/dev/null || status=1
for bench in memory session create page frame picks econtract; do node "$bench.mjs" || status=1; done
exit $status
