// One matrix product: what every implementation takes.
#ifndef NOPT_GEMM_PRODUCT_H
#define NOPT_GEMM_PRODUCT_H

#include <cstdint>

namespace nopt {

// C = op(A) op(B) + beta C with op(A) [m, k], op(B) [k, n] and C [m, n], all row-major; op transposes where asked. lda,
// ldb and ldc are the strides of the matrices as stored. C is not read where beta is 0.
struct GemmProduct {
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

  // The product that computes rows [row, row + rows) and columns [column, column + columns) of C.
  GemmProduct block(int64_t row, int64_t rows, int64_t column, int64_t columns) const {
    GemmProduct part = *this;
    part.m = rows;
    part.n = columns;
    part.a = transpose_a ? a + row : a + row * lda;
    part.b = transpose_b ? b + column * ldb : b + column;
    part.c = c + row * ldc + column;
    return part;
  }
};

}  // namespace nopt

#endif  // NOPT_GEMM_PRODUCT_H
