# Reads modules.json, the table of modules: each with its folder, the archive that it belongs to,
# and the modules whose headers it may include. The modules are in the order of dependency: each may
# use only those above it. A module whose option is off is not there, and nobody uses it.
# tests/structure reads the same table.
#
#   floe_modules_of(native modules)      the modules of the archive floe::native, in order
#   floe_uses_of(ice direct)             what the module ice may include
#   floe_closure_of(ice all)             and what these need in turn, in the order of the table
#   floe_folder_of(ice folder)           its folder, from the top of the tree

set(floe_module_table ${CMAKE_CURRENT_LIST_DIR}/modules.json)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${floe_module_table})

# Keeps the table as global properties, since string(JSON) is slow.
function(floe_read_module_table)
  file(READ ${floe_module_table} table)
  string(JSON count LENGTH "${table}")
  math(EXPR last "${count} - 1")
  foreach(index RANGE ${last})
    string(JSON name GET "${table}" ${index} name)
    string(JSON folder GET "${table}" ${index} folder)
    string(JSON option ERROR_VARIABLE none GET "${table}" ${index} option)
    if(NOT option MATCHES "NOTFOUND$" AND NOT ${option})
      list(APPEND left_out ${name})
      continue()
    endif()
    string(JSON archive ERROR_VARIABLE none GET "${table}" ${index} archive)
    set_property(GLOBAL PROPERTY FLOE_FOLDER_OF_${name} ${folder})
    set_property(GLOBAL APPEND PROPERTY FLOE_MODULES_OF_${archive} ${name})

    string(JSON use_count LENGTH "${table}" ${index} uses)
    set(uses)
    while(use_count GREATER 0)
      math(EXPR use_count "${use_count} - 1")
      string(JSON use GET "${table}" ${index} uses ${use_count})
      if(use IN_LIST left_out)
        continue()
      endif()
      if(NOT use IN_LIST above)
        message(FATAL_ERROR "modules.json: ${name} uses ${use}, which is not above it")
      endif()
      list(APPEND uses ${use})
    endwhile()
    set_property(GLOBAL PROPERTY FLOE_USES_OF_${name} ${uses})
    list(APPEND above ${name})
  endforeach()
  set_property(GLOBAL PROPERTY FLOE_MODULES ${above})
endfunction()
floe_read_module_table()

function(floe_modules_of archive out)
  get_property(modules GLOBAL PROPERTY FLOE_MODULES_OF_${archive})
  set(${out} ${modules} PARENT_SCOPE)
endfunction()

function(floe_folder_of name out)
  get_property(folder GLOBAL PROPERTY FLOE_FOLDER_OF_${name})
  if(NOT folder)
    message(FATAL_ERROR "cmake/modules.json has no module ${name}")
  endif()
  set(${out} ${folder} PARENT_SCOPE)
endfunction()

function(floe_uses_of name out)
  get_property(uses GLOBAL PROPERTY FLOE_USES_OF_${name})
  set(${out} ${uses} PARENT_SCOPE)
endfunction()

function(floe_closure_of name out)
  floe_uses_of(${name} wanted)
  set(closure)
  get_property(modules GLOBAL PROPERTY FLOE_MODULES)
  list(REVERSE modules)
  # From the top of the floors down: a module is reached before those that it uses.
  foreach(module IN LISTS modules)
    if(module IN_LIST wanted)
      list(PREPEND closure ${module})
      floe_uses_of(${module} uses)
      list(APPEND wanted ${uses})
    endif()
  endforeach()
  set(${out} ${closure} PARENT_SCOPE)
endfunction()
