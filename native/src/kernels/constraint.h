// Constraints of weights, applied after an update.
#ifndef NOPT_KERNELS_CONSTRAINT_H
#define NOPT_KERNELS_CONSTRAINT_H

#include "core/execution.h"
#include "nativeopt/nativeopt.h"

namespace nopt {

// The arguments have been checked. The same bits on every instruction set and with any number of threads.
void run_constraint(const Execution& execution, const nopt_constraint_args& args);

}  // namespace nopt

#endif  // NOPT_KERNELS_CONSTRAINT_H
