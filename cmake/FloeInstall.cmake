# `cmake --install` installs the files that another project needs: headers, archives, the shared
# library, the `floe` command, the gateway, the CMake package `floe`, pkg-config files and examples. No file in it has an absolute path, so the
# prefix may be moved.
#
# Archives of mbedTLS, libwebsockets and usrsctp: the layout of their structures depends on how they were
# configured, so a program must link exactly those that Floe was compiled with. With
# FLOE_INSTALL_DEPENDENCIES they are installed beside Floe under other names, and a program that uses
# Floe needs neither package. Without it (for distributions, and for programs with another mbedTLS:
# build Floe against that one) the package looks for them as the build of Floe did.
set(floe_dependencies_are_ours OFF)
if(_floe_prefix) # of build/deps.cmake
  set(floe_dependencies_are_ours ON)
endif()
option(FLOE_INSTALL_DEPENDENCIES "Install the archives of mbedTLS, libwebsockets and usrsctp with Floe"
       ${floe_dependencies_are_ours})
include(CMakePackageConfigHelpers)

set(floe_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/floe)
set(floe_archives floe_core floe_simulation)

# Headers: of every module in an archive.
floe_modules_of(core floe_modules)
floe_modules_of(sim sim_modules)
list(APPEND floe_modules ${sim_modules})
if(FLOE_NATIVE)
  list(APPEND floe_archives floe_native)
  floe_modules_of(native native_modules)
  list(APPEND floe_modules ${native_modules})
endif()
if(FLOE_SCTP)
  list(APPEND floe_archives floe_data_channels)
  floe_modules_of(channels channel_modules)
  list(APPEND floe_modules ${channel_modules})
endif()
foreach(module IN LISTS floe_modules)
  floe_folder_of(${module} folder)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/${folder}/include/floe
          DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN *.h)
endforeach()

# Archives, and the shared library.
set(floe_libraries ${floe_archives})
if(TARGET floe_shared)
  list(APPEND floe_libraries floe_shared)
endif()
install(TARGETS ${floe_libraries} EXPORT floe
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
        INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT floe NAMESPACE floe:: FILE floe-targets.cmake DESTINATION ${floe_package_dir})

# The libraries that the archives need, in order of linking: each may need the ones after it.
list(TRANSFORM floe_core_dependencies PREPEND MbedTLS:: OUTPUT_VARIABLE floe_dependencies)
if(FLOE_NATIVE)
  floe_find_libwebsockets() # native/ found it for itself only
  set(floe_dependencies ${floe_websockets} MbedTLS::mbedtls MbedTLS::mbedx509 MbedTLS::mbedcrypto)
endif()
if(FLOE_SCTP)
  list(APPEND floe_dependencies floe_usrsctp)
endif()
foreach(dependency IN LISTS floe_dependencies)
  string(REGEX REPLACE "^.*::|^floe_|_shared$" "" name ${dependency})
  list(APPEND floe_dependency_names ${name})
  if(FLOE_INSTALL_DEPENDENCIES)
    install(FILES $<TARGET_FILE:${dependency}> DESTINATION ${CMAKE_INSTALL_LIBDIR}/floe
            RENAME libfloe_${name}.a)
  endif()
endforeach()

# The libraries that a C++ compiler links by default and a C compiler does not.
set(floe_cxx_runtime ${CMAKE_CXX_IMPLICIT_LINK_LIBRARIES})
list(REMOVE_ITEM floe_cxx_runtime ${CMAKE_C_IMPLICIT_LINK_LIBRARIES})
list(REMOVE_DUPLICATES floe_cxx_runtime)
list(TRANSFORM floe_cxx_runtime PREPEND -l)

# The CMake package.
configure_package_config_file(
  ${CMAKE_CURRENT_LIST_DIR}/floe-config.cmake.in ${PROJECT_BINARY_DIR}/floe-config.cmake
  INSTALL_DESTINATION ${floe_package_dir} PATH_VARS CMAKE_INSTALL_LIBDIR)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/floe-config-version.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/floe-config.cmake ${PROJECT_BINARY_DIR}/floe-config-version.cmake
        DESTINATION ${floe_package_dir})
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
foreach(example IN ITEMS device.c channel.c caller.cc agents.c networks.cc)
  install(FILES ${PROJECT_SOURCE_DIR}/tests/install/${example} DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
endforeach()

# The licences of what is in the archives and in the command. Without them the build still serves its
# owner, but is not to be handed out.
include(${CMAKE_CURRENT_LIST_DIR}/FloeNotices.cmake)
floe_notice(mbedtls TITLE "mbedTLS" NEAR ${MbedTLS_DIR} PACKAGES libmbedtls-dev)
floe_json_notice()
if(FLOE_NATIVE)
  floe_notice(libwebsockets TITLE "libwebsockets" NEAR ${libwebsockets_DIR} PACKAGES libwebsockets-dev)
  floe_notice(cli11 TITLE "CLI11" NEAR ${CLI11_DIR} PACKAGES libcli11-dev)
endif()
if(FLOE_NATIVE AND FLOE_DEMO)
  floe_notice(tomlplusplus TITLE "toml++" NEAR ${FLOE_TOMLPLUSPLUS_INCLUDE} PACKAGES libtomlplusplus-dev)
  floe_notice(prometheus-cpp TITLE "prometheus-cpp" NEAR ${prometheus-cpp_DIR}
              PACKAGES prometheus-cpp-dev)
endif()
if(FLOE_SCTP)
  floe_notice(usrsctp TITLE "usrsctp" NEAR ${FLOE_USRSCTP_INCLUDE} PACKAGES libusrsctp-dev)
endif()
floe_write_notices(${PROJECT_BINARY_DIR}/THIRD_PARTY_NOTICES.txt floe_licences_missing)
if(floe_licences_missing)
  install(CODE "message(FATAL_ERROR \"${floe_licences_missing}\")")
endif()
install(FILES ${PROJECT_BINARY_DIR}/THIRD_PARTY_NOTICES.txt DESTINATION ${CMAKE_INSTALL_DOCDIR})

include(${CMAKE_CURRENT_LIST_DIR}/FloePkgConfig.cmake)
