# The pkg-config files. floe-core.pc, floe-sim.pc, floe-channels.pc and floe-native.pc stand for archives: they name all
# that these need, the runtime of C++ included, so that a program links with what pkg-config prints,
# with --static and without. floe.pc stands for the shared library, which needs nothing else.

# Writes ${name}.pc. REQUIRES: packages; LIBRARY: its name; DEPENDENCIES: archives that it needs, and
# PACKAGES: the packages that these are from; SHARED: it needs neither.
function(floe_pkg_config name)
  cmake_parse_arguments(ARG "SHARED" "DESCRIPTION;LIBRARY" "REQUIRES;PACKAGES;DEPENDENCIES" ${ARGN})
  set(needed)
  set(requires ${ARG_REQUIRES})
  if(ARG_DEPENDENCIES AND FLOE_INSTALL_DEPENDENCIES)
    list(TRANSFORM ARG_DEPENDENCIES PREPEND -lfloe_ OUTPUT_VARIABLE needed)
    list(PREPEND needed "-L\${libdir}/floe")
  else()
    list(APPEND requires ${ARG_PACKAGES})
  endif()
  if(NOT ARG_SHARED)
    list(APPEND needed ${floe_cxx_runtime})
  endif()
  list(JOIN needed " " needed)
  list(JOIN requires ", " requires)
  configure_file(${CMAKE_CURRENT_FUNCTION_LIST_DIR}/floe.pc.in ${PROJECT_BINARY_DIR}/${name}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${name}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endfunction()

# From lib/pkgconfig to the prefix, wherever it is now.
file(RELATIVE_PATH floe_up "/prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/prefix")
string(REGEX REPLACE "/$" "" floe_up "${floe_up}")

floe_pkg_config(floe-core
  DESCRIPTION "An ICE agent without I/O"
  LIBRARY floe_core DEPENDENCIES ${floe_core_dependencies} PACKAGES ${floe_core_dependencies})
floe_pkg_config(floe-sim
  DESCRIPTION "Networks with NATs in memory and in virtual time, for tests"
  LIBRARY floe_sim REQUIRES floe-core)
if(FLOE_SCTP)
  floe_pkg_config(floe-channels
    DESCRIPTION "Data channels for an ICE agent"
    LIBRARY floe_channels REQUIRES floe-core DEPENDENCIES usrsctp PACKAGES usrsctp)
endif()
if(FLOE_NATIVE)
  set(native_requires floe-core)
  if(FLOE_SCTP)
    list(PREPEND native_requires floe-channels)
  endif()
  floe_pkg_config(floe-native
    DESCRIPTION "An ICE agent with sockets, a loop and WebSockets"
    LIBRARY floe_native REQUIRES ${native_requires} PACKAGES libwebsockets mbedtls
    DEPENDENCIES websockets mbedtls mbedx509 mbedcrypto)
endif()
if(TARGET floe_shared)
  floe_pkg_config(floe SHARED
    DESCRIPTION "An ICE agent for C, with and without sockets and a loop"
    LIBRARY floe)
endif()
