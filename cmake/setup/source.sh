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
    version_ge "$version" "$floor" || break # so are those after it
    accept_version "$package" "$version" "$floor"
    if fetch_version "$package" "$version" "$directory"; then
      mkdir -p "$FLOE_CACHE/sources"
      rm -rf "$FLOE_CACHE/sources/$package-$version"
      mv "$directory" "$FLOE_CACHE/sources/$package-$version"
      return
    fi
    echo "$package $version is listed, but not all of it is served: trying the one before it"
  done
  fail "no version of the source package $package from $floor on could be fetched" \
    "$suite lists: $(echo "$listed" | xargs)" \
    'try again later, or name another mirror of Debian in the sources of apt'
}

listed_versions() { # PACKAGE: newest first
  apt-cache "${APT[@]}" showsrc --only-source "$1" | sed -n 's/^Version: //p' | sort -Vru
}

# fetch_version PACKAGE VERSION DIRECTORY: upstream's tarball and Debian's, checked; fails if one is
# not available. The signed release file protects the source index, and the index the sums.
# The .dsc is not needed for this chain, and some mirrors do not serve it.
fetch_version() {
  local package=$1 directory=$3 sum file
  rm -rf "$directory"
  mkdir -p "$directory"
  source_sums "$package" "$2" >"$directory/SHA256SUMS"
  grep -qF '.orig.tar.' "$directory/SHA256SUMS" || return 1
  while read -r sum file; do
    fetch_file "$package" "$sum" "$file" "$directory/$file" || return 1
  done <"$directory/SHA256SUMS"
  (cd "$directory" && sha256sum --check --strict SHA256SUMS)
}

# fetch_file PACKAGE SHA256 FILE TARGET: from the first place that serves it with the right sum. A
# file may be listed in several pools, or under several versions, and be missing in some of them.
fetch_file() {
  local mirror folder
  while read -r folder; do
    while read -r mirror; do
      ! /usr/lib/apt/apt-helper "${APT[@]}" -o Acquire::Retries=3 download-file \
        "$mirror/$folder/${3//+/%2b}" "$4" "SHA256:$2" || return 0
    done < <(sed -n 's/^URIs: //p' "$APT_SOURCES"/*.sources)
  done < <(listed_folders "$1" "$2")
  echo "no listed place serves $3 with the sum $2"
  return 1
}

# listed_folders PACKAGE SHA256: the folders of all entries that list a file with this sum.
listed_folders() {
  apt-cache "${APT[@]}" showsrc --only-source "$1" | awk -v sum="$2" '
    function entry_ends() { if (has && folder != "") print folder; has = 0; folder = "" }
    /^$/ { entry_ends() }
    /^Directory: / { folder = $2 }
    $1 == sum { has = 1 }
    END { entry_ends() }' | sort -u
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

# need_build FUNCTION TITLE: a job that builds from source, with the packages that unpacking needs
# beyond a minimal Debian.
need_build() {
  need_package patch patch
  need_package xz-utils xz
  need_package bzip2 bzip2
  need_job "$@"
}
