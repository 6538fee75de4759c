#!/bin/bash
# deps.sh: brings the library sources that Debian 12 lacks in the version we need into .deps/ (git-ignored), from Debian's
# own source packages; apt checks their signatures. A suite's index may be ahead of its pool, so each is tried in turn.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
deps=${SMARTCA_DEPS:-$root/.deps}
mkdir -p "$deps"
. "$here/apt-suite.sh"

# bring NAME SOURCE-PACKAGE TESTED-VERSION-GLOB SUITE...
bring() {
    local name=$1 package=$2 tested=$3 suite config version work
    shift 3
    [ -f "$deps/$name/.version" ] && return
    for suite in "$@"; do
        config=$(apt_suite "$suite") || continue
        version=$(APT_CONFIG=$config apt-cache showsrc --only-source "$package" 2>/dev/null |
            awk '/^Version:/{print $2}' | sort -V | tail -n 1) || true
        [ -n "$version" ] || continue
        work=$(mktemp -d)
        if (cd "$work" && APT_CONFIG=$config apt-get -qq source --only-source "$package=$version" >log 2>&1); then
            case $version in $tested) ;; *) echo "deps.sh: $package $version from $suite; tested with $tested" >&2 ;; esac
            rm -rf "${deps:?}/$name"
            mv "$work/$package"-*/ "$deps/$name"
            echo "$version" >"$deps/$name/.version"
            rm -rf "$work"
            echo "$name $version ($suite)"
            return
        fi
        echo "deps.sh: $suite lists $package $version but does not deliver it; trying the next suite" >&2
        rm -rf "$work"
    done
    echo "deps.sh: no suite delivered $package" >&2
    return 1
}
bring imgui imgui '1.92*' forky sid
bring cpp-httplib cpp-httplib '0.41.0*' trixie-backports forky sid
