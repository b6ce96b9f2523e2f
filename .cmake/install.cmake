# Installs the library, its one header, the command, and what pkg-config and CMake need to find them. All paths are
# relative, so that the whole folder can be moved.
include(CMakePackageConfigHelpers)

install(
    TARGETS bms
    EXPORT bmsTargets
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
    PUBLIC_HEADER DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
file(RELATIVE_PATH library_from_command "/${CMAKE_INSTALL_BINDIR}" "/${CMAKE_INSTALL_LIBDIR}")
set_target_properties(bms_command PROPERTIES INSTALL_RPATH "$ORIGIN/${library_from_command}")
install(TARGETS bms_command RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/bms")
install(EXPORT bmsTargets NAMESPACE bms:: DESTINATION "${package_dir}")
configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/bmsConfig.cmake.in" "${generated}/bmsConfig.cmake"
                              INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file("${generated}/bmsConfigVersion.cmake" COMPATIBILITY SameMajorVersion)
install(FILES "${generated}/bmsConfig.cmake" "${generated}/bmsConfigVersion.cmake" DESTINATION "${package_dir}")

set(pkg_config_dir "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
file(RELATIVE_PATH prefix_from_pc "/${pkg_config_dir}" "/")
configure_file("${CMAKE_CURRENT_LIST_DIR}/bms.pc.in" "${generated}/bms.pc" @ONLY)
install(FILES "${generated}/bms.pc" DESTINATION "${pkg_config_dir}")
