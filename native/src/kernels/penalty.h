// Penalties of weights or activities: l1 * sum |x| + l2 * sum x^2.
#ifndef NOPT_KERNELS_PENALTY_H
#define NOPT_KERNELS_PENALTY_H

#include "core/execution.h"
#include "nativeopt/nativeopt.h"

namespace nopt {

// The arguments have been checked. The same bits on every instruction set and with any number of threads.
void run_penalty(const Execution& execution, const nopt_penalty_args& args);

}  // namespace nopt

#endif  // NOPT_KERNELS_PENALTY_H
