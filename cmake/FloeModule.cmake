# A module is one folder with public headers in include/ and, unless it has only headers, sources in
# src/. modules.json has its folder and the modules that it may use.
#
#   floe_module(stun SOURCES src/a.cc … [LINK mbedcrypto])      in the module's folder
#   floe_archive(core)                                          all modules of floe::core, and it
#   floe_archive(sim TARGET floe_simulation)                    the same; floe_sim is a module's target
#   floe_program(floe MODULE cli ARCHIVE floe::native SOURCES src/a.cc … [LINK …])
#
# Each compiles with its own folders and the include folders of the modules that it may use, so an
# #include against the direction of dependencies does not compile.
include(${CMAKE_CURRENT_LIST_DIR}/ModuleTable.cmake)

set(FLOE_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
    -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough
    # A switch that forgets an enumerator is an error also where warnings are none.
    -Werror=switch)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # False for an address that is reset before it dangles.
  list(APPEND FLOE_WARNINGS -Wno-dangling-pointer)
  if(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # Each of these warnings is false when code is inlined: for "text" + std::string (GCC bug
    # 105651), for the members that a std::variant does not hold, and for the growth of a vector
    # (bug 105329).
    list(APPEND FLOE_WARNINGS -Wno-restrict -Wno-maybe-uninitialized -Wno-array-bounds
         -Wno-stringop-overflow)
  endif()
endif()
if(FLOE_WERROR)
  list(APPEND FLOE_WARNINGS -Werror)
endif()

# The compile options of all our own code; `EXCEPTIONS` for tests and programs that may throw.
function(floe_compile_options target)
  cmake_parse_arguments(ARG "EXCEPTIONS" "" "" ${ARGN})
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON
                        CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:${FLOE_WARNINGS}>)
  if(NOT ARG_EXCEPTIONS)
    target_compile_options(${target} PRIVATE
      $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions -fno-rtti -fno-threadsafe-statics>)
    # Nothing here throws, and a callback must not throw through it. A small build saves the tables
    # that unwinding reads, a quarter of the library; -g brings them back for a debugger.
    target_compile_options(${target} PRIVATE
      $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CONFIG:MinSizeRel>>:-fno-asynchronous-unwind-tables>)
  endif()
  target_compile_options(${target} PRIVATE -ffunction-sections -fdata-sections)
endfunction()

# `target` sees the headers of all modules that `module` may use, directly or indirectly.
function(floe_see_modules target scope module)
  floe_uses_of(${module} uses)
  foreach(use IN LISTS uses)
    target_include_directories(${target} ${scope}
      $<TARGET_PROPERTY:floe_${use},INTERFACE_INCLUDE_DIRECTORIES>)
  endforeach()
endfunction()

function(floe_module name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  if("DEPENDS" IN_LIST ARG_SOURCES)
    message(FATAL_ERROR "${name}: what a module may use is said in cmake/modules.json, not here")
  endif()
  set(target floe_${name})
  floe_uses_of(${name} uses)
  list(TRANSFORM uses PREPEND floe_)
  if(ARG_SOURCES)
    add_library(${target} OBJECT ${ARG_SOURCES})
    set(scope PUBLIC)
    floe_compile_options(${target})
    target_link_libraries(${target} PRIVATE ${ARG_LINK})
    target_include_directories(${target} PRIVATE src)
    floe_see_outer_module(${name})
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(${target} ${scope}
    $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>)
  target_link_libraries(${target} ${scope} ${uses})
endfunction()

# A module inside of another module's folder (native/c/host in native/c) is a part of that module and
# sees its private headers.
function(floe_see_outer_module name)
  floe_folder_of(${name} folder)
  floe_uses_of(${name} uses)
  foreach(use IN LISTS uses)
    floe_folder_of(${use} outer)
    string(FIND ${folder} "${outer}/" at)
    if(at EQUAL 0)
      target_include_directories(floe_${name} PRIVATE ${PROJECT_SOURCE_DIR}/${outer}/src)
    endif()
  endforeach()
endfunction()

# Adds the modules of an archive and the archive itself, floe::${archive}.
function(floe_archive archive)
  cmake_parse_arguments(ARG "" "TARGET" "" ${ARGN})
  set(target floe_${archive})
  if(ARG_TARGET)
    set(target ${ARG_TARGET})
  endif()
  floe_modules_of(${archive} modules)
  add_library(${target} STATIC)
  add_library(floe::${archive} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${archive} OUTPUT_NAME floe_${archive}
                        LINKER_LANGUAGE CXX)
  target_compile_features(${target} PUBLIC cxx_std_20)
  foreach(module IN LISTS modules)
    floe_folder_of(${module} folder)
    add_subdirectory(${PROJECT_SOURCE_DIR}/${folder} ${PROJECT_BINARY_DIR}/${folder})
    target_link_libraries(${target} PUBLIC $<BUILD_INTERFACE:floe_${module}>)
  endforeach()
endfunction()

# A program: an archive that it links does not widen what its sources see.
function(floe_program target)
  cmake_parse_arguments(ARG "" "MODULE;ARCHIVE" "SOURCES;LINK" ${ARGN})
  add_executable(${target} ${ARG_SOURCES})
  floe_compile_options(${target} EXCEPTIONS)
  floe_see_modules(${target} PRIVATE ${ARG_MODULE})
  target_link_libraries(${target} PRIVATE $<LINK_ONLY:${ARG_ARCHIVE}> ${ARG_LINK})
  # Not in builds with a sanitizer, which must see each call of the runtime.
  if(FLOE_STATIC_RUNTIME AND CMAKE_BUILD_TYPE MATCHES "^(Release|MinSizeRel)$")
    target_link_options(${target} PRIVATE -static-libstdc++ -static-libgcc)
  endif()
endfunction()
