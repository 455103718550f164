# Finds the libraries that Floe is built on. When one is missing, the message says what to do.

# find_package() of a package with a CMake configuration. TITLE is its name in a sentence.
macro(floe_find package version title)
  find_package(${package} ${version} CONFIG QUIET)
  if(NOT ${package}_FOUND)
    set(floe_found "found none")
    if(${package}_CONSIDERED_VERSIONS)
      list(JOIN ${package}_CONSIDERED_VERSIONS ", " floe_found)
      set(floe_found "found only ${floe_found}")
    endif()
    message(FATAL_ERROR "Floe needs ${title} ${version} or later, and CMake ${floe_found}. "
      "On Debian 12 run `cmake/setup.sh native test`, which builds it, and then this again. "
      "Elsewhere install it, or say where it is: -DCMAKE_PREFIX_PATH=/its/prefix\n")
  endif()
endmacro()

# Sets floe_websockets to the target of libwebsockets: an archive where one was built.
macro(floe_find_libwebsockets)
  floe_find(libwebsockets 4.3 libwebsockets)
  set(floe_websockets websockets_shared)
  if(TARGET websockets)
    set(floe_websockets websockets)
  endif()
endmacro()

# usrsctp, which has no package for CMake, as the target floe_usrsctp.
function(floe_find_usrsctp)
  find_library(FLOE_USRSCTP_LIBRARY usrsctp)
  find_path(FLOE_USRSCTP_INCLUDE usrsctp.h)
  if(NOT FLOE_USRSCTP_LIBRARY OR NOT FLOE_USRSCTP_INCLUDE)
    message(FATAL_ERROR "Data channels need usrsctp, and CMake found none. On Debian 12 run "
      "`cmake/setup.sh native test`, which builds it, and then this again. Elsewhere install it, or "
      "build without data channels: -DFLOE_SCTP=OFF\n")
  endif()
  add_library(floe_usrsctp UNKNOWN IMPORTED)
  set_target_properties(floe_usrsctp PROPERTIES IMPORTED_LOCATION ${FLOE_USRSCTP_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${FLOE_USRSCTP_INCLUDE})
endfunction()

# The folder of toml++, which needs no library, as FLOE_TOMLPLUSPLUS_INCLUDE.
function(floe_find_tomlplusplus)
  find_path(FLOE_TOMLPLUSPLUS_INCLUDE toml++/toml.h)
  if(NOT FLOE_TOMLPLUSPLUS_INCLUDE)
    message(FATAL_ERROR "The gateway needs toml++, and CMake found none. On Debian 12 run "
      "`cmake/setup.sh native test`, which installs it, and then this again. Elsewhere install it, or "
      "build without the demo: -DFLOE_DEMO=OFF\n")
  endif()
endfunction()

# The core of prometheus-cpp, whose package tells no version, as prometheus-cpp::core.
macro(floe_find_prometheus)
  find_package(prometheus-cpp CONFIG QUIET)
  if(NOT TARGET prometheus-cpp::core)
    message(FATAL_ERROR "The gateway needs prometheus-cpp, and CMake found none. On Debian 12 run "
      "`cmake/setup.sh native test`, which builds it, and then this again. Elsewhere install it, or "
      "build without the demo: -DFLOE_DEMO=OFF\n")
  endif()
endmacro()
