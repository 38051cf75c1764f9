// Losses: value, gradient and number of right answers in one pass over the predictions.
#ifndef NOPT_KERNELS_LOSS_H
#define NOPT_KERNELS_LOSS_H

#include "core/execution.h"
#include "nativeopt/nativeopt.h"

namespace nopt {

// The arguments have been checked, labels included. The result does not depend on the instruction set or the number of
// threads.
void run_loss(const Execution& execution, const nopt_loss_args& args);

}  // namespace nopt

#endif  // NOPT_KERNELS_LOSS_H
