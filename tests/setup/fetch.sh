#!/usr/bin/env bash
# Fetches a source package as cmake/setup.sh does, from mirrors that a test runs:
# fetch.sh PACKAGE FLOOR MIRROR…
set -euo pipefail
export LC_ALL=C.UTF-8
SETUP_DIR=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../cmake/setup" && pwd)
for part in common apt source; do
  # shellcheck source=/dev/null
  . "$SETUP_DIR/$part.sh"
done
package=$1 floor=$2
shift 2
mirrors=("$@")
mkdir -p "$SCRATCH"

# As the real one, but these mirrors are not signed.
private_apt() {
  local place
  apt_in "$SCRATCH/apt"
  APT+=(-o Acquire::http::Timeout=2 -o Acquire::http::Proxy=DIRECT -o Acquire::Retries=0)
  for place in "${!mirrors[@]}"; do # by number, so that they are asked in this order
    printf 'Types: deb-src\nURIs: %s\nSuites: sample\nComponents: main\nTrusted: yes\n' "${mirrors[place]}" \
      >"$APT_SOURCES/$place.sources"
  done
  apt-get "${APT[@]}" -q update
}

fetch_source "$package" sample "$floor"
cached_source "$package" "$floor"
