// The matrix product of OpenBLAS, one BLAS thread a call, safe for any number of callers.
#ifndef NOPT_GEMM_OPENBLAS_H
#define NOPT_GEMM_OPENBLAS_H

#include "gemm/product.h"

namespace nopt {

using OpenBlasProduct = GemmProduct;

// True if this build holds OpenBLAS in its pthread flavour (the others are wrong or slow when several threads call).
bool openblas_available();

// True if the product can be given to OpenBLAS: positive sizes and strides that fit its 32-bit integers.
bool openblas_accepts(const OpenBlasProduct& product);

// C = op(A) op(B) + beta C; C is not read where beta is 0. The caller has checked openblas_available and
// openblas_accepts. Waits while 64 other threads are inside OpenBLAS. Throws nothing.
void openblas_sgemm(const OpenBlasProduct& product);

struct OpenBlasInfo {
  const char* version;    // "OpenBLAS 0.3.21" or "none"
  const char* core;       // kernels in use, such as "SkylakeX", or "none"
  const char* threading;  // "pthread" or "none"
  int threads;            // threads inside one call; 0 without OpenBLAS
};

// All strings are static.
OpenBlasInfo openblas_info();

}  // namespace nopt

#endif  // NOPT_GEMM_OPENBLAS_H
