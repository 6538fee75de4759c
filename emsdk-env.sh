#!/bin/bash
# Gives this shell Emscripten:   . ./emsdk-env.sh
# (Run instead of sourced, it installs what is missing and says which compiler would be used.)
#
# Order: 1. an emsdk of yours: $EMSDK, or an emcc already on the path, if it is new enough
#        2. this project's prefix ($EM_PREFIX), if it was installed before
#        3. Debian: installs the distribution's Emscripten into that prefix (assets/setup/em-install.sh)
_em_minimum=3.1.50
_em_here=$(cd "$(dirname "${BASH_SOURCE[0]:-$0}")" && pwd)
: "${EM_PREFIX:=${XDG_CACHE_HOME:-$HOME/.cache}/emscripten-deb-3.1.69}"

_em_version() { emcc --version 2>/dev/null | sed -n '1s/.* \([0-9][0-9.]*\).*/\1/p'; }
_em_usable() {
    command -v emcc >/dev/null 2>&1 || return 1
    local version; version=$(_em_version)
    [ -n "$version" ] && [ "$(printf '%s\n%s\n' "$_em_minimum" "$version" | sort -V | head -n 1)" = "$_em_minimum" ]
}
_em_give() {
    local source
    if [ -n "${EMSDK:-}" ] && [ -f "$EMSDK/emsdk_env.sh" ]; then EMSDK_QUIET=1 . "$EMSDK/emsdk_env.sh"; source="EMSDK=$EMSDK"; fi
    if _em_usable; then
        source=${source:-"already on the path"}
    else
        if [ -n "${EMSDK:-}" ]; then echo "emsdk-env.sh: \$EMSDK has no emcc $_em_minimum or newer; using this project's" >&2; fi
        if [ ! -f "$EM_PREFIX/.complete" ]; then
            bash "$_em_here/assets/setup/em-install.sh" "$EM_PREFIX" || return 1
        fi
        export EM_CONFIG="$EM_PREFIX/emscripten.cfg" PATH="$EM_PREFIX/usr/share/emscripten:$PATH"
        # The distribution's own Python: a version manager's shim costs half a second for each compiled file.
        [ ! -x /usr/bin/python3 ] || export EMSDK_PYTHON="${EMSDK_PYTHON:-/usr/bin/python3}"
        _em_usable || { echo "emsdk-env.sh: the Emscripten in $EM_PREFIX does not run; remove that folder and try again" >&2; return 1; }
        source="Debian's, in $EM_PREFIX"
    fi
    echo "Emscripten $(_em_version) ($(command -v emcc); $source)"
}
if _em_give; then _em_status=0; else
    echo "emsdk-env.sh: no Emscripten $_em_minimum or newer. Install emsdk, set EMSDK to its folder, and source this again." >&2
    _em_status=1
fi
unset -f _em_version _em_usable _em_give
return $_em_status 2>/dev/null || exit $_em_status
