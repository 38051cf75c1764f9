# install and find_package(NativeOpt), and the copy that the managed projects pick up.
#
#   cmake --install <build> --prefix <where>               library, header and package files
#   cmake --install <build> --component stage --strip      artifacts/runtimes/<rid>/native/, nothing else
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(nopt_package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/NativeOpt")
install(TARGETS nativeopt EXPORT NativeOptTargets LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT library)
install(DIRECTORY native/include/nativeopt DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT library)
install(EXPORT NativeOptTargets NAMESPACE NativeOpt:: DESTINATION "${nopt_package_dir}" COMPONENT library)
configure_package_config_file(cmake/NativeOptConfig.cmake.in "${NOPT_GENERATED_DIR}/NativeOptConfig.cmake"
  INSTALL_DESTINATION "${nopt_package_dir}")
write_basic_package_version_file("${NOPT_GENERATED_DIR}/NativeOptConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${NOPT_GENERATED_DIR}/NativeOptConfig.cmake" "${NOPT_GENERATED_DIR}/NativeOptConfigVersion.cmake"
  DESTINATION "${nopt_package_dir}" COMPONENT library)

# .NET's name of the platform: runtimes/<rid>/native is where it looks for native libraries.
string(TOLOWER "${CMAKE_SYSTEM_NAME}" nopt_rid_system)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
  set(nopt_rid_processor x64)
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64|ARM64)$")
  set(nopt_rid_processor arm64)
else()
  set(nopt_rid_processor "${CMAKE_SYSTEM_PROCESSOR}")
endif()
set(NOPT_RID "${nopt_rid_system}-${nopt_rid_processor}" CACHE STRING "Platform of the staged library, such as linux-musl-x64")
install(TARGETS nativeopt COMPONENT stage EXCLUDE_FROM_ALL
  LIBRARY DESTINATION "${PROJECT_SOURCE_DIR}/artifacts/runtimes/${NOPT_RID}/native")
