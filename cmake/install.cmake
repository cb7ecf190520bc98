# What `cmake --install` puts where: libraries, headers by their repo paths, apps, shipped data, and the
# package that find_package(stareval) reads.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(targets stareval_core stareval_protocols stareval_backends stareval_reports
  stareval_training stareval_all)
if(STAREVAL_BUILD_ENGINE)
  list(APPEND targets stareval_engine)
endif()
foreach(target IN LISTS targets)
  string(REPLACE stareval_ "" name ${target})
  if(NOT name STREQUAL all)
    set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  endif()
endforeach()
install(TARGETS ${targets} EXPORT stareval_targets)
# On its own, so that a program which does not ask for it needs none of its libraries.
if(STAREVAL_BUILD_READER)
  set_target_properties(stareval_reader PROPERTIES EXPORT_NAME reader)
  install(TARGETS stareval_reader EXPORT stareval_reader_targets)
  install(EXPORT stareval_reader_targets NAMESPACE stareval:: FILE stareval-reader-targets.cmake
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/stareval)
  install(FILES cmake/stareval-reader-libraries.cmake DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/stareval)
endif()
install(EXPORT stareval_targets NAMESPACE stareval:: FILE stareval-targets.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/stareval)

if(NOT STAREVAL_BUILD_READER)
  set(left_out PATTERN backends/reader EXCLUDE)
endif()
foreach(folder libstareval protocols backends reports training engine stareval)
  install(DIRECTORY ${folder} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
    FILES_MATCHING PATTERN "*.h" PATTERN "*_internal.h" EXCLUDE ${left_out})
endforeach()
install(DIRECTORY share/ DESTINATION ${CMAKE_INSTALL_DATADIR}/stareval)
install(FILES LICENSE THIRD_PARTY.md DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/stareval)
if(STAREVAL_BUILD_APPS)
  install(TARGETS star-eval star-mock-server)
endif()

configure_package_config_file(cmake/stareval-config.cmake.in
  ${PROJECT_BINARY_DIR}/stareval-config.cmake
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/stareval)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/stareval-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/stareval-config.cmake
  ${PROJECT_BINARY_DIR}/stareval-config-version.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/stareval)
