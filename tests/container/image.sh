#!/bin/bash
# image.sh: builds assets/container/Containerfile and runs the image as assets/container/sidecar.yaml does: as user 65532, without a
# capability, with a root that cannot be written and secrets that root's group may read; asks it by its own healthcheck, takes the page,
# and stops it with SIGTERM.
# Needs root, debootstrap, buildah and runc, and the package (cmake --build --preset release --target deb). No registry: the base image
# is a debootstrap of the same suite, under the same name.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d /var/tmp/smartca-container-XXXXXX)
mirror=$(awk '/^URIs:/{print $2; exit} $1=="deb"{print $2; exit}' /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null | head -n 1)
build() { command buildah --root "$work/storage" --runroot "$work/run" --storage-driver vfs "$@"; }
run() { command runc --root "$work/runc" "$@"; }
fail() { echo "FAILED: $*" >&2; exit 1; }
end() {
    run delete --force smartca 2>/dev/null || true
    # What runc mounts, it mounts where nobody else sees it.
    if grep -q " $work" /proc/mounts; then echo "image.sh: something is still mounted in $work" >&2; else rm -rf --one-file-system "$work"; fi
}
trap end EXIT

base=$(sed -n 's/^FROM //p' assets/container/Containerfile)
suite=${base#*:}
debootstrap --variant=minbase "${suite%-slim}" "$work/base" "$mirror" >"$work/log" 2>&1 || { tail "$work/log"; fail debootstrap; }
from=$(build from scratch)
build add -q "$from" "$work/base" / >/dev/null
build commit -q "$from" "$base" >/dev/null
mkdir "$work/context"
cp "$(ls -t build/release/smartca-proxy_*.deb | head -n 1)" "$work/context"
build bud --isolation oci --runtime runc --network host --pull-never --format docker -f assets/container/Containerfile -t smartca-proxy "$work/context" \
    >"$work/log" 2>&1 || { tail -n 30 "$work/log"; fail "the image cannot be built"; }
echo "built: $(build images --format '{{.Size}}' smartca-proxy)"

# The secrets as Kubernetes mounts them (sidecar.yaml: fsGroup, defaultMode), and what it runs by.
mkdir "$work/secrets" "$work/data"
openssl rand -hex 32 >"$work/secrets/key"
echo an-id >"$work/secrets/smartca-id"
echo a-password >"$work/secrets/smartca-password"
chgrp -R 65532 "$work/secrets" && chmod 0440 "$work"/secrets/*
chown 65532:65532 "$work/data" && chmod 0700 "$work/data"
run spec --bundle "$work"
build inspect --type image smartca-proxy >"$work/image.json"
root=$(build mount "$(build from --pull-never smartca-proxy)")
python3 - "$work" "$root" <<'PYTHON'
import json, sys
work, root = sys.argv[1:]
image = json.load(open(f"{work}/image.json"))["Docker"]["config"]
spec = json.load(open(f"{work}/config.json"))
user = [int(part) for part in image["User"].split(":")]
spec["process"].update(terminal=False, user={"uid": user[0], "gid": user[1], "additionalGids": [65532]}, noNewPrivileges=True,
                       args=image["Entrypoint"], capabilities={},
                       env=image["Env"] + ["CREDENTIALS_DIRECTORY=/run/secrets/smartca", "SMARTCA_URL=https://gwsca.vnpt.vn/sca/sp769",
                                           "SMARTCA_DATABASE=/var/lib/smartca/registry.sqlite"])
spec["root"] = {"path": root, "readonly": True}
spec["mounts"] += [{"destination": "/tmp", "type": "tmpfs", "source": "tmpfs"},
                   {"destination": "/run/secrets/smartca", "type": "bind", "source": f"{work}/secrets", "options": ["bind", "ro"]},
                   {"destination": "/var/lib/smartca", "type": "bind", "source": f"{work}/data", "options": ["bind"]}]
json.dump(spec, open(f"{work}/config.json", "w"))
print("healthcheck:", *image["Healthcheck"]["Test"])
PYTHON
mkdir -p "$root/run/secrets/smartca"
run run --bundle "$work" --pid-file "$work/pid" smartca >"$work/said" 2>&1 &
container=$!
for ((i = 0; ; ++i)); do
    if run exec smartca smartca-proxy healthcheck >"$work/health" 2>&1; then break; fi
    kill -0 $container 2>/dev/null || { cat "$work/said"; fail "it has ended"; }
    [ $i -lt 100 ] || { cat "$work/said" "$work/health"; fail "it does not become ready"; }
    sleep 0.1
done
nsenter --net="/proc/$(cat "$work/pid")/ns/net" curl -fsS http://127.0.0.1:8080/ | grep -q '<script' || fail "no page"
if run exec smartca touch /usr/share/smartca/a 2>/dev/null; then fail "its root can be written"; fi
[ "$(run exec smartca id -u)" = 65532 ] || fail "not the user that the image names"
grep -q '^CapEff:	0*$' "/proc/$(cat "$work/pid")/status" || fail "it has capabilities"
[ "$(stat -c %u:%a "$work/data/registry.sqlite")" = 65532:600 ] || fail "no database in the volume"
run kill smartca TERM
wait $container || { cat "$work/said"; fail "it ended with $?"; }
echo "run as 65532 with a read-only root: ready, serves the page, ends at SIGTERM with status 0"
