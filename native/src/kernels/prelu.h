// PReLU: x > 0: x, else slope x with a slope for each column, or one for all (He et al. 2015).
#ifndef NOPT_KERNELS_PRELU_H
#define NOPT_KERNELS_PRELU_H

#include "core/execution.h"
#include "nativeopt/nativeopt.h"

namespace nopt {

void run_prelu(const Execution& execution, const nopt_activation_args& args);
void run_prelu_backward(const Execution& execution, const nopt_activation_backward_args& args);

}  // namespace nopt

#endif  // NOPT_KERNELS_PRELU_H
