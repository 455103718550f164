# shellcheck shell=bash
# prometheus-cpp: the core library alone, static, so that the gateway needs no library at run time. What
# it is without: its own HTTP server, and pushing. Debian's package has them, but no archive.

PROMETHEUS_FLOOR=1.0.1

# As Catch2, it is no part of the prefix's name: a prefix stays what it is when this is added.
prometheus_part() {
  printf 'prometheus-%s' "$( (recipe prometheus_native; echo "$PROMETHEUS_FLOOR") | short_hash)"
}
prometheus_native_ready() { part_done "$(native_prefix)" "$(prometheus_part)"; }

prometheus_native() {
  local source=$SCRATCH/native/prometheus-cpp prefix
  prefix=$(native_prefix)
  fetch_source prometheus-cpp bookworm "$PROMETHEUS_FLOOR"
  unpack_source prometheus-cpp "$PROMETHEUS_FLOOR" "$source"
  cmake_install "$source" "$prefix" -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF \
    -DCMAKE_POSITION_INDEPENDENT_CODE=ON "-DCMAKE_CXX_FLAGS=-ffunction-sections -fdata-sections" \
    -DENABLE_PULL=OFF -DENABLE_PUSH=OFF -DENABLE_COMPRESSION=OFF -DENABLE_TESTING=OFF \
    -DGENERATE_PKGCONFIG=OFF
  stamp_part "$prefix" "$(prometheus_part)" "$(cached_source prometheus-cpp "$PROMETHEUS_FLOOR")"
}
