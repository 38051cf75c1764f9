# The library. nativeopt_objects holds the code; the tests link it to reach what the shared library hides.
file(GLOB_RECURSE nopt_sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/native/src/*.cpp")
add_library(nativeopt_objects OBJECT ${nopt_sources})
nopt_compile_options(nativeopt_objects)
set_target_properties(nativeopt_objects PROPERTIES CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
target_include_directories(nativeopt_objects
  PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}/native/include" "${CMAKE_CURRENT_SOURCE_DIR}/native/src" "${NOPT_GENERATED_DIR}")
target_compile_definitions(nativeopt_objects PUBLIC NOPT_OPENBLAS=$<BOOL:${NOPT_OPENBLAS}>
  PRIVATE NOPT_BUILDING "NOPT_VERSION=\"${PROJECT_VERSION}\"")
target_link_libraries(nativeopt_objects PUBLIC Threads::Threads m)
if(NOPT_OPENBLAS)
  # OpenBLAS reads its settings through getenv in its constructor; ours answers first (native/src/gemm/openblas_environment.cpp).
  target_link_libraries(nativeopt_objects PUBLIC OpenBLASStatic::openblas)
  target_link_options(nativeopt_objects INTERFACE LINKER:--wrap=getenv)
endif()

add_library(nativeopt SHARED)
add_library(NativeOpt::nativeopt ALIAS nativeopt)
target_link_libraries(nativeopt PRIVATE nativeopt_objects)
target_include_directories(nativeopt INTERFACE $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/native/include>
  $<INSTALL_INTERFACE:include>)
# Only nopt_* is visible. The library is never unloaded: its parked threads live in it. Sanitizers bring their own run-time.
target_link_options(nativeopt PRIVATE "LINKER:--version-script=${CMAKE_CURRENT_SOURCE_DIR}/cmake/exports.map"
  LINKER:--exclude-libs,ALL LINKER:--gc-sections LINKER:--as-needed LINKER:-z,defs LINKER:-z,nodelete LINKER:-z,now
  LINKER:-z,relro $<$<NOT:$<BOOL:${NOPT_SANITIZER}>>:-static-libstdc++> $<$<NOT:$<BOOL:${NOPT_SANITIZER}>>:-static-libgcc>)
set_target_properties(nativeopt PROPERTIES LINKER_LANGUAGE CXX LINK_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/cmake/exports.map")
