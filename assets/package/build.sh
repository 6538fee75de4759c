#!/bin/bash
# build.sh BUILD-FOLDER VERSION IMGUI-VERSION: what the target "deb" does once the program is there. In the source folder.
set -euo pipefail
build=$1 version=$2 imgui=$3
[ -f "$build/dist/index.html" ] ||
    { echo "build.sh: no page in $build/dist; cmake --install build/wasm --prefix $build/dist puts it there" >&2; exit 1; }
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)} LC_ALL=C.UTF-8 TZ=UTC
umask 022
. ./emsdk-env.sh >/dev/null
mkdir -p "$build/package"
# The manual is the program's own --help, which comes from the one table of options.
help2man --no-info --section 1 --name "dialog and sidecar that attach VNPT SmartCA certificates to portal users" \
    "$build/proxy/smartca-proxy" | gzip -9n >"$build/package/smartca-proxy.1.gz"
assets/package/bill-of-materials.py "$version" "$build/proxy/smartca-proxy" "$imgui" >"$build/package/bill-of-materials.json"
(cd "$build" && cpack --config CPackConfig.cmake)
