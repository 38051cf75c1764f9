// One step of an optimizer that takes sums over its tensors before it updates them.
#ifndef NOPT_OPTIMIZERS_MEASURED_STEP_H
#define NOPT_OPTIMIZERS_MEASURED_STEP_H

#include "core/execution.h"
#include "nativeopt/nativeopt.h"

namespace nopt {

// Both passes of a rule with NOPT_SCOPE_TENSOR, or the first one of a rule with NOPT_SCOPE_ALL. The arguments have been
// checked. `traffic` is the memory traffic of one pass in bytes. The result
// does not depend on the instruction set or the number of threads.
void run_measured_step(const Execution& execution, const nopt_optimizer_step_args& args, int64_t traffic);

}  // namespace nopt

#endif  // NOPT_OPTIMIZERS_MEASURED_STEP_H
