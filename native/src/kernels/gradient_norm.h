// Norms of the gradients of parameters.
#ifndef NOPT_KERNELS_GRADIENT_NORM_H
#define NOPT_KERNELS_GRADIENT_NORM_H

#include "core/execution.h"
#include "nativeopt/nativeopt.h"

namespace nopt {

// The arguments have been checked. A segment is summed in blocks of a fixed size, and the sums of the blocks are added in
// their order: the same bits on every instruction set and for any number of threads.
void run_gradient_norm(const Execution& execution, const nopt_gradient_norm_args& args);

}  // namespace nopt

#endif  // NOPT_KERNELS_GRADIENT_NORM_H
