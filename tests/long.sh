#!/bin/bash
# long.sh [NAME...]: what takes too long to run with every change; default: all. Needs what `tests/run.sh` has set up and built.
#   package    the Debian package (target "deb") installed, run as its unit says, upgraded, removed and purged in a clean Debian 12
#              and 13
#   same-bytes two builds of HEAD, in two folders, are the same bytes
#   restarts   two proxies restarted 100 times in turn behind nginx, HAProxy and Caddy, and secrets replaced 1000 times, under load
#   monitoring the alert rules and the dashboard's queries on a real Prometheus that asks real proxies
#   container  the Containerfile built and run as the Kubernetes example says, which is held against Kubernetes' types
#   analyser   clang's static analyser alone, over what tests/tidy.sh reads
#   fuzz       each target of tests/fuzz for 60 s (FUZZ_SECONDS)
set -euo pipefail
cd "$(dirname "$0")/.."

need() { # PACKAGE...: of Debian's
    dpkg-query -W "$@" >/dev/null 2>&1 && return
    echo "long.sh: install $* first (apt-get install --no-install-recommends $*)" >&2
    exit 1
}
run_package() { need debootstrap && for suite in bookworm trixie; do echo "--- $suite" && bash tests/package/install.sh "$suite" || return 1; done; }
run_same-bytes() { need help2man && bash tests/package/same-bytes.sh; }
run_restarts() { need nginx-light haproxy caddy && node tests/restarts/run.mjs; }
run_monitoring() { need prometheus && node --test tests/monitoring/monitoring.test.mjs; }
run_container() { need debootstrap buildah runc && (cd tests/container && npm ci --loglevel=error --no-audit --no-fund && node --test sidecar.test.mjs) &&
    bash tests/container/image.sh; }

run_analyser() { bash tests/tidy.sh '-*,clang-analyzer-core*,clang-analyzer-cplusplus*,-clang-analyzer-cplusplus.InnerPointer'; }

run_fuzz() { cmake --preset asan && cmake --build --preset asan --target smartca_fuzz &&
    FUZZ_SECONDS=${FUZZ_SECONDS:-60} ctest --preset asan -j "$(nproc)" -R '^fuzz_'; }

[ $# -gt 0 ] || set -- package same-bytes restarts monitoring container analyser fuzz
for name in "$@"; do
    echo "=== $name"
    "run_$name"
done
