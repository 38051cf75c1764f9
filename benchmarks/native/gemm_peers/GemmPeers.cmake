# gemm_peers: the matrix product beside other libraries. OpenBLAS and BLIS are loaded at run time; the others need their headers here
# and are left out where they are not installed (Debian: libdnnl-dev, libxsmm-dev).
find_path(NOPT_ONEDNN_INCLUDE_DIR dnnl.hpp)
find_library(NOPT_ONEDNN_LIBRARY dnnl)
find_path(NOPT_LIBXSMM_INCLUDE_DIR libxsmm.h)
find_library(NOPT_LIBXSMM_LIBRARY xsmm)
find_library(NOPT_LIBXSMM_NOBLAS_LIBRARY xsmmnoblas)

add_executable(gemm_peers gemm_peers/main.cpp gemm_peers/measure.cpp gemm_peers/fma_peak.cpp
  gemm_peers/blas.cpp gemm_peers/onednn.cpp gemm_peers/libxsmm.cpp)
nopt_compile_options(gemm_peers)
target_include_directories(gemm_peers PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
target_link_libraries(gemm_peers PRIVATE nativeopt_objects benchmark::benchmark ${CMAKE_DL_LIBS})
if(NOPT_ONEDNN_INCLUDE_DIR AND NOPT_ONEDNN_LIBRARY)
  target_compile_definitions(gemm_peers PRIVATE NOPT_HAVE_ONEDNN=1)
  target_include_directories(gemm_peers SYSTEM PRIVATE "${NOPT_ONEDNN_INCLUDE_DIR}")
  target_link_libraries(gemm_peers PRIVATE "${NOPT_ONEDNN_LIBRARY}")
endif()
if(NOPT_LIBXSMM_INCLUDE_DIR AND NOPT_LIBXSMM_LIBRARY AND NOPT_LIBXSMM_NOBLAS_LIBRARY)
  target_compile_definitions(gemm_peers PRIVATE NOPT_HAVE_LIBXSMM=1)
  target_include_directories(gemm_peers SYSTEM PRIVATE "${NOPT_LIBXSMM_INCLUDE_DIR}")
  target_link_libraries(gemm_peers PRIVATE "${NOPT_LIBXSMM_LIBRARY}" "${NOPT_LIBXSMM_NOBLAS_LIBRARY}")
endif()
