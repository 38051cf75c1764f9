// A dense layer, backward.
#ifndef NOPT_KERNELS_DENSE_BACKWARD_H
#define NOPT_KERNELS_DENSE_BACKWARD_H

#include "core/execution.h"
#include "nativeopt/nativeopt.h"

namespace nopt {

// The arguments have been checked. The result does not depend on the number of threads.
void run_dense_backward(const Execution& execution, const nopt_dense_backward_args& args);

}  // namespace nopt

#endif  // NOPT_KERNELS_DENSE_BACKWARD_H
