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
