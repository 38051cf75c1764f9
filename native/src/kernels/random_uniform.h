// Uniform random numbers from the counter-based generator of core/philox.h.
#ifndef NOPT_KERNELS_RANDOM_UNIFORM_H
#define NOPT_KERNELS_RANDOM_UNIFORM_H

#include "core/execution.h"
#include "nativeopt/nativeopt.h"

namespace nopt {

// The arguments have been checked. Element i is a function of (seed, stream, offset + i) alone.
void run_random_uniform(const Execution& execution, const nopt_random_uniform_args& args);

}  // namespace nopt

#endif  // NOPT_KERNELS_RANDOM_UNIFORM_H
