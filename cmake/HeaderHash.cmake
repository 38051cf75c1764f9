# Writes generated/header_hash.inc: the SHA-256 of nativeopt.h as a string literal. Bindings compare it with the header they were
# made from. CMake configures again when the header changes.
set(nopt_header "${CMAKE_CURRENT_SOURCE_DIR}/native/include/nativeopt/nativeopt.h")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${nopt_header}")
file(SHA256 "${nopt_header}" nopt_header_hash)
file(CONFIGURE OUTPUT "${NOPT_GENERATED_DIR}/header_hash.inc" CONTENT "\"${nopt_header_hash}\"\n")
