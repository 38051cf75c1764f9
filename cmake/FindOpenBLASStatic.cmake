# Finds the static archive of OpenBLAS in its pthread flavour and defines OpenBLASStatic::openblas.
#
# Only that flavour is right here. The serial one gives wrong products when several threads call it, and the OpenMP one is
# hundreds of times slower when called from threads that OpenMP did not create.
#   OPENBLAS_ARCHIVE      path of libopenblas.a
#   OPENBLAS_INCLUDE_DIR  directory of cblas.h
find_library(OPENBLAS_ARCHIVE NAMES libopenblas.a PATH_SUFFIXES openblas-pthread)
find_path(OPENBLAS_INCLUDE_DIR NAMES openblas_config.h
  PATH_SUFFIXES "${CMAKE_LIBRARY_ARCHITECTURE}/openblas-pthread" openblas-pthread openblas)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(OpenBLASStatic REQUIRED_VARS OPENBLAS_ARCHIVE OPENBLAS_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "Debian: apt-get install libopenblas-pthread-dev, or configure with -DNOPT_OPENBLAS=OFF")

if(OpenBLASStatic_FOUND AND NOT TARGET OpenBLASStatic::openblas)
  if(NOT CMAKE_CROSSCOMPILING)
    file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/openblas_flavour.c"
      "extern int openblas_get_parallel(void);\nint main(void) { return openblas_get_parallel(); }\n")
    try_run(nopt_openblas_flavour nopt_openblas_links
      "${CMAKE_CURRENT_BINARY_DIR}/openblas_flavour" "${CMAKE_CURRENT_BINARY_DIR}/openblas_flavour.c"
      LINK_LIBRARIES "${OPENBLAS_ARCHIVE}" m Threads::Threads)
    if(NOT nopt_openblas_links OR NOT nopt_openblas_flavour EQUAL 1)
      message(FATAL_ERROR "${OPENBLAS_ARCHIVE} is not the pthread flavour of OpenBLAS (openblas_get_parallel() is "
        "\"${nopt_openblas_flavour}\"; 0 is serial, 1 pthread, 2 OpenMP): install libopenblas-pthread-dev and set "
        "OPENBLAS_ARCHIVE, or configure with -DNOPT_OPENBLAS=OFF")
    endif()
  endif()
  add_library(OpenBLASStatic::openblas STATIC IMPORTED)
  set_target_properties(OpenBLASStatic::openblas PROPERTIES
    IMPORTED_LOCATION "${OPENBLAS_ARCHIVE}" INTERFACE_INCLUDE_DIRECTORIES "${OPENBLAS_INCLUDE_DIR}")
endif()
mark_as_advanced(OPENBLAS_ARCHIVE OPENBLAS_INCLUDE_DIR)
