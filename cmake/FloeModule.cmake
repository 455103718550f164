# A room is one folder with a public face in include/ and, unless it is all headers, sources in src/.
#
#   floe_module(stun SOURCES src/a.cc … DEPENDS wire api [LINK mbedcrypto])
#
# It compiles with its own include folder and those of the rooms in DEPENDS, so an #include against
# the direction of dependencies does not compile. All rooms together become the archive floe::core.

set(FLOE_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
    -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # Each fires wrongly when all is inlined: on "text" + std::string (GCC bug 105651), on the members
  # that a std::variant does not hold, on an address that is taken back before it dangles, and on the
  # growth of a vector (bug 105329).
  list(APPEND FLOE_WARNINGS -Wno-restrict -Wno-maybe-uninitialized -Wno-dangling-pointer
       -Wno-array-bounds -Wno-stringop-overflow)
endif()
if(FLOE_WERROR)
  list(APPEND FLOE_WARNINGS -Werror)
endif()

# The manners of everything that is ours; `EXCEPTIONS` for tests and programs that may throw.
function(floe_compile_options target)
  cmake_parse_arguments(ARG "EXCEPTIONS" "" "" ${ARGN})
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON
                        CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:${FLOE_WARNINGS}>)
  if(NOT ARG_EXCEPTIONS)
    target_compile_options(${target} PRIVATE
      $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions -fno-rtti -fno-threadsafe-statics>)
  endif()
  target_compile_options(${target} PRIVATE -ffunction-sections -fdata-sections)
endfunction()

function(floe_module name)
  cmake_parse_arguments(ARG "OUTSIDE_CORE" "" "SOURCES;DEPENDS;LINK" ${ARGN})
  set(target floe_${name})
  list(TRANSFORM ARG_DEPENDS PREPEND floe_)
  if(ARG_SOURCES)
    add_library(${target} OBJECT ${ARG_SOURCES})
    set(scope PUBLIC)
    floe_compile_options(${target})
    target_link_libraries(${target} PRIVATE ${ARG_LINK})
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(${target} ${scope}
    $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>)
  target_link_libraries(${target} ${scope} ${ARG_DEPENDS})
  if(NOT ARG_OUTSIDE_CORE)
    set_property(GLOBAL APPEND PROPERTY FLOE_CORE_MODULES ${target})
    set_property(GLOBAL APPEND PROPERTY FLOE_CORE_INCLUDES ${CMAKE_CURRENT_SOURCE_DIR}/include)
  endif()
endfunction()
