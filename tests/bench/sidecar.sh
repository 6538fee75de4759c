#!/bin/bash
# sidecar.sh [size] [work] [time] [list]: what the proxy costs, beside nginx and HAProxy in the same run; default: all. Exits
# non-zero when a bound is missed. Needs the release build, Debian's nginx-light, haproxy, wrk and postgresql, and some ten minutes.
#   size   memory at rest and with a thousand connections, the stripped program
#   work   processor time of a look-up, a create and a page
#   time   start, latency, saturation, static files: on a quiet machine
#   list   pages, details and creates among 100 to 1 000 000 certificates, on SQLite and PostgreSQL
set -uo pipefail
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)
if [ -x "$root/.deps/node/bin/node" ]; then export PATH="$root/.deps/node/bin:$PATH"; fi
dpkg-query -W nginx-light haproxy wrk postgresql >/dev/null || exit 1
[ $# -gt 0 ] || set -- size work time list
status=0 beside=()
for part in "$@"; do
    case $part in
    size | work | time) beside+=("$part") ;;
    list) cmake --build "$root/build/release" --target smartca-bench-registry >/dev/null && node sizes.mjs || status=1 ;;
    *) echo "sidecar.sh: size, work, time or list" >&2; exit 2 ;;
    esac
done
[ ${#beside[@]} = 0 ] || node sidecar.mjs "${beside[@]}" || status=1
exit $status
