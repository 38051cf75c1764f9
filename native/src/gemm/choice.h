// Which implementation computes a product, and in which blocks. The one place where that is decided.
#ifndef NOPT_GEMM_CHOICE_H
#define NOPT_GEMM_CHOICE_H

#include <cstdint>

#include "core/execution.h"
#include "gemm/own.h"
#include "gemm/product.h"

namespace nopt {

struct GemmChoice {
  bool openblas;          // otherwise the library's own kernels
  OwnPlan own;            // how those work
  int64_t block_rows;     // of C, a multiple of 16
  int64_t block_columns;  // of C, a multiple of 64
  // Of the sums over k: where several blocks make up an element, their sums are added in order. With OpenBLAS all of k.
  int64_t block_depth;
};

// A function of the shape, the setting and the processor, never of the number of threads: the blocks are the same for
// all.
GemmChoice choose_gemm(const Execution& execution, const GemmProduct& product);

}  // namespace nopt

#endif  // NOPT_GEMM_CHOICE_H
