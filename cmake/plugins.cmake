# Plug-in folders (protocols/, backends/, reports/): each sub-folder with a CMakeLists.txt is one
# plug-in, and provides `void register_<folder>(stareval::Registry&)`. A new folder and a plain rebuild
# are enough: the glob is checked at each build.

# In protocols/counting/CMakeLists.txt:
#     stareval_plugin(SOURCES counting.cc TESTS counting_test.cc [LINK ...])
macro(stareval_plugin)
  cmake_parse_arguments(PLUGIN "" "" "SOURCES;TESTS;LINK" ${ARGN})
  target_sources(${STAREVAL_PLUGIN_TARGET} PRIVATE ${PLUGIN_SOURCES})
  if(PLUGIN_LINK)
    target_link_libraries(${STAREVAL_PLUGIN_TARGET} PRIVATE ${PLUGIN_LINK})
  endif()
  if(PLUGIN_TESTS)
    stareval_tests(${STAREVAL_PLUGIN_KIND} SOURCES ${PLUGIN_TESTS} LINK ${STAREVAL_PLUGIN_TARGET})
  endif()
endmacro()

# A plug-in with heavy libraries is a component: a library of its own, which the program that wants it links and
# registers itself.
#     stareval_component(reader SOURCES reader.cc TESTS reader_test.cc [LINK ...])    makes stareval_reader
function(stareval_component name)
  cmake_parse_arguments(PLUGIN "" "" "SOURCES;TESTS;LINK" ${ARGN})
  add_library(stareval_${name} ${PLUGIN_SOURCES})
  add_library(stareval::${name} ALIAS stareval_${name})
  stareval_compile(stareval_${name})
  target_link_libraries(stareval_${name} PUBLIC stareval_core PRIVATE stareval_${STAREVAL_PLUGIN_KIND} ${PLUGIN_LINK})
  stareval_tests(${name} SOURCES ${PLUGIN_TESTS} LINK stareval_${name} ${PLUGIN_LINK})
  stareval_leave_out_plugin(${name})
endfunction()

# Keep a folder out of register_<kind>().
function(stareval_leave_out_plugin name)
  set_property(GLOBAL APPEND PROPERTY STAREVAL_LEFT_OUT_PLUGINS ${name})
endfunction()

# stareval_collect_plugins(protocols): makes stareval_protocols with register_protocols(Registry&).
function(stareval_collect_plugins kind)
  set(STAREVAL_PLUGIN_KIND ${kind})
  set(STAREVAL_PLUGIN_TARGET stareval_${kind})
  set(generated ${PROJECT_BINARY_DIR}/generated/${kind}/register_${kind}.cc)
  add_library(stareval_${kind} ${generated})
  add_library(stareval::${kind} ALIAS stareval_${kind})
  stareval_compile(stareval_${kind})
  target_link_libraries(stareval_${kind} PUBLIC stareval_core)

  file(GLOB folders CONFIGURE_DEPENDS LIST_DIRECTORIES false */CMakeLists.txt)
  list(SORT folders)
  set(declarations "")
  set(calls "")
  foreach(file IN LISTS folders)
    cmake_path(GET file PARENT_PATH folder)
    cmake_path(GET folder FILENAME name)
    add_subdirectory(${folder})
    get_property(left_out GLOBAL PROPERTY STAREVAL_LEFT_OUT_PLUGINS)
    if(name IN_LIST left_out)
      continue()
    endif()
    string(APPEND declarations "void register_${name}(Registry& registry);\n")
    string(APPEND calls "  register_${name}(registry);\n")
  endforeach()
  file(CONFIGURE OUTPUT ${generated} @ONLY CONTENT
"// Made by cmake/plugins.cmake from the folders of @kind@/.
#include \"@kind@/@kind@.h\"

namespace stareval {
@declarations@
void register_@kind@([[maybe_unused]] Registry& registry) {
@calls@}
}  // namespace stareval
")
endfunction()
