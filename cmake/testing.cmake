# Unit tests stand beside the code, and are collected into one program a library.
include(CTest)
include(GoogleTest)

# stareval_tests(core SOURCES base/json_test.cc ... LINK stareval_core): adds to the program core_test.
function(stareval_tests name)
  if(NOT STAREVAL_BUILD_TESTS)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  if(NOT TARGET ${name}_test)
    add_executable(${name}_test)
    stareval_compile(${name}_test)
    target_link_libraries(${name}_test PRIVATE GTest::gtest_main GTest::gmock)
    target_compile_definitions(${name}_test PRIVATE
      STAREVAL_TEST_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    gtest_discover_tests(${name}_test TEST_PREFIX ${name}. DISCOVERY_MODE PRE_TEST
      PROPERTIES TIMEOUT 300)
  endif()
  list(TRANSFORM ARG_SOURCES PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/ REGEX "^[^/]")
  target_sources(${name}_test PRIVATE ${ARG_SOURCES})
  target_link_libraries(${name}_test PRIVATE ${ARG_LINK})
endfunction()
