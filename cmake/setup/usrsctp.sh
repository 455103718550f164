# shellcheck shell=bash
# usrsctp: SCTP in a library, for data channels. Static, and without sockets of the system: the packets
# go through DTLS.

USRSCTP_FLOOR=0.9.5.0

usrsctp_native_ready() { part_done "$(native_prefix)" usrsctp; }
usrsctp_aarch64_ready() { part_done "$(aarch64_prefix)" usrsctp; }
usrsctp_wasm_ready() { part_done "$(wasm_prefix)" usrsctp; }

usrsctp_native() {
  usrsctp_static cmake_install "$(native_prefix)" "$SCRATCH/native/usrsctp" -DCMAKE_BUILD_TYPE=Release
}
usrsctp_aarch64() {
  usrsctp_static cmake_install_aarch64 "$(aarch64_prefix)" "$SCRATCH/aarch64/usrsctp" \
    -DCMAKE_BUILD_TYPE=Release
}
usrsctp_wasm() {
  usrsctp_static cmake_install_wasm "$(wasm_prefix)" "$SCRATCH/wasm/usrsctp"
}

# usrsctp_static INSTALL PREFIX SOURCE [OPTION...]: INSTALL is the function that configures, builds and
# installs.
#
# Time and random numbers come from the program, as everywhere in Floe: core/sctp has the functions
# floe_sctp_clock and floe_sctp_random. For random numbers usrsctp has a switch, which is meant for
# BoringSSL; for time, the name of the function is replaced.
usrsctp_static() {
  local install=$1 prefix=$2 source=$3 flags
  fetch_source libusrsctp trixie "$USRSCTP_FLOOR"
  unpack_source libusrsctp "$USRSCTP_FLOOR" "$source"
  mkdir -p "$source/hooks/openssl"
  printf '#include <stddef.h>\n#include <stdint.h>\nint RAND_bytes(uint8_t*, size_t);\n' \
    >"$source/hooks/openssl/rand.h"
  flags="-ffunction-sections -fdata-sections -D_GNU_SOURCE -include pthread.h -I$source/hooks"
  flags+=' -DSCTP_USE_OPENSSL_RAND -DOPENSSL_IS_BORINGSSL -DRAND_bytes=floe_sctp_random'
  flags+=' -Dgettimeofday=floe_sctp_clock'
  "$install" "$source" "$prefix" "${@:4}" -DCMAKE_C_FLAGS="$flags" \
    -DCMAKE_C_FLAGS_MINSIZEREL=-Oz -DCMAKE_POSITION_INDEPENDENT_CODE=ON \
    -Dsctp_build_programs=OFF -Dsctp_build_shared_lib=OFF -Dsctp_werror=OFF -Dsctp_debug=OFF \
    -Dsctp_inet=OFF -Dsctp_inet6=OFF
  stamp_part "$prefix" usrsctp "$(cached_source libusrsctp "$USRSCTP_FLOOR")"
}
