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
  local root=$SCRATCH/apt mirror
  APT_SOURCES=$root/sources
  APT=(-o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$APT_SOURCES"
    -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null
    -o "Dir::State::lists=$root/lists" -o "Dir::Cache=$root/cache" -o "APT::Sandbox::User=$(id -un)"
    -o Acquire::Languages=none -o Acquire::http::Timeout=2 -o Acquire::http::Proxy=DIRECT)
  mkdir -p "$APT_SOURCES" "$root/lists/partial" "$root/cache/archives/partial"
  for mirror in "${mirrors[@]}"; do
    printf 'Types: deb-src\nURIs: %s\nSuites: sample\nComponents: main\nTrusted: yes\n' "$mirror" \
      >"$APT_SOURCES/${mirror##*:}.sources"
  done
  apt-get "${APT[@]}" -q update
}

fetch_source "$package" sample "$floor"
cached_source "$package" "$floor"
