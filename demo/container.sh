#!/usr/bin/env bash
# Makes a container image of the gateway: demo/container.sh [IMAGE | --files DIR]
#
# The image has the program, what it needs of the C library, the authorities that TLS trusts, and the
# licences of these. No other image is below it, and nothing is downloaded. It is made by buildah, from
# what demo/build.sh has built.
#
#   IMAGE         its name; default: floe-gateway
#   --files DIR   no image: puts its files into DIR, for another tool
#
#   podman run --network=host -e FLOE_GATEWAY_SECRET floe-gateway --listen 198.51.100.1:8443 …
#
# The host's network, because the sockets that clients get are those of the gateway's machine.
set -euo pipefail
cd "$(dirname "$0")/.."
program=build/bin/floe-gateway

fail() {
  printf 'demo/container.sh: %s\n' "$@" >&2
  exit 1
}

# put FILE FOLDER: into that folder of the image.
put() {
  [ -r "$1" ] || fail "there is no $1, which belongs into the image"
  install -D -m "$([ -x "$1" ] && echo 755 || echo 644)" "$1" "$files/$2/$(basename "$1")"
}

gather() {
  local library package
  [ -x "$program" ] || fail "there is no $program" 'run demo/build.sh native'
  chmod 755 "$files"
  put "$program" usr/bin
  while read -r library; do
    put "$library" "$(dirname "$library")"
  done < <(ldd "$program" | grep -o '/[^ ]*')
  put /etc/ssl/certs/ca-certificates.crt etc/ssl/certs
  put LICENSE usr/share/doc/floe
  put build/THIRD_PARTY_NOTICES.txt usr/share/doc/floe
  for package in libc6 ca-certificates; do
    put "/usr/share/doc/$package/copyright" "usr/share/doc/$package"
  done
}

make_image() {
  local container
  container=$(buildah from scratch)
  buildah copy --quiet "$container" "$files" / >/dev/null
  buildah config --entrypoint '["/usr/bin/floe-gateway"]' --user 65534:65534 \
    --label org.opencontainers.image.licenses=MIT \
    --label "org.opencontainers.image.version=$("$program" --version | grep -o '[^ ]*$')" \
    "$container"
  buildah commit --quiet --rm "$container" "$1" >/dev/null
  printf 'made the image %s\n' "$1"
}

case "${1:-}" in
  -h | --help) sed -n '2,/^set/{s/^# \{0,1\}//p}' "$0" ;;
  --files)
    files=${2:?--files needs a folder}
    mkdir -p "$files"
    gather
    ;;
  *)
    command -v buildah >/dev/null || fail 'there is no buildah' \
      'install it (on Debian: apt-get install buildah), or let --files make a folder of the files'
    files=$(mktemp -d)
    trap 'rm -rf "$files"' EXIT
    gather
    make_image "${1:-floe-gateway}"
    ;;
esac
