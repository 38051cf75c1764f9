# Tests of the library as a file: symbols, dependencies, our object files, installation. Sanitizers add symbols of their own.
set(nopt_symbol_scripts "${CMAKE_CURRENT_SOURCE_DIR}/symbols")
set(nopt_object_list "${CMAKE_CURRENT_BINARY_DIR}/objects-$<CONFIG>.txt")
file(GENERATE OUTPUT "${nopt_object_list}" CONTENT "$<JOIN:$<TARGET_OBJECTS:nativeopt_objects>,\n>\n")

add_test(NAME Symbols.Library_ExportsTheFunctionsOfTheHeaderOnly COMMAND "${CMAKE_COMMAND}" -D "NM=${CMAKE_NM}"
  -D "LIBRARY=$<TARGET_FILE:nativeopt>" -D "HEADER=${PROJECT_SOURCE_DIR}/native/include/nativeopt/nativeopt.h"
  -P "${nopt_symbol_scripts}/exports.cmake")
add_test(NAME Symbols.Library_NeedsTheCLibraryOnly COMMAND "${CMAKE_COMMAND}" -D "READELF=${CMAKE_READELF}"
  -D "LIBRARY=$<TARGET_FILE:nativeopt>" -D MAX_GLIBC=2.36 -P "${nopt_symbol_scripts}/dependencies.cmake")
add_test(NAME Symbols.ObjectFiles_NeitherPrintNorExitNorRunAtLoad COMMAND "${CMAKE_COMMAND}" -D "NM=${CMAKE_NM}"
  -D "READELF=${CMAKE_READELF}" -D "OBJECTS=${nopt_object_list}" -P "${nopt_symbol_scripts}/objects.cmake")
add_test(NAME Consumer.FindPackage_OfTheInstalledLibrary_BuildsAndRuns COMMAND "${CMAKE_COMMAND}" -D "BUILD=${PROJECT_BINARY_DIR}"
  -D "SOURCE=${CMAKE_CURRENT_SOURCE_DIR}/consumer" -D "WORK=${CMAKE_CURRENT_BINARY_DIR}/consumer" -D "GENERATOR=${CMAKE_GENERATOR}"
  -P "${CMAKE_CURRENT_SOURCE_DIR}/consumer/run.cmake")
set_tests_properties(Symbols.Library_ExportsTheFunctionsOfTheHeaderOnly Symbols.Library_NeedsTheCLibraryOnly
  Symbols.ObjectFiles_NeitherPrintNorExitNorRunAtLoad PROPERTIES LABELS symbols)
if(NOPT_OPENBLAS)
  add_test(NAME OpenBlas.Configure_WithAnotherFlavour_IsRefused COMMAND "${CMAKE_COMMAND}" -D "COMPILER=${CMAKE_C_COMPILER}"
    -D "AR=${CMAKE_AR}" -D "MODULES=${PROJECT_SOURCE_DIR}/cmake" -D "SOURCE=${CMAKE_CURRENT_SOURCE_DIR}/openblas_flavour"
    -D "WORK=${CMAKE_CURRENT_BINARY_DIR}/openblas_flavour" -D "GENERATOR=${CMAKE_GENERATOR}"
    -P "${CMAKE_CURRENT_SOURCE_DIR}/openblas_flavour/run.cmake")
  set_tests_properties(OpenBlas.Configure_WithAnotherFlavour_IsRefused PROPERTIES LABELS configure)
endif()
set_tests_properties(Consumer.FindPackage_OfTheInstalledLibrary_BuildsAndRuns PROPERTIES LABELS consumer)
