// Random changes of a layer's input: dropout and Gaussian noise.
#ifndef NOPT_KERNELS_NOISE_H
#define NOPT_KERNELS_NOISE_H

#include "core/execution.h"
#include "nativeopt/nativeopt.h"

namespace nopt {

// The arguments have been checked. What happens to element i is a function of (seed, stream, offset + i) alone.
void run_noise(const Execution& execution, const nopt_noise_args& args);

}  // namespace nopt

#endif  // NOPT_KERNELS_NOISE_H
