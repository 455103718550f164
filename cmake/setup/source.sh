# shellcheck shell=bash
# Source packages of Debian, kept in the cache: upstream's tarball with Debian's patches on top.

# fetch_source PACKAGE SUITE FLOOR: prints nothing; the files end up in
# $FLOE_CACHE/sources/PACKAGE-VERSION.
fetch_source() {
  local package=$1 suite=$2 floor=$3 version listed directory=$SCRATCH/source-$1
  [ -z "$(cached_source "$package" "$floor")" ] || return 0
  private_apt "$suite"
  listed=$(listed_versions "$package")
  [ -n "$listed" ] || fail "$suite has no source package $package" \
    'look whether the mirror carries sources (deb-src)'
  for version in $listed; do
    accept_version "$package" "$version" "$floor"
    if fetch_version "$package" "$version" "$directory"; then
      mkdir -p "$FLOE_CACHE/sources"
      rm -rf "$FLOE_CACHE/sources/$package-$version"
      mv "$directory" "$FLOE_CACHE/sources/$package-$version"
      return
    fi
    echo "$package $version is listed, but not all of it is served: trying the one before it"
  done
  fail "no version of the source package $package could be fetched" \
    "listed: $(echo "$listed" | xargs)"
}

listed_versions() { # PACKAGE: newest first
  apt-cache "${APT[@]}" showsrc --only-source "$1" | sed -n 's/^Version: //p' | sort -Vru
}

# fetch_version PACKAGE VERSION DIRECTORY: upstream's tarball and Debian's, checked; fails if one
# cannot be had. The signed release file vouches for the source index, and the index for the sums.
# The .dsc is not needed for this chain, and some mirrors do not serve it; upstream's tarball may be
# missing in one suite and stand in another, under another version's entry with the same sum.
fetch_version() {
  local package=$1 directory=$3 version upstream
  rm -rf "$directory"
  mkdir -p "$directory"
  source_sums "$package" "$2" >"$directory/SHA256SUMS"
  upstream=$(grep -F '.orig.tar.' "$directory/SHA256SUMS") || return 1
  (
    cd "$directory" || exit
    apt-get "${APT[@]}" -q source --download-only --diff-only "$package=$2" || exit
    for version in $(listed_versions "$package"); do
      source_sums "$package" "$version" | grep -qxF "$upstream" || continue
      ! apt-get "${APT[@]}" -q source --download-only --tar-only "$package=$version" || break
    done
    sha256sum --check --strict SHA256SUMS
  )
}

source_sums() { # PACKAGE VERSION
  apt-cache "${APT[@]}" showsrc --only-source "$1" | awk -v version="$2" '
    /^$/ { wanted = 0; sums = 0 }
    /^Version: / { wanted = $2 == version }
    /^[^ ]/ { sums = $1 == "Checksums-Sha256:" }
    wanted && sums && NF == 3 && $3 ~ /\.(orig|debian)\.tar\.[a-z0-9]+$/ { print $1 "  " $3 }' |
    sort -u
}

# cached_source PACKAGE FLOOR: the newest one in the cache that is new enough, or nothing.
cached_source() {
  local directory version best=
  for directory in "$FLOE_CACHE/sources/$1"-*/; do
    [ -e "$directory/SHA256SUMS" ] || continue
    version=$(basename "$directory")
    version=${version#"$1-"}
    version_ge "$version" "$2" || continue
    [ -n "$best" ] && version_ge "$best" "$version" || best=$version
  done
  [ -z "$best" ] || printf '%s' "$FLOE_CACHE/sources/$1-$best"
}

# unpack_source PACKAGE FLOOR DIRECTORY: upstream's files, then every patch of Debian's series.
unpack_source() {
  local from patch
  from=$(cached_source "$1" "$2")
  (cd "$from" && sha256sum --check --strict --quiet SHA256SUMS) ||
    fail "a file in $from is damaged" "remove $from and run cmake/setup.sh again"
  mkdir -p "$3"
  tar -x --no-same-owner --strip-components=1 -C "$3" -f "$from"/*.orig.tar.*
  tar -x --no-same-owner -C "$3" -f "$from"/*.debian.tar.*
  [ -e "$3/debian/patches/series" ] || return 0
  while read -r patch _; do
    case $patch in
      '' | '#'*) continue ;;
    esac
    echo "patch: $patch"
    patch -d "$3" -p1 --force --silent -i "debian/patches/$patch"
  done <"$3/debian/patches/series"
}

# need_build FUNCTION TITLE: a job that builds from source, with what unpacking takes beyond a
# minimal Debian.
need_build() {
  need_package patch patch
  need_package xz-utils xz
  need_package bzip2 bzip2
  need_job "$@"
}
