// Adaptive gradient clipping.
#ifndef NOPT_KERNELS_ADAPTIVE_CLIP_H
#define NOPT_KERNELS_ADAPTIVE_CLIP_H

#include "core/execution.h"
#include "nativeopt/nativeopt.h"

namespace nopt {

// The arguments have been checked. The same bits on every instruction set and for any number of threads.
void run_adaptive_clip(const Execution& execution, const nopt_adaptive_clip_args& args);

}  // namespace nopt

#endif  // NOPT_KERNELS_ADAPTIVE_CLIP_H
