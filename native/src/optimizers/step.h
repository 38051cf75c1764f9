// One step of an optimizer over segments of contiguous arrays.
#ifndef NOPT_OPTIMIZERS_STEP_H
#define NOPT_OPTIMIZERS_STEP_H

#include "core/execution.h"
#include "nativeopt/nativeopt.h"

namespace nopt {

// The arguments have been checked. The result does not depend on the instruction set or the number of threads.
void run_optimizer_step(const Execution& execution, const nopt_optimizer_step_args& args);

// What one pass of the step reads and writes for each parameter.
int64_t bytes_per_parameter(const nopt_optimizer_step_args& args);

}  // namespace nopt

#endif  // NOPT_OPTIMIZERS_STEP_H
