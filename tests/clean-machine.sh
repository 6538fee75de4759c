#!/bin/bash
# clean-machine.sh [SUITE] [main|tests|both]: proves that the README's two commands work on a machine that has nothing.
#
# Makes a minimal Debian (bookworm or trixie; default bookworm) with debootstrap in a folder of its own, clones this
# repository's HEAD into it, and runs the commands inside. "main" stops the demo again once its page answers.
# Needs root, about 6 GB of disk and half an hour. Not part of CI: run it before a release.
set -euo pipefail
suite=${1:-bookworm}
what=${2:-both}
root=$(cd "$(dirname "$0")/.." && pwd)
place=${CLEAN_MACHINE_DIR:-/var/tmp/smartca-clean-machine}/$suite
mirror=${CLEAN_MACHINE_MIRROR:-$(awk '/^URIs:/{print $2; exit} $1=="deb"{print $2; exit}' \
    /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null | head -n 1)}
command -v debootstrap >/dev/null || apt-get install -y -qq --no-install-recommends debootstrap >/dev/null

# An array, not a function: what runs in the background is then the command itself, which a signal reaches.
inside=(chroot "$place" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 TERM=dumb)
release() { for mount in dev/shm dev sys proc; do umount -R -l "$place/$mount" 2>/dev/null || true; done; }
trap release EXIT
release
rm -rf "$place"
mkdir -p "$place"
echo "== debootstrap $suite"
debootstrap --variant=minbase "$suite" "$place" "$mirror" >"$place.log" 2>&1 || { tail -n 20 "$place.log"; exit 1; }
# The way to the network is this machine's: names, authorities that it trusts beyond Debian's, npm's registry.
cp /etc/resolv.conf "$place/etc/resolv.conf"
mkdir -p "$place/usr/local/share/ca-certificates"
cp -r /usr/local/share/ca-certificates/. "$place/usr/local/share/ca-certificates/"
if [ -f ~/.npmrc ]; then cp ~/.npmrc "$place/root/.npmrc"; fi
# Chromium comes from the security suite, as on any real machine.
echo "deb ${mirror%/debian}/debian-security $suite-security main" >>"$place/etc/apt/sources.list"
# Slaves, so that unmounting here never unmounts the host's own /dev/pts or /dev/shm.
for mount in proc sys dev; do
    mount --rbind "/$mount" "$place/$mount"
    mount --make-rslave "$place/$mount"
done
mountpoint -q "$place/dev/shm" || { mkdir -p "$place/dev/shm"; mount -t tmpfs tmpfs "$place/dev/shm"; }
"${inside[@]}" apt-get update -qq
"${inside[@]}" apt-get install -y -qq --no-install-recommends git ca-certificates curl >/dev/null 2>&1
git clone -q "file://$root" "$place/root/project"

if [ "$what" != tests ]; then
    echo "== $suite: the main job"
    # The network is the host's own: a port that nothing else has, so that no other demo answers in our stead.
    port=$((20000 + RANDOM % 10000))
    began=$SECONDS
    "${inside[@]}" PORT="$port" bash -c 'cd ~/project && exec ./assets/demo.sh' >"$place.demo.log" 2>&1 &
    demo=$!
    until "${inside[@]}" curl -fsS -o /dev/null "http://127.0.0.1:$port/" 2>/dev/null; do
        kill -0 "$demo" 2>/dev/null || { tail -n 15 "$place.demo.log"; echo "FAILED: the demo on $suite did not start"; exit 1; }
        sleep 2
    done
    tail -n 8 "$place.demo.log"
    "${inside[@]}" curl -fsS "http://127.0.0.1:$port/api/v1/certificates?page=1&pageSize=2" | head -c 300
    echo
    kill -TERM "$demo"
    wait "$demo" || { echo "FAILED: the demo on $suite ended with $?"; exit 1; }
    echo "== $suite: the main job works, $((SECONDS - began)) s from a bare system to an answer"
fi
if [ "$what" != main ]; then
    echo "== $suite: the tests"
    "${inside[@]}" bash -c 'cd ~/project && ./tests/run.sh' || { echo "FAILED: the tests on $suite"; exit 1; }
    echo "== $suite: the tests pass"
fi
