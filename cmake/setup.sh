#!/usr/bin/env bash
# Installs and builds what Floe needs on a Debian 12 machine, replacing nothing that is there.
#
#   cmake/setup.sh [COMPONENT...]     none named: native wasm js
#
#   native    g++, CMake, Ninja, pkg-config, nlohmann-json, CLI11, toml++; mbedTLS 3.6,
#             libwebsockets 4.3, usrsctp 0.9.5, prometheus-cpp 1.0
#   wasm      Emscripten, and a trimmed mbedTLS and usrsctp for wasm32 (needs Node)
#   test      Catch2 3 (brings native with it)
#   wasmtest  Catch2 3 for wasm32 (brings test and wasm with it)
#   cross     compilers for aarch64 and QEMU; the libraries of native and test for aarch64
#   js        Node 20 or later, with npm
#   browser   Chromium
#   firefox   Firefox ESR, for tests/run --long
#   interop   libnice and GLib, OpenSSL, GnuTLS, GStreamer: the peers of the interoperability tests
#   operating Prometheus' promtool, nginx, Caddy: what stands around a gateway
#   netlab    coturn, nftables, iproute2, openssl, Python: NATs of the kernel in network namespaces
#   clang     clang 14 with the sanitizers, libFuzzer and lld
#   lint      clang 14, clang-format 14 and clang-tidy 14
#   reference Doxygen, for the reference of the C and C++ API
#
#   FLOE_CACHE=DIR      folder for the built tools; default: ${XDG_CACHE_HOME:-~/.cache}/floe
#   FLOE_NO_INSTALL=1   list what is missing and exit with status 3, or with 0 if nothing is
#
# Afterwards build/env.sh (for a shell) and build/deps.cmake (for CMake) have the paths of all tools.
# Tools on PATH are used when they are new enough: emcc >= 3.1.60, Node >= 20 with npm,
# CMake >= 3.25, g++ >= 12. The libraries are always our own static builds: structure layouts depend on their configuration, and one known configuration is worth more than the seconds
# it takes to build them once.
set -euo pipefail
export LC_ALL=C.UTF-8

FLOE_TREE=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
SETUP_DIR=$FLOE_TREE/cmake/setup
for part in common apt source licences node emscripten prefix mbedtls libwebsockets usrsctp prometheus catch2 outputs; do
  # shellcheck source=/dev/null
  . "$SETUP_DIR/$part.sh"
done

ALL_COMPONENTS='native wasm test wasmtest cross js browser firefox interop operating netlab clang lint reference'

usage() {
  sed -n '2,/^# Afterwards/{s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}" | sed '$d'
}

