#!/bin/bash
# run.sh: the proof that no create is lost or doubled, whatever fails and whenever the proxy dies. Needs a release build
# (./tests/run.sh makes one); builds what has changed.
#
#   tests/outcomes/run.sh                              20 000 creates on each registry
#   CREATES=500 REGISTRIES=econtract SEED=7 tests/outcomes/run.sh
#
# What it promises is at the top of proof.mjs. A seed repeats the choices of a run, not its timing.
set -euo pipefail
cd "$(dirname "$0")/../.."
cmake --preset release -DSMARTCA_DIE_AT=ON >build/release-configure.log
cmake --build --preset release --target smartca-proxy-mortal smartca-sandbox
if [ -x .deps/node/bin/node ]; then export PATH="$PWD/.deps/node/bin:$PATH"; fi
exec node tests/outcomes/main.mjs
