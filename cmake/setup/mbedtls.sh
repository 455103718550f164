# shellcheck shell=bash
# mbedTLS 3.6 (long-term support): everything upstream enables, natively and for aarch64; a trimmed
# one for wasm32.
# Debian's patches leave out the bundled third-party curves, so three libraries are all there is to
# link.

MBEDTLS_FLOOR=3.6.6

mbedtls_native_ready() { part_done "$(native_prefix)" mbedtls; }
mbedtls_aarch64_ready() { part_done "$(aarch64_prefix)" mbedtls; }
mbedtls_wasm_ready() { part_done "$(wasm_prefix)" mbedtls; }

mbedtls_native() { mbedtls_full cmake_install "$(native_prefix)" "$SCRATCH/native/mbedtls"; }
mbedtls_aarch64() {
  mbedtls_full cmake_install_aarch64 "$(aarch64_prefix)" "$SCRATCH/aarch64/mbedtls"
}

# mbedtls_full INSTALL PREFIX SOURCE: INSTALL is the function that configures, builds and installs.
mbedtls_full() {
  local install=$1 prefix=$2 source=$3
  fetch_source mbedtls trixie "$MBEDTLS_FLOOR"
  unpack_source mbedtls "$MBEDTLS_FLOOR" "$source"
  # The one thing upstream leaves off and the trimmed configuration has: key export for SRTP.
  sed -i 's|^//#define MBEDTLS_SSL_DTLS_SRTP$|#define MBEDTLS_SSL_DTLS_SRTP|' \
    "$source/include/mbedtls/mbedtls_config.h"
  local flags='-ffunction-sections -fdata-sections'
  if [ "$install" = cmake_install ] && [ "$(uname -m)" = x86_64 ]; then
    flags="$flags $(mbedtls_x86_flags "$source")"
  fi
  "$install" "$source" "$prefix" -DCMAKE_BUILD_TYPE=Release \
    -DCMAKE_POSITION_INDEPENDENT_CODE=ON -DCMAKE_C_FLAGS="$flags" \
    -DENABLE_PROGRAMS=OFF -DENABLE_TESTING=OFF -DMBEDTLS_FATAL_WARNINGS=OFF
  stamp_part "$prefix" mbedtls "$(cached_source mbedtls "$MBEDTLS_FLOOR")"
}

# AES-GCM takes 0.6 of the time when mbedTLS compiles its code for AES instructions from intrinsics,
# reverses the bytes of a block by SSSE3, and calls its functions for each block inline. That code
# runs only on a processor that has AES instructions, and each of those has SSSE3. No other code
# changes: a compiler makes AES instructions of nothing but their intrinsics.
mbedtls_x86_flags() { # SOURCE
  {
    echo 'set_source_files_properties(aesni.c PROPERTIES COMPILE_OPTIONS "-O3;-mssse3")'
    echo 'set_source_files_properties(aes.c cipher.c gcm.c PROPERTIES COMPILE_OPTIONS -O3)'
  } >>"$1/library/CMakeLists.txt"
  echo '-maes -mpclmul'
}

mbedtls_wasm() {
  local source=$SCRATCH/wasm/mbedtls prefix
  prefix=$(wasm_prefix)
  fetch_source mbedtls trixie "$MBEDTLS_FLOOR"
  unpack_source mbedtls "$MBEDTLS_FLOOR" "$source"
  # As the default header and not as a definition on a command line: each program that includes the
  # installed headers sees the configuration that the library was built with.
  cp "$SETUP_DIR/mbedtls_wasm_config.h" "$source/include/mbedtls/mbedtls_config.h"
  # Each byte of data passes these two. With -Oz they are a kilobyte less to load, and take twice the
  # time.
  echo 'set_source_files_properties(aes.c gcm.c PROPERTIES COMPILE_OPTIONS -O2)' \
    >>"$source/library/CMakeLists.txt"
  # Optimized where a module is linked: a kilobyte less to load.
  cmake_install_wasm "$source" "$prefix" -DCMAKE_C_FLAGS_MINSIZEREL=-Oz \
    -DCMAKE_C_FLAGS='-flto -ffunction-sections -fdata-sections' \
    -DENABLE_PROGRAMS=OFF -DENABLE_TESTING=OFF -DMBEDTLS_FATAL_WARNINGS=OFF
  stamp_part "$prefix" mbedtls "$(cached_source mbedtls "$MBEDTLS_FLOOR")"
}
