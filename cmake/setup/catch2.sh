# shellcheck shell=bash
# Catch2 3: natively the library of bookworm-backports, for wasm32 and aarch64 built from the source of
# the same package. Both go into the prefixes, not into the machine: Debian 12's own Catch2 is version 2, and
# may be in use.

CATCH2_FLOOR=3.7.1

# The hash is in the stamp and not in the name of the prefix: a prefix stays what it is when the
# tests are added.
catch2_native_part() { catch2_part catch2_native; }
catch2_wasm_part() { catch2_part catch2_wasm; }
catch2_aarch64_part() { catch2_part catch2_aarch64; }
catch2_part() { printf 'catch2-%s' "$( (recipe "$1"; echo "$CATCH2_FLOOR") | short_hash)"; }

catch2_native_ready() { part_done "$(native_prefix)" "$(catch2_native_part)"; }
catch2_wasm_ready() { part_done "$(wasm_prefix)" "$(catch2_wasm_part)"; }
catch2_aarch64_ready() { part_done "$(aarch64_prefix)" "$(catch2_aarch64_part)"; }

catch2_native() {
  local debs=$SCRATCH/catch2-debs prefix deb
  prefix=$(native_prefix)
  fetch_packages bookworm-backports "$debs" libcatch2-dev
  deb=$(echo "$debs"/libcatch2-dev_*.deb)
  accept_version libcatch2-dev "$(dpkg-deb --field "$deb" Version)" "$CATCH2_FLOOR"
  mkdir -p "$prefix"
  dpkg-deb --fsys-tarfile "$deb" |
    tar -x --no-same-owner -C "$prefix" --strip-components=2 ./usr/include ./usr/lib
  stamp_part "$prefix" "$(catch2_native_part)" "catch2-$(dpkg-deb --field "$deb" Version)"
}

catch2_wasm() {
  local source=$SCRATCH/wasm/catch2 prefix
  prefix=$(wasm_prefix)
  fetch_source catch2 bookworm-backports "$CATCH2_FLOOR"
  unpack_source catch2 "$CATCH2_FLOOR" "$source"
  # A failed REQUIRE is an exception: WebAssembly's own ones, which tests must then be built with
  # too. In few large units, because headers are most of the work: 12 s instead of 52.
  cmake_install_wasm "$source" "$prefix" -DCMAKE_CXX_STANDARD=20 \
    -DCMAKE_CXX_FLAGS=-fwasm-exceptions -DBUILD_TESTING=OFF -DCATCH_INSTALL_DOCS=OFF \
    -DCATCH_INSTALL_EXTRAS=ON -DCATCH_ENABLE_WERROR=OFF \
    -DCATCH_CONFIG_NO_POSIX_SIGNALS=ON -DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=20
  stamp_part "$prefix" "$(catch2_wasm_part)" "$(cached_source catch2 "$CATCH2_FLOOR")"
}

catch2_aarch64() {
  local source=$SCRATCH/aarch64/catch2 prefix
  prefix=$(aarch64_prefix)
  fetch_source catch2 bookworm-backports "$CATCH2_FLOOR"
  unpack_source catch2 "$CATCH2_FLOOR" "$source"
  cmake_install_aarch64 "$source" "$prefix" -DCMAKE_CXX_STANDARD=20 \
    -DBUILD_TESTING=OFF -DCATCH_INSTALL_DOCS=OFF -DCATCH_INSTALL_EXTRAS=ON \
    -DCATCH_ENABLE_WERROR=OFF -DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=20
  stamp_part "$prefix" "$(catch2_aarch64_part)" "$(cached_source catch2 "$CATCH2_FLOOR")"
}
