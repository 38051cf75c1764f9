// Memory for intermediate results: one buffer for each thread and purpose, grown on demand and kept, so that a training
// step allocates nothing after the first one.
#ifndef NOPT_CORE_SCRATCH_H
#define NOPT_CORE_SCRATCH_H

#include <cstdint>

namespace nopt {

// One name a purpose: two buffers that are alive at the same time on one thread have different names.
enum ScratchSlot : int {
  kScratchGemm,          // packed panels of a matrix product
  kScratchGemmPartials,  // sums over a part of the inner dimension
  kScratchMeasuredStep,  // sums and factors of an optimizer of two passes
  kScratchMatrix,        // sums and intermediate matrices of a matrix rule
  kScratchNorm,          // partial sums of gradient norms
  kScratchSlotCount
};

// At least `count` floats, 64-byte aligned, contents undefined, valid until the thread asks for the same slot again.
// The first time and when it grows it throws std::bad_alloc if there is no memory.
float* scratch_floats(int slot, int64_t count);

}  // namespace nopt

#endif  // NOPT_CORE_SCRATCH_H
