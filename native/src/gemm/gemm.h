// The matrix product of this library. No caller knows which implementation ran.
#ifndef NOPT_GEMM_GEMM_H
#define NOPT_GEMM_GEMM_H

#include <cstdint>

#include "core/execution.h"
#include "gemm/product.h"

namespace nopt {

// What is done with rows [row, row + rows) and columns [column, column + columns) of C when they are complete and still
// in cache.
struct GemmEpilogue {
  void (*apply)(const void* context, int64_t row, int64_t rows, int64_t column, int64_t columns);
  const void* context;
};

// Computes the product in blocks, shared by the threads. Each block is computed over the whole of k by one thread, and
// blocks have the same edges for any number of threads, so the bits do not depend on it. `epilogue` may be null.
void gemm(const Execution& execution, const GemmProduct& product, const GemmEpilogue* epilogue);

}  // namespace nopt

#endif  // NOPT_GEMM_GEMM_H
