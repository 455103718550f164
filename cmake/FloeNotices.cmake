# Notices of third parties: the licence of each library that is compiled into what is handed out, as the
# library itself brings it. No such text is in the tree.
#
#   floe_notice(mbedtls TITLE "mbedTLS" NEAR ${MbedTLS_DIR} [PACKAGES libmbedtls-dev] [FILES …])
#   floe_write_notices(${file} missing)
#
# FILES are paths where the licence may be. When none is there, it is looked for below NEAR and each
# folder above it, where prefixes keep licences. -DFLOE_LICENSE_mbedtls=FILE comes before all of these.

# Sets `out` to the files of the licence, or to nothing.
function(floe_find_licence out name near)
  cmake_parse_arguments(ARG "" "" "PACKAGES" ${ARGN})
  set(folder ${near})
  while(folder)
    file(GLOB found ${folder}/share/licenses/${name}/*) # cmake/setup.sh, Arch, Fedora
    foreach(package IN LISTS name ARG_PACKAGES) # Debian, vcpkg
      file(GLOB more ${folder}/share/doc/${package}/copyright ${folder}/share/${package}/copyright)
      list(APPEND found ${more})
    endforeach()
    cmake_path(GET folder PARENT_PATH above)
    if(found OR above STREQUAL folder)
      break()
    endif()
    set(folder ${above})
  endwhile()
  set(${out} ${found} PARENT_SCOPE)
endfunction()

# Adds the library to the notices; when it has no licence, to what is missing.
function(floe_notice name)
  cmake_parse_arguments(ARG "" "TITLE;NEAR" "PACKAGES;FILES" ${ARGN})
  if(FLOE_LICENSE_${name})
    set(files ${FLOE_LICENSE_${name}})
  else()
    file(GLOB files ${ARG_FILES})
    if(NOT files)
      floe_find_licence(files ${name} "${ARG_NEAR}" PACKAGES ${ARG_PACKAGES})
    endif()
  endif()
  if(NOT files)
    string(CONCAT sentence "The licence of ${ARG_TITLE} was not found near ${ARG_NEAR}. "
      "Install the library by cmake/setup.sh, or say where it is: -DFLOE_LICENSE_${name}=FILE. ")
    set_property(DIRECTORY APPEND_STRING PROPERTY FLOE_LICENCES_MISSING "${sentence}")
    return()
  endif()
  set(text "")
  foreach(file IN LISTS files)
    file(READ ${file} one)
    string(APPEND text "${one}\n")
  endforeach()
  string(REPEAT "=" 100 line)
  set_property(DIRECTORY APPEND_STRING PROPERTY FLOE_NOTICES "${line}\n${ARG_TITLE}\n${line}\n\n${text}\n")
endfunction()

# The library of core/json, which has it with a CMake package or without one.
macro(floe_json_notice)
  set(floe_json_near ${nlohmann_json_DIR})
  if(FLOE_NLOHMANN_JSON_INCLUDE)
    set(floe_json_near ${FLOE_NLOHMANN_JSON_INCLUDE})
  endif()
  floe_notice(nlohmann-json TITLE "nlohmann/json" NEAR ${floe_json_near} PACKAGES nlohmann-json3-dev)
endmacro()

# Writes the notices so far. Sets `missing` to sentences about the licences that were not found.
function(floe_write_notices file missing)
  get_property(notices DIRECTORY PROPERTY FLOE_NOTICES)
  get_property(sentences DIRECTORY PROPERTY FLOE_LICENCES_MISSING)
  file(CONFIGURE OUTPUT ${file} @ONLY CONTENT
"Floe contains parts of the libraries below, each under its own licence.

@notices@")
  set(${missing} "${sentences}" PARENT_SCOPE)
endfunction()
