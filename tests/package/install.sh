#!/bin/bash
# install.sh [SUITE]: installs the Debian package in a clean Debian, runs it as its unit says, upgrades, removes and purges it.
# Needs root and debootstrap, and the package (cmake --build --preset release --target deb). For another suite than this
# machine's, HEAD is packed in that suite first, whose libraries have other names; the page is taken from build/release/dist.
# No systemd runs in there: the unit's ExecStart, User, StateDirectory and LoadCredential are carried out by hand; its sandboxing
# is not.
set -euo pipefail
# Mounts of its own, which nobody else sees and which end with it. Nothing of this machine's is mounted into the folder: it is removed.
[ "${1:-}" = --alone ] && shift || exec unshare --mount --propagation private "$0" --alone "$@"
here=$(. /etc/os-release && echo "$VERSION_CODENAME")
suite=${1:-$here}
cd "$(dirname "$0")/../.."
place=${PACKAGE_ROOT:-/var/tmp/smartca-package}/$suite
mirror=$(awk '/^URIs:/{print $2; exit} $1=="deb"{print $2; exit}' /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null | head -n 1)
inside=(chroot "$place" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive)
fail() { echo "FAILED: $*" >&2; exit 1; }
holds() { "$@" || fail "$*"; }
unit() { sed -n "s/^$1=//p" "$place/lib/systemd/system/smartca-proxy.service"; }

discard() {
    ! mountpoint -q "$place/proc" || umount "$place/proc"
    rm -rf --one-file-system "$place"
}
# A clean Debian in the place of what was there.
begin() {
    discard
    mkdir -p "$place"
    debootstrap --variant=minbase "$suite" "$place" "$mirror" >"$place.log" 2>&1 || { tail -n 20 "$place.log"; fail debootstrap; }
    cp /etc/resolv.conf "$place/etc/resolv.conf"
    mount -t proc proc "$place/proc"
    "${inside[@]}" apt-get update -qq
}
if [ "$suite" = "$here" ]; then
    package=$(ls -t build/release/smartca-proxy_*.deb | head -n 1)
else
    begin
    "${inside[@]}" apt-get install -y -qq --no-install-recommends git help2man file >"$place.build.log" 2>&1
    git clone -q "file://$PWD" "$place/root/project"
    mkdir -p "$place/root/project/build/release"
    cp -r build/release/dist "$place/root/project/build/release/dist"
    "${inside[@]}" bash -ec 'cd ~/project && bash assets/setup/setup.sh && cmake --preset release && cmake --build --preset release --target deb' \
        >>"$place.build.log" 2>&1 || { tail -n 20 "$place.build.log"; fail "the package cannot be built on $suite"; }
    package=$place.deb
    cp "$place"/root/project/build/release/smartca-proxy_*.deb "$package"
    echo "packed on $suite"
fi
begin
add() { cp "$1" "$place/tmp/smartca.deb" && "${inside[@]}" apt-get install -y -qq --no-install-recommends /tmp/smartca.deb >"$place.apt.log" 2>&1 ||
    { tail -n 20 "$place.apt.log"; fail "apt-get install $1"; }; }

# In a network of its own, as the unit says: starts it, waits, asks for the page, stops it with SIGTERM.
run() {
    "${inside[@]}" install -d -m 0700 -o smartca "/var/lib/$(unit StateDirectory)"
    "${inside[@]}" install -d -m 0755 /run/credentials
    for credential in $(unit LoadCredential); do
        "${inside[@]}" install -m 0400 -o smartca "${credential#*:}" "/run/credentials/${credential%%:*}"
    done
    unshare --net bash -c '
        ip link set lo up
        "$@" & proxy=$!
        "${@:1:'${#inside[@]}'}" smartca-proxy wait 30 --config /etc/smartca/proxy.json || exit 1
        curl -fsS http://127.0.0.1:8080/ | grep -q "<script" || { echo "no page" >&2; exit 1; }
        kill -TERM $proxy; wait $proxy' \
        run "${inside[@]}" setpriv --reuid "$(unit User)" --regid "$(unit User)" --clear-groups --inh-caps=-all --no-new-privs \
        env CREDENTIALS_DIRECTORY=/run/credentials $(unit ExecStart) >"$place.run.log" 2>&1 ||
        { cat "$place.run.log"; fail "the proxy does not run as its unit says"; }
}
database=$place/var/lib/smartca/registry.sqlite

add "$package"
"${inside[@]}" sh -c 'cd /etc/smartca && umask 077 && od -An -N32 -tx1 /dev/urandom | tr -d " \n" >key &&
    echo an-id >smartca-id && echo a-password >smartca-password'
run
holds test "$(stat -c %u:%a "$database")" = "$("${inside[@]}" id -u smartca):600"
holds test -s "$place/usr/share/man/man1/smartca-proxy.1.gz" -a -s "$place/usr/share/doc/smartca-proxy/copyright"
for library in $(dpkg-deb -f "$package" Depends | tr ',' '\n' | sed -n 's/^ *\(lib[^ ]*\).*/\1/p'); do
    grep -q "\"name\": \"$library\"" "$place/usr/share/doc/smartca-proxy/bill-of-materials.json" || fail "the bill of materials lacks $library"
done
echo "installed, and run as the unit says: $(unit ExecStart)"

newer=$(mktemp -d)
dpkg-deb -R "$package" "$newer/files"
sed -i 's/^Version: .*/&+newer/' "$newer/files/DEBIAN/control"
dpkg-deb --root-owner-group -b "$newer/files" "$newer/smartca.deb" >/dev/null
sed -i 's/{/{"drain-delay-ms": 0,/' "$place/etc/smartca/proxy.json"
before=$(sha256sum <"$place/etc/smartca/proxy.json") inode=$(stat -c %i "$database")
add "$newer/smartca.deb"
rm -r "$newer"
"${inside[@]}" dpkg-query -W smartca-proxy | grep -q newer || fail "not upgraded"
holds test "$before" = "$(sha256sum <"$place/etc/smartca/proxy.json")" -a "$inode" = "$(stat -c %i "$database")"
run
echo "upgraded: the configuration and the database are as they were, and it runs"

"${inside[@]}" apt-get remove -y -qq smartca-proxy >/dev/null 2>&1
holds test ! -e "$place/usr/bin/smartca-proxy" -a -s "$database" -a -s "$place/etc/smartca/proxy.json"
"${inside[@]}" apt-get purge -y -qq smartca-proxy >/dev/null 2>&1
holds test ! -e "$place/var/lib/smartca" -a ! -e "$place/etc/smartca/proxy.json" -a -s "$place/etc/smartca/key"
holds test ! -e "$place/usr/share/smartca"
echo "removed: the data stayed; purged: they are gone, and the key is not"
discard
