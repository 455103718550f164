# The C API as a shared library, floe::shared: libfloe.so.0 has all that floe.h and floe_native.h
# need, exports their functions and nothing else, and depends on nothing but the runtime of C++ (and
# on mbedTLS, libwebsockets and usrsctp where these are shared libraries themselves).
#
# The number in its SONAME changes when a program that was linked before would no longer work;
# tests/install/abi.txt lists what must stay.
option(FLOE_SHARED "Build the C API as a shared library, too" ON)
if(NOT FLOE_SHARED)
  return()
endif()

set(floe_exports ${PROJECT_SOURCE_DIR}/native/c/exports.map)
add_library(floe_shared SHARED)
add_library(floe::shared ALIAS floe_shared)
set_target_properties(floe_shared PROPERTIES
  OUTPUT_NAME floe EXPORT_NAME shared VERSION ${PROJECT_VERSION} SOVERSION 0
  LINKER_LANGUAGE CXX LINK_DEPENDS ${floe_exports})
floe_modules_of(core floe_shared_modules)
floe_modules_of(native native_modules)
floe_modules_of(channels channel_modules)
foreach(module IN LISTS floe_shared_modules channel_modules native_modules)
  target_link_libraries(floe_shared PRIVATE $<BUILD_INTERFACE:floe_${module}>)
endforeach()
target_link_libraries(floe_shared PRIVATE
  ${floe_websockets} MbedTLS::mbedtls MbedTLS::mbedx509 MbedTLS::mbedcrypto)
if(FLOE_SCTP)
  target_link_libraries(floe_shared PRIVATE floe_usrsctp)
endif()
target_link_options(floe_shared PRIVATE
  -Wl,--version-script=${floe_exports} -Wl,--gc-sections)
