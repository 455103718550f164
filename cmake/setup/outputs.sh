# shellcheck shell=bash
# build/env.sh and build/deps.cmake: the paths of all tools and libraries. Every run writes them again
# from the contents of the cache and the machine, so a run for few components does not lose the
# components of an earlier run.

# replace_if_changed FILE: writes its input there, all or nothing; an unchanged file keeps its time
# stamp, so nothing is configured or built again for it.
replace_if_changed() {
  local new=$1.new.$$
  cat >"$new"
  if cmp -s "$new" "$1"; then
    rm "$new"
  else
    mv "$new" "$1"
  fi
}

native_libraries_ready() {
  mbedtls_native_ready && libwebsockets_ready && usrsctp_native_ready && prometheus_native_ready
}
aarch64_libraries_ready() {
  mbedtls_aarch64_ready && libwebsockets_aarch64_ready && usrsctp_aarch64_ready
}
wasm_libraries_ready() { mbedtls_wasm_ready && wasm_headers_ready && usrsctp_wasm_ready; }

write_outputs() {
  local native='' aarch64='' wasm='' toolchain='' config='' node='' path=()
  if node=$(node_program); then
    case $node in
      "$FLOE_CACHE"/*) path+=("$(dirname "$node")") ;;
    esac
  fi
  if native_libraries_ready; then native=$(native_prefix); fi
  if aarch64_libraries_ready; then aarch64=$(aarch64_prefix); fi
  if [ -n "$node" ] && emscripten_root >/dev/null; then
    toolchain=$(emscripten_toolchain)
    path+=("$(emscripten_root)")
    if emscripten_is_ours; then
      emscripten_configure
      config=$(emscripten_root)/.emscripten
    fi
    if wasm_libraries_ready; then wasm=$(wasm_prefix); fi
  fi
  mkdir -p "$FLOE_TREE/build"
  write_shell | replace_if_changed "$FLOE_TREE/build/env.sh"
  write_cmake | replace_if_changed "$FLOE_TREE/build/deps.cmake"
}

write_shell() {
  local directory
  echo '# Written by cmake/setup.sh, for a POSIX shell to source. Sourcing it twice does no harm.'
  shell_variable FLOE_CACHE "$FLOE_CACHE"
  shell_variable FLOE_NODE "$node"
  shell_variable FLOE_DEPS_NATIVE "$native"
  shell_variable FLOE_DEPS_WASM "$wasm"
  shell_variable FLOE_EMSCRIPTEN_TOOLCHAIN "$toolchain"
  shell_variable EM_CONFIG "$config"
  for directory in "${path[@]}"; do
    # shellcheck disable=SC2016 # not for this shell to expand
    printf 'case ":$PATH:" in *":%s:"*) ;; *) export PATH="%s:$PATH" ;; esac\n' \
      "$directory" "$directory"
  done
}

shell_variable() { [ -z "$2" ] || printf "export %s='%s'\n" "$1" "$2"; }

write_cmake() {
  cat <<'END'
# Written by cmake/setup.sh. Include it after project(): only then does CMake know what it builds
# for.
END
  cmake_variable FLOE_NODE "$node"
  cmake_variable FLOE_DEPS_NATIVE "$native"
  cmake_variable FLOE_DEPS_AARCH64 "$aarch64"
  cmake_variable FLOE_DEPS_WASM "$wasm"
  cmake_variable FLOE_EMSCRIPTEN_TOOLCHAIN "$toolchain"
  # The prefix has it as its default; a consumer that wants to say so writes
  # MBEDTLS_CONFIG_FILE=${...}.
  [ -z "$wasm" ] || cmake_variable FLOE_MBEDTLS_WASM_CONFIG '<mbedtls/mbedtls_config.h>'
  cat <<'END'

if(EMSCRIPTEN)
  set(_floe_prefix "${FLOE_DEPS_WASM}")
elseif(NOT CMAKE_CROSSCOMPILING)
  set(_floe_prefix "${FLOE_DEPS_NATIVE}")
elseif(CMAKE_SYSTEM_NAME STREQUAL "Linux" AND CMAKE_SYSTEM_PROCESSOR STREQUAL "aarch64")
  set(_floe_prefix "${FLOE_DEPS_AARCH64}")
else()
  set(_floe_prefix "")
endif()
if(_floe_prefix)
  list(PREPEND CMAKE_PREFIX_PATH "${_floe_prefix}")
  list(REMOVE_DUPLICATES CMAKE_PREFIX_PATH)
  if(EMSCRIPTEN) # its toolchain file looks nowhere but below these
    list(APPEND CMAKE_FIND_ROOT_PATH "${_floe_prefix}")
    list(REMOVE_DUPLICATES CMAKE_FIND_ROOT_PATH)
  endif()
  # A build tree remembers where it found a package; when the prefix has moved on, it must look
  # again.
  foreach(_floe_package IN ITEMS MbedTLS libwebsockets Libwebsockets Catch2 nlohmann_json
      prometheus-cpp)
    if(${_floe_package}_DIR AND NOT ${_floe_package}_DIR MATCHES "^/usr/")
      cmake_path(IS_PREFIX _floe_prefix "${${_floe_package}_DIR}" _floe_current)
      if(NOT _floe_current)
        unset(${_floe_package}_DIR CACHE)
      endif()
    endif()
  endforeach()
endif()
END
}

cmake_variable() { [ -z "$2" ] || printf 'set(%s "%s")\n' "$1" "$2"; }
