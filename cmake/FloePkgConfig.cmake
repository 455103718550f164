# The pkg-config files floe-core.pc, floe-sim.pc and floe-native.pc. The libraries are archives, so a program
# calls pkg-config with --static: that adds the libraries that they need, the C++ runtime included.

# Writes ${name}.pc. REQUIRES: packages; LIBRARY: its archive; DEPENDENCIES: archives that it needs.
function(floe_pkg_config name)
  cmake_parse_arguments(ARG "" "DESCRIPTION;LIBRARY;REQUIRES;PACKAGES" "DEPENDENCIES" ${ARGN})
  set(private)
  set(requires_private)
  if(FLOE_INSTALL_DEPENDENCIES)
    list(TRANSFORM ARG_DEPENDENCIES PREPEND -lfloe_ OUTPUT_VARIABLE private)
    list(PREPEND private "-L\${libdir}/floe")
  else()
    set(requires_private "${ARG_PACKAGES}")
  endif()
  list(APPEND private ${floe_cxx_runtime})
  list(JOIN private " " private)
  configure_file(${CMAKE_CURRENT_FUNCTION_LIST_DIR}/floe.pc.in ${PROJECT_BINARY_DIR}/${name}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${name}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endfunction()

# From lib/pkgconfig to the prefix, wherever it is now.
file(RELATIVE_PATH floe_up "/prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/prefix")
string(REGEX REPLACE "/$" "" floe_up "${floe_up}")

floe_pkg_config(floe-core
  DESCRIPTION "An ICE agent without I/O"
  LIBRARY floe_core DEPENDENCIES mbedcrypto PACKAGES mbedcrypto)
floe_pkg_config(floe-sim
  DESCRIPTION "Networks with NATs in memory and in virtual time, for tests"
  LIBRARY floe_sim REQUIRES floe-core)
if(FLOE_NATIVE)
  floe_pkg_config(floe-native
    DESCRIPTION "An ICE agent with sockets, a loop and WebSockets"
    LIBRARY floe_native REQUIRES floe-core PACKAGES "libwebsockets, mbedtls"
    DEPENDENCIES websockets mbedtls mbedx509 mbedcrypto)
endif()
