// Batch normalization (statistics of columns), layer and root-mean-square normalization (statistics of rows).
#ifndef NOPT_KERNELS_NORMALIZATION_H
#define NOPT_KERNELS_NORMALIZATION_H

#include "core/execution.h"
#include "nativeopt/nativeopt.h"

namespace nopt {

// The arguments have been checked. Sums over rows go row after row, sums over columns have 16 partial sums: the same
// bits on every instruction set and for any number of threads.
void run_normalization_forward(const Execution& execution, const nopt_normalization_forward_args& args);
void run_normalization_backward(const Execution& execution, const nopt_normalization_backward_args& args);

// The kinds of one axis each.
void run_batch_forward(const Execution& execution, const nopt_normalization_forward_args& args);
void run_batch_backward(const Execution& execution, const nopt_normalization_backward_args& args);
void run_row_forward(const Execution& execution, const nopt_normalization_forward_args& args);
void run_row_backward(const Execution& execution, const nopt_normalization_backward_args& args);

// A stage of the parallel loops: columns [first, first + count).
struct ColumnRange {
  int64_t first;
  int64_t count;
};

constexpr int64_t kNormalizationColumns = 128;  // columns of one block: their sums stay in the first-level cache

}  // namespace nopt

#endif  // NOPT_KERNELS_NORMALIZATION_H
