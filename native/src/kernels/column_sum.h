// Sums of the columns of a matrix: the gradient of a bias.
#ifndef NOPT_KERNELS_COLUMN_SUM_H
#define NOPT_KERNELS_COLUMN_SUM_H

#include <cstdint>

#include "core/execution.h"
#include "nativeopt/nativeopt.h"

namespace nopt {

// sum[c] = the sum of column c, row after row; with `accumulate` it is added to sum[c]. The same bits on every
// instruction set.
void run_column_sum(const Execution& execution, const nopt_matrix& matrix, bool accumulate, float* sum);

}  // namespace nopt

#endif  // NOPT_KERNELS_COLUMN_SUM_H
