# shellcheck shell=bash
# Emscripten: the emcc on PATH if it is new enough, else Debian 13's package unpacked into the
# cache.
#
# Debian 12's own (3.1.6) lacks too much of C++20. Debian 13's is 'Architecture: all', carries its
# system libraries ready built and wants LLVM 19, which Debian 12 has too. Only Binaryen needs a
# newer C library than Debian 12's: it runs through the dynamic loader and libraries of Debian 13,
# unpacked beside it. Nothing of the machine changes.

EMSCRIPTEN_FLOOR=3.1.69
EMSCRIPTEN_PATH_FLOOR=3.1.60

# emscripten_on_path: prints the directory of a usable emcc on PATH.
emscripten_on_path() {
  local program version
  program=$(command -v emcc) || return 1
  program=$(dirname "$(readlink -f "$program")")
  # Without it emcc is some wrapper, and there is no telling where the toolchain file for CMake is.
  [ -r "$program/emscripten-version.txt" ] || return 1
  version=$(tr -d '" \n' <"$program/emscripten-version.txt")
  version_ge "$version" "$EMSCRIPTEN_PATH_FLOOR" || return 1
  printf '%s' "$program"
}

emscripten_prefix() {
  printf '%s/emscripten-%s' "$FLOE_CACHE" "$({
    recipe emscripten_fetch emscripten_licences licences_of keep_licences binaryen_launchers
    uname -m
    echo "$EMSCRIPTEN_FLOOR"
  } | short_hash)"
}

# emscripten_root: prints the directory of emcc; fails if there is none yet.
emscripten_root() {
  local root
  emscripten_on_path && return
  root=$(emscripten_prefix)/usr/share/emscripten
  [ -x "$root/emcc" ] && printf '%s' "$root"
}

emscripten_is_ours() { ! emscripten_on_path >/dev/null; }

# The identity of this Emscripten, for the names of builds made with it.
emscripten_identity() {
  local root
  root=$(emscripten_root) || root=$(emscripten_prefix)
  printf '%s' "$root"
  ! emscripten_on_path >/dev/null || cat "$root/emscripten-version.txt"
}

plan_emscripten() {
  ! emscripten_on_path >/dev/null || return 0
  need_package python3
  need_package clang-19
  need_package lld-19
  need_package llvm-19
  emscripten_root >/dev/null || need_job emscripten_fetch \
    "Emscripten $EMSCRIPTEN_FLOOR or later (download 250 MB, unpacked 900 MB)"
}

emscripten_fetch() {
  local debs=$SCRATCH/debs staging=$SCRATCH/emscripten prefix version package sysroot
  prefix=$(emscripten_prefix)
  private_apt trixie
  version=$(apt-cache "${APT[@]}" show --no-all-versions emscripten | sed -n 's/^Version: //p')
  accept_version emscripten "$version" "$EMSCRIPTEN_FLOOR"
  fetch_packages trixie "$debs" "emscripten=$version" binaryen/trixie node-acorn/trixie \
    libc6/trixie libgcc-s1/trixie libstdc++6/trixie
  mkdir -p "$staging/runtime"
  # Position-independent variants are for dynamic linking, which we do not do: 770 MB.
  sysroot='./usr/share/emscripten/cache/sysroot/lib/wasm32-emscripten'
  dpkg-deb --fsys-tarfile "$debs"/emscripten_*.deb | tar -x --no-same-owner -C "$staging" \
    --exclude="$sysroot/pic" --exclude="$sysroot/lto-pic" \
    --exclude=./usr/share/emscripten/test --exclude=./usr/share/man --exclude=./usr/bin \
    --exclude='./usr/share/doc/emscripten/[!c]*' --exclude='./usr/share/doc/*/changelog*'
  emscripten_licences "$staging/usr"
  for package in binaryen libc6 libgcc-s1 libstdc++6; do
    dpkg-deb --fsys-tarfile "$debs/$package"_*.deb |
      tar -x --no-same-owner -C "$staging/runtime" --exclude='./usr/share/*' --exclude='*/gconv*'
  done
  binaryen_launchers "$staging" "$prefix"
  # A Node that is not Debian's does not look into /usr/share/nodejs, where emcc expects acorn.
  mkdir -p "$staging/usr/share/emscripten/node_modules"
  dpkg-deb --fsys-tarfile "$debs"/node-acorn_*.deb |
    tar -x --no-same-owner -C "$staging/usr/share/emscripten/node_modules" \
      --strip-components=4 ./usr/share/nodejs/acorn
  # Without this, a python3 on PATH that is a version manager's shell script costs every compilation
  # a tenth of a second.
  # shellcheck disable=SC2016 # not for this shell to expand
  grep -lF 'PYTHON=$EMSDK_PYTHON' "$staging"/usr/share/emscripten/em* |
    xargs sed -i 's|PYTHON=\$EMSDK_PYTHON|PYTHON=${EMSDK_PYTHON:-/usr/bin/python3}|'
  # Its paths are those of a Debian 13; emscripten_configure writes ours.
  rm -f "$staging/usr/share/emscripten/.emscripten"
  rm -rf "$prefix"
  mv "$staging" "$prefix"
}

# emscripten_licences PREFIX: keeps those of what a module is linked with, and no others: Emscripten
# itself, with emmalloc, and LLVM's libraries. musl's own are beside its source.
emscripten_licences() {
  local lib=system/lib kept=$SCRATCH/licences/copyright
  mkdir -p "$(dirname "$kept")"
  licences_of "$1/share/doc/emscripten/copyright" \
    "* $lib/compiler-rt/* $lib/libcxx/* $lib/libcxxabi/*" >"$kept"
  [ -s "$kept" ] || fail "the package of Emscripten tells no licences in the form that is known" \
    'look into its copyright file, and mend emscripten_licences in cmake/setup'
  keep_licences emscripten "$1" "$kept"
  rm -r "$1/share/doc"
}

# binaryen_launchers STAGING PREFIX: scripts that start Binaryen's tools with the C library they
# were built for.
binaryen_launchers() {
  local tool name library loader
  library=$(dirname "$(find "$1/runtime/usr/lib" -name libc.so.6)")
  loader=$(basename "$library"/ld-linux*.so.*)
  library=$2${library#"$1"}
  mkdir -p "$1/binaryen/bin"
  for tool in "$1"/runtime/usr/bin/wasm*; do
    name=$(basename "$tool")
    printf '#!/bin/sh\nexec "%s/%s" --library-path "%s" "%s/runtime/usr/bin/%s" "$@"\n' \
      "$library" "$loader" "$library" "$2" "$name" >"$1/binaryen/bin/$name"
    chmod +x "$1/binaryen/bin/$name"
  done
}

# emcc reads this file from its own directory, so a build works without our environment too.
# Written on every run: the Node it names may have changed.
emscripten_configure() {
  local root prefix
  prefix=$(emscripten_prefix)
  root=$prefix/usr/share/emscripten
  replace_if_changed "$root/.emscripten" <<END
LLVM_ROOT = '/usr/bin'
LLVM_ADD_VERSION = '19'
CLANG_ADD_VERSION = '19'
BINARYEN_ROOT = '$prefix/binaryen'
NODE_JS = '$(node_program)'
CACHE = '$root/cache'
FROZEN_CACHE = True
END
}
