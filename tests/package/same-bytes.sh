#!/bin/bash
# same-bytes.sh: builds the page and the package of HEAD twice, in folders of different names, and compares them.
# Without ccache, some ten minutes on two processors.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/var/tmp}/smartca-same-XXXXXX")
trap 'rm -rf "$work"' EXIT
for name in one another-name; do
    git clone -q "file://$root" "$work/$name"
    git -C "$work/$name" checkout -q "$(git -C "$root" rev-parse HEAD)"
    ln -s "$root/.deps" "$work/$name/.deps"
    (
        cd "$work/$name"
        unset CMAKE_CXX_COMPILER_LAUNCHER EM_COMPILER_WRAPPER
        . ./emsdk-env.sh
        cmake --preset wasm && cmake --build --preset wasm --target smartca_dialog
        cmake --preset release && cmake --install build/wasm --prefix build/release/dist
        cmake --build --preset release --target deb
    ) >"$work/$name.log" 2>&1 || { tail -n 30 "$work/$name.log"; exit 1; }
    dpkg-deb -R "$work/$name"/build/release/smartca-proxy_*.deb "$work/files-$name"
done
diff -r "$work/files-one" "$work/files-another-name" || { echo "FAILED: the files differ" >&2; exit 1; }
cmp "$work"/one/build/release/smartca-proxy_*.deb "$work"/another-name/build/release/smartca-proxy_*.deb
echo "Two builds of $(git -C "$root" rev-parse --short HEAD) are the same bytes: $(sha256sum <"$(ls "$work"/one/build/release/smartca-proxy_*.deb)" | cut -c1-16)…"