parse_arguments() {
  local argument
  COMPONENTS=()
  for argument in "$@"; do
    case " $ALL_COMPONENTS " in
      *" $argument "*) COMPONENTS+=("$argument") ;;
      *)
        case $argument in
          -h | --help) usage; exit 0 ;;
          *) fail "there is no component '$argument'" "components: $ALL_COMPONENTS" ;;
        esac
        ;;
    esac
  done
  [ ${#COMPONENTS[@]} -gt 0 ] || COMPONENTS=(native wasm js)
}

# Fills PACKAGES (apt packages that are missing) and JOBS (what has to be fetched or built), in the
# order of work.
plan() {
  local component
  PACKAGES=() JOBS=() JOB_TITLES=()
  for component in "${COMPONENTS[@]}"; do
    "plan_$component"
  done
}

plan_native() {
  need_package g++ g++ 12
  need_package cmake cmake 3.25
  need_package ninja-build ninja
  need_package pkg-config pkg-config
  need_package nlohmann-json3-dev
  need_package libcli11-dev
  need_package libtomlplusplus-dev
  mbedtls_native_ready ||
    need_build mbedtls_native "mbedTLS $MBEDTLS_FLOOR or later, native"
  libwebsockets_ready ||
    need_build libwebsockets_native "libwebsockets $LIBWEBSOCKETS_FLOOR or later, native"
  usrsctp_native_ready ||
    need_build usrsctp_native "usrsctp $USRSCTP_FLOOR or later, native"
  prometheus_native_ready ||
    need_build prometheus_native "prometheus-cpp $PROMETHEUS_FLOOR or later, native"
}

plan_wasm() {
  plan_js
  need_package cmake cmake 3.25
  need_package ninja-build ninja
  need_package nlohmann-json3-dev
  plan_emscripten
  wasm_headers_ready || need_job wasm_headers "nlohmann-json headers for wasm32"
  mbedtls_wasm_ready ||
    need_build mbedtls_wasm "mbedTLS $MBEDTLS_FLOOR or later, trimmed, for wasm32"
  usrsctp_wasm_ready || need_build usrsctp_wasm "usrsctp $USRSCTP_FLOOR or later, for wasm32"
}

plan_test() {
  plan_native
  need_package git git # the tests ask git for the list of files
  catch2_native_ready || need_job catch2_native "Catch2 $CATCH2_FLOOR or later, native"
}

plan_wasmtest() {
  plan_test
  plan_wasm
  catch2_wasm_ready || need_build catch2_wasm "Catch2 $CATCH2_FLOOR or later, for wasm32"
}

plan_cross() {
  plan_test
  need_package g++-aarch64-linux-gnu "$AARCH64-g++"
  need_package qemu-user qemu-aarch64
  mbedtls_aarch64_ready ||
    need_build mbedtls_aarch64 "mbedTLS $MBEDTLS_FLOOR or later, for aarch64"
  libwebsockets_aarch64_ready ||
    need_build libwebsockets_aarch64 "libwebsockets $LIBWEBSOCKETS_FLOOR or later, for aarch64"
  usrsctp_aarch64_ready ||
    need_build usrsctp_aarch64 "usrsctp $USRSCTP_FLOOR or later, for aarch64"
  catch2_aarch64_ready || need_build catch2_aarch64 "Catch2 $CATCH2_FLOOR or later, for aarch64"
}

plan_js() {
  node_ready && return
  node_needs
  need_job node_fetch "Node $NODE_MAJOR with npm"
}

plan_browser() { need_package chromium chromium; }

plan_firefox() { need_package firefox-esr firefox-esr; }

plan_interop() {
  need_package libnice-dev
  need_package libjson-glib-dev
  need_package libglib2.0-dev
  need_package libssl-dev
  need_package openssl openssl
  need_package libgnutls28-dev
  need_package gstreamer1.0-plugins-bad
  need_package gstreamer1.0-plugins-good
  need_package gstreamer1.0-nice
  need_package gir1.2-gst-plugins-bad-1.0
  need_package python3-gst-1.0
}

plan_operating() {
  need_package prometheus promtool
  need_package nginx-light nginx
  need_package caddy caddy
  need_package curl curl
  need_package python3 python3
  need_package openssl openssl
  need_package systemd systemd-analyze
}

plan_netlab() {
  need_package coturn turnserver
  need_package nftables nft
  need_package iproute2 ip
  need_package procps sysctl
  need_package openssl openssl
  need_package python3 python3
}

plan_clang() {
  need_package clang-14 clang-14
  need_package libclang-rt-14-dev
  need_package lld-14 ld.lld-14
}

plan_lint() {
  need_package clang-14 clang-14
  need_package clang-format-14 clang-format-14
  need_package clang-tidy-14 clang-tidy-14
}

plan_reference() { need_package doxygen doxygen; }

# About how long it takes to install what is missing, in minutes on two cores.
minutes_needed() { printf '%d' $(((10 + 3 * ${#PACKAGES[@]} + 15 * ${#JOBS[@]} + 59) / 60)); }

install_missing() {
  local index
  list_missing "about to install, in about $(minutes_needed) min"
  install_packages
  plan # the names of built things depend on the compiler, which may have come only now
  for index in "${!JOBS[@]}"; do
    step "${JOB_TITLES[index]}" "${JOBS[index]}"
  done
  plan
  nothing_missing ||
    fail "everything was installed, yet something is missing: ${PACKAGES[*]} ${JOBS[*]}" \
      "run cmake/setup.sh again; if that changes nothing, remove $FLOE_CACHE and run it once more"
}

main() {
  local started
  started=$(now)
  parse_arguments "$@"
  forget_own_environment
  plan
  if nothing_missing; then
    write_outputs
    say "set-up: ${COMPONENTS[*]}: everything is there"
    return
  fi
  if [ "${FLOE_NO_INSTALL:-}" = 1 ]; then
    list_missing 'missing'
    exit 3
  fi

  command -v apt-get >/dev/null || fail "something is missing and this machine has no apt-get" \
    "$(list_missing 'missing')" \
    'set-up installs on Debian 12, and a container of it will do' \
    'with the libraries in a prefix of yours: cmake --preset release -DCMAKE_PREFIX_PATH=DIR'
  take_lock
  plan # another run may have done the work while this one waited
  nothing_missing || install_missing
  write_outputs
  say "set-up: ${COMPONENTS[*]}: done in $(since "$started") s;" \
    'see build/env.sh and build/deps.cmake'
}

main "$@"
