// Running averages of weights.
#ifndef NOPT_KERNELS_AVERAGE_H
#define NOPT_KERNELS_AVERAGE_H

#include "core/execution.h"
#include "nativeopt/nativeopt.h"

namespace nopt {

// The arguments have been checked.
void run_average(const Execution& execution, const nopt_average_args& args);

}  // namespace nopt

#endif  // NOPT_KERNELS_AVERAGE_H
