# shellcheck shell=bash
# The install prefixes: native, aarch64 and wasm32. Each holds several parts, and every part leaves a
# stamp when it is complete. Parts are installed in place, because CMake packages contain their own
# paths. The name of a prefix has a hash of everything that its parts were made from, so another
# configuration is another prefix. An interrupted run leaves parts without a stamp; the next run
# makes them again.

AARCH64=aarch64-linux-gnu
AARCH64_TOOLCHAIN=$FLOE_TREE/cmake/$AARCH64.cmake

native_prefix() {
  command -v cc >/dev/null || return 1
  printf '%s/native-%s' "$FLOE_CACHE" "$({
    recipe mbedtls_full mbedtls_x86_flags libwebsockets_static libwebsockets_package
    recipe usrsctp_static cmake_install
    recipe keep_source_licences keep_licences
    echo "$MBEDTLS_FLOOR $LIBWEBSOCKETS_FLOOR $USRSCTP_FLOOR"
    cc --version | sed -n 1p
    uname -m
  } | short_hash)"
}

aarch64_prefix() {
  command -v "$AARCH64-gcc" >/dev/null || return 1
  printf '%s/aarch64-%s' "$FLOE_CACHE" "$({
    recipe mbedtls_full libwebsockets_static libwebsockets_package usrsctp_static
    recipe cmake_install_aarch64 cmake_install
    recipe keep_source_licences keep_licences
    echo "$MBEDTLS_FLOOR $LIBWEBSOCKETS_FLOOR $USRSCTP_FLOOR"
    "$AARCH64-gcc" --version | sed -n 1p
    cat "$AARCH64_TOOLCHAIN"
  } | short_hash)"
}

wasm_prefix() {
  printf '%s/wasm-%s' "$FLOE_CACHE" "$({
    recipe mbedtls_wasm usrsctp_static wasm_headers cmake_install_wasm cmake_install
    recipe keep_source_licences keep_licences
    echo "$MBEDTLS_FLOOR $USRSCTP_FLOOR"
    cat "$SETUP_DIR/mbedtls_wasm_config.h"
    emscripten_identity
  } | short_hash)"
}

part_done() { [ -n "$1" ] && [ -e "$1/.done-$2" ]; } # PREFIX PART

stamp_part() { # PREFIX PART SOURCE
  basename "$3" >"$1/.done-$2"
  took "$(basename "$3")"
}

# cmake_install SOURCE PREFIX [OPTION...]: configures, builds in the scratch directory, installs. The
# last part of SOURCE is the library's name.
cmake_install() {
  local source=$1 prefix=$2
  shift 2
  cmake -S "$source" -B "$source.build" -G Ninja -DCMAKE_INSTALL_PREFIX="$prefix" \
    -DCMAKE_INSTALL_LIBDIR=lib "$@"
  cmake --build "$source.build"
  cmake --install "$source.build"
  keep_source_licences "$source" "$prefix"
}

cmake_install_aarch64() {
  local source=$1 prefix=$2
  shift 2
  cmake_install "$source" "$prefix" "-DCMAKE_TOOLCHAIN_FILE=$AARCH64_TOOLCHAIN" "$@"
}

cmake_install_wasm() {
  local source=$1 prefix=$2
  shift 2
  ! emscripten_is_ours || emscripten_configure
  cmake_install "$source" "$prefix" "-DCMAKE_TOOLCHAIN_FILE=$(emscripten_toolchain)" \
    -DCMAKE_BUILD_TYPE=MinSizeRel "$@"
}

emscripten_toolchain() { printf '%s/cmake/Modules/Platform/Emscripten.cmake' "$(emscripten_root)"; }

# nlohmann-json is header-only; wasm builds get a copy, because the machine's /usr/include must stay
# out of their reach.
wasm_headers_ready() { part_done "$(wasm_prefix)" nlohmann-json; }

wasm_headers() {
  local prefix version
  prefix=$(wasm_prefix)
  version=$(dpkg-query --show --showformat='${Version}' nlohmann-json3-dev)
  mkdir -p "$prefix/include" "$prefix/share/cmake"
  cp -RL /usr/include/nlohmann "$prefix/include/"
  cp -RL /usr/share/cmake/nlohmann_json "$prefix/share/cmake/"
  keep_licences nlohmann-json "$prefix" /usr/share/doc/nlohmann-json3-dev/copyright
  stamp_part "$prefix" nlohmann-json "nlohmann-json $version"
}
