// A dense layer, forward.
#ifndef NOPT_KERNELS_DENSE_FORWARD_H
#define NOPT_KERNELS_DENSE_FORWARD_H

#include "core/execution.h"
#include "nativeopt/nativeopt.h"

namespace nopt {

// The arguments have been checked. The result does not depend on the number of threads.
void run_dense_forward(const Execution& execution, const nopt_dense_forward_args& args);

}  // namespace nopt

#endif  // NOPT_KERNELS_DENSE_FORWARD_H
