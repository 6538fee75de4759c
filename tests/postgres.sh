#!/bin/bash
# postgres.sh: a PostgreSQL server of the tests' own, in a folder that goes with it, on a unix socket there. No user
# of this machine's own servers is touched.
#
#   postgres.sh run COMMAND...   runs the command with SMARTCA_TEST_POSTGRES set to the URL of such a server
#   postgres.sh start FOLDER     makes the server in that (empty) folder, or starts it again; its URL is
#                                postgresql://smartca@/postgres?host=FOLDER
#   postgres.sh stop FOLDER [fast|immediate]
#
# The server does not sync (fsync = off): what it has written is safe from everything but a loss of power, which no
# test brings about. It compares texts the Vietnamese way, so that a test shows where ours are not compared by bytes.
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1) || true
if [ -z "$bin" ] && command -v initdb >/dev/null; then bin=$(dirname "$(command -v initdb)"); fi
[ -x "$bin/initdb" ] || {
    echo "postgres.sh: no PostgreSQL server is installed. Run assets/setup/setup.sh tests (Debian: apt-get install postgresql)." >&2
    exit 1
}
# The server refuses to run as root.
as_user() { if [ "$(id -u)" = 0 ]; then (cd / && setpriv --reuid postgres --regid postgres --init-groups "$@"); else "$@"; fi; }

start() {
    local data=$1/data
    if [ ! -d "$data" ]; then
        if [ "$(id -u)" = 0 ]; then chown postgres "$1"; fi
        chmod 755 "$1"
        as_user "$bin/initdb" -D "$data" -U smartca -A trust -E UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=vi \
            --no-sync >"$1/initdb.log" 2>&1 || { cat "$1/initdb.log" >&2; return 1; }
    fi
    as_user "$bin/pg_ctl" -D "$data" -l "$1/log" -w -t 60 -s start \
        -o "-k '$1' -c listen_addresses='' -c fsync=off -c max_connections=200 -c max_prepared_transactions=5" >/dev/null || { cat "$1/log" >&2; return 1; }
}
stop() { as_user "$bin/pg_ctl" -D "$1/data" -m "${2:-fast}" -w -s stop; }

case ${1:-} in
start) start "$2" ;;
stop) stop "$2" "${3:-fast}" ;;
run)
    shift
    folder=$(mktemp -d /tmp/smartca-postgres-XXXXXX)
    trap 'stop "$folder" immediate >/dev/null 2>&1 || true; rm -rf "$folder"' EXIT
    start "$folder"
    SMARTCA_TEST_POSTGRES="postgresql://smartca@/postgres?host=$folder" "$@"
    ;;
*) echo "postgres.sh: run COMMAND..., start FOLDER or stop FOLDER" >&2; exit 2 ;;
esac
