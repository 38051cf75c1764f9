// Gradient centralization.
#ifndef NOPT_KERNELS_CENTRALIZE_H
#define NOPT_KERNELS_CENTRALIZE_H

#include "core/execution.h"
#include "nativeopt/nativeopt.h"

namespace nopt {

// The arguments have been checked. The same bits on every instruction set and for any number of threads.
void run_centralize(const Execution& execution, const nopt_centralize_args& args);

}  // namespace nopt

#endif  // NOPT_KERNELS_CENTRALIZE_H
