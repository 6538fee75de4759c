#!/bin/bash
# peers.sh: builds the same page with other libraries from npm, and measures it beside ours: tests/bench/peers/README.md. Needs the
# release build, build/release/dist and what tests/run.sh sets up; ten to fifteen minutes on a machine that does nothing else. ROUNDS=1 tries it.
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)
if [ -x "$root/.deps/node/bin/node" ]; then export PATH="$root/.deps/node/bin:$PATH"; fi
for folder in peers ../web; do (cd "$folder" && { [ -d node_modules ] || npm ci --loglevel=error --no-audit --no-fund; }); done
exec node peers.mjs
