#!/bin/bash
# run.sh: sets this machine up and runs every test. What CI runs, and the README's second command.
#
# While working on a room, build and run its tests alone; touching one file of it takes well under a minute:
#   cmake --preset release && cmake --build --preset release --target smartca_test_http && ctest --preset release -R 'unit_http$'
# and one file of the scenario or web tests:
#   cmake --build --preset release --target smartca-proxy smartca-sandbox && node --test tests/scenario/users.test.mjs
# What is too long to run each time: tests/long.sh, tests/separate.sh, tests/outcomes/run.sh, tests/parity/run.sh, ENDURANCE=200 (tests/web).
#
# STEPS="format tidy asan tsan release wasm parity size scenario web firefox webkit" chooses steps; default: all, in that order.
set -uo pipefail
cd "$(dirname "$0")/.."
root=$PWD
steps=${STEPS:-format tidy asan tsan release wasm parity size scenario web firefox webkit}
jobs=$(nproc)
passed=0
failed=()

step() { # NAME COMMAND...: runs a step, remembers how it ended, says how long it took
    local name=$1 began=$SECONDS
    shift
    case " $steps " in *" $name "*) ;; *) return 0 ;; esac
    echo "=== $name"
    if "$@" 2>&1 | tee "build/step-$name.log"; then
        passed=$((passed + 1))
        echo "=== $name: passed ($((SECONDS - began)) s)"
    else
        failed+=("$name")
        echo "=== $name: FAILED ($((SECONDS - began)) s)"
    fi
}

# One version on every Debian: each one lays out and finds other things.
our_sources() { git ls-files -- '*.h' '*.cpp'; }
build() { cmake --preset "$1" >"build/$1-configure.log" 2>&1 || { cat "build/$1-configure.log"; return 1; }
    cmake --build --preset "$1" -j "$jobs" "${@:2}"; }

run_format() { our_sources | xargs clang-format-19 --dry-run -Werror; }
run_tidy() { tests/tidy.sh; }
run_asan() { build asan --target smartca_tests && ctest --preset asan -j "$jobs"; }
# The rooms that have threads.
run_tsan() { build tsan --target smartca_test_{http,audit,registry,upstream} &&
    ctest --preset tsan -j "$jobs" -R 'unit_(http|audit_postgres|registry|registry_postgres|upstream)$'; }
# What is shipped, for the steps below to drive. The unit tests, which have run under the sanitizers, would be three quarters of this step.
run_release() { build release --target smartca-proxy smartca-sandbox smartca_parity; }
run_wasm() { build wasm && ctest --preset wasm -j "$jobs" && cmake --install build/wasm --prefix build/release/dist >/dev/null; }
run_parity() { tests/parity/run.sh "${PARITY_COUNT:-50000}"; }
run_size() { tests/size-budget.sh build/release/dist; }
# Several files at a time: each has ports, folders and a browser of its own.
node_tests() { # ROOM FILES-AT-A-TIME [FILE...]
    (cd "tests/$1" && { [ ! -f package.json ] || [ -d node_modules ] || npm ci --loglevel=error --no-audit --no-fund; } &&
        if [ $# -gt 2 ]; then node --test --test-concurrency="$2" "${@:3}"; else node --test --test-concurrency="$2" ./*.test.mjs; fi)
}
# What another engine decides: whole creates, what is typed and pasted, keys and focus, where the ink lies, what is announced.
run_firefox() { ENGINE=firefox node_tests web 2 {create,fields,keys,ink,notices}.test.mjs; }
# Playwright drives no WebKit of Debian's: tests/web/webdriver.mjs does, with as much as these ask for.
run_webkit() { ENGINE=webkit node_tests web 2 {create,ink}.test.mjs; }

# The proxy that kills itself at a named step of a create (tests/outcomes) is built for these alone.
run_scenario() { cmake --preset release -DSMARTCA_DIE_AT=ON >build/release-configure.log &&
    cmake --build --preset release -j "$jobs" --target smartca-proxy smartca-proxy-mortal smartca-sandbox && node_tests scenario 4; }  # they wait, half of the time

mkdir -p build
bash assets/setup/setup.sh tests || exit 1
. ./emsdk-env.sh || exit 1
if command -v ccache >/dev/null; then
    export CMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER-ccache}
    export EM_COMPILER_WRAPPER=${EM_COMPILER_WRAPPER-$(command -v ccache)}
fi
if [ -x .deps/node/bin/node ]; then export PATH="$root/.deps/node/bin:$PATH"; fi

step format run_format
step tidy run_tidy
step asan run_asan
step tsan run_tsan
step release run_release
step wasm run_wasm
step parity run_parity
step size run_size
step scenario run_scenario
step web node_tests web 2
step firefox run_firefox
step webkit run_webkit

# Said again at the end, where whoever reads a long log looks first.
for name in "${failed[@]}"; do
    echo "=== what $name said"
    grep -n -E -A 12 '^not ok|error[:( ]|FAILED|\*\*\*' "build/step-$name.log" | head -n 80
done
[ ${#failed[@]} -eq 0 ] || echo "Failed steps: ${failed[*]}"
echo "$passed passed, ${#failed[@]} failed"
[ ${#failed[@]} -eq 0 ]
