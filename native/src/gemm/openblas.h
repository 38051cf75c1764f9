// The matrix product of OpenBLAS, one BLAS thread a call, safe for any number of callers.
#ifndef NOPT_GEMM_OPENBLAS_H
#define NOPT_GEMM_OPENBLAS_H

#include <cstdint>

namespace nopt {

// op(A) [m, k] times op(B) [k, n] into C [m, n], all row-major; op transposes where asked. lda, ldb and ldc are the strides of the
// matrices as stored.
struct OpenBlasProduct {
  bool transpose_a;
  bool transpose_b;
  int64_t m;
  int64_t n;
  int64_t k;
  const float* a;
  int64_t lda;
  const float* b;
  int64_t ldb;
  float beta;
  float* c;
  int64_t ldc;
};

// True if this build holds OpenBLAS in its pthread flavour (the others are wrong or slow when several threads call).
bool openblas_available();

// True if the product can be given to OpenBLAS: positive sizes and strides that fit its 32-bit integers.
bool openblas_accepts(const OpenBlasProduct& product);

// C = op(A) op(B) + beta C; C is not read where beta is 0. The caller has checked openblas_available and openblas_accepts.
// Waits while 64 other threads are inside OpenBLAS. Throws nothing.
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
