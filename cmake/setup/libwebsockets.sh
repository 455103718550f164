# shellcheck shell=bash
# libwebsockets 4.3: static, on our mbedTLS, HTTP/1.1 and WebSocket, client and server.

LIBWEBSOCKETS_FLOOR=4.3.5

libwebsockets_ready() { part_done "$(native_prefix)" libwebsockets; }
libwebsockets_aarch64_ready() { part_done "$(aarch64_prefix)" libwebsockets; }

libwebsockets_native() {
  libwebsockets_static cmake_install "$(native_prefix)" "$SCRATCH/native/libwebsockets"
}
libwebsockets_aarch64() {
  libwebsockets_static cmake_install_aarch64 "$(aarch64_prefix)" "$SCRATCH/aarch64/libwebsockets"
}

# libwebsockets_static INSTALL PREFIX SOURCE: INSTALL is the function that configures, builds and
# installs.
libwebsockets_static() {
  local install=$1 prefix=$2 source=$3 lib=$2/lib options
  fetch_source libwebsockets trixie "$LIBWEBSOCKETS_FLOOR"
  unpack_source libwebsockets "$LIBWEBSOCKETS_FLOOR" "$source"
  options=(
    -DCMAKE_BUILD_TYPE=Release "-DCMAKE_C_FLAGS=-ffunction-sections -fdata-sections"
    -DDISABLE_WERROR=ON # it warns about macros that mbedTLS does not always define
    -DLWS_WITH_STATIC=1 -DLWS_WITH_SHARED=0 -DLWS_STATIC_PIC=1
    -DLWS_WITHOUT_TESTAPPS=1 -DLWS_WITH_MINIMAL_EXAMPLES=0

    -DLWS_WITH_MBEDTLS=1 "-DLWS_MBEDTLS_INCLUDE_DIRS=$prefix/include"
    "-DLWS_MBEDTLS_LIBRARIES=$lib/libmbedtls.a;$lib/libmbedx509.a;$lib/libmbedcrypto.a"
    "-DMBEDTLS_LIBRARY=$lib/libmbedtls.a" "-DMBEDX509_LIBRARY=$lib/libmbedx509.a"
    "-DMBEDCRYPTO_LIBRARY=$lib/libmbedcrypto.a"

    # One thread, any loop: callbacks that hand us its descriptors, or our own loop as
    # event_lib_custom.
    -DLWS_MAX_SMP=1 -DLWS_WITH_EXTERNAL_POLL=1 -DLWS_WITH_EVLIB_PLUGINS=0
    -DLWS_IPV6=1 -DLWS_WITH_UDP=1

    # Frames we build ourselves go out as raw writes: neither compression nor HTTP/2 may stand in
    # between.
    -DLWS_WITHOUT_EXTENSIONS=1 -DLWS_WITH_ZLIB=0 -DLWS_WITH_HTTP2=0
    # Watching routes is our own task; its netlink socket would be one more descriptor in every
    # loop.
    -DLWS_WITH_NETLINK=0
    # Found on some machines and not on others; dropping privileges is left to the service manager.
    -DLWS_HAVE_LIBCAP=0
  )
  "$install" "$source" "$prefix" "${options[@]}"
  libwebsockets_package "$prefix"
  stamp_part "$prefix" libwebsockets "$(cached_source libwebsockets "$LIBWEBSOCKETS_FLOOR")"
}

# libwebsockets_package PREFIX: corrects the installed CMake package. Upstream's package adds include
# directories to all targets in the caller's directory; one is include/mbedtls, whose error.h and
# threading.h hide those of the C library. It also names mbedTLS by file, so that a program that
# links MbedTLS::mbedtls gets every library twice.
libwebsockets_package() {
  local package=$1/lib/cmake/libwebsockets libraries
  libraries='MbedTLS::mbedtls;MbedTLS::mbedx509;MbedTLS::mbedcrypto'
  sed -i -e 's|^\( *INTERFACE_INCLUDE_DIRECTORIES\) .*|\1 "${_IMPORT_PREFIX}/include"|' \
    -e "s|^\( *INTERFACE_LINK_LIBRARIES\) .*|\1 \"$libraries\"|" \
    "$package/LibwebsocketsTargets.cmake"
  cat >"$package/libwebsockets-config.cmake" <<'END'
include(CMakeFindDependencyMacro)
find_dependency(MbedTLS CONFIG)
include("${CMAKE_CURRENT_LIST_DIR}/LibwebsocketsTargets.cmake")
set(LIBWEBSOCKETS_LIBRARIES websockets)
END
}
