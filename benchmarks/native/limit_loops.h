// Loops that a step of an optimizer cannot beat, and the loops of two other libraries for AdamW.
#ifndef NOPT_BENCHMARKS_LIMIT_LOOPS_H
#define NOPT_BENCHMARKS_LIMIT_LOOPS_H

#include <cstdint>

#include "core/isa_table.h"

namespace nopt {

constexpr int kMaxStreams = 8;

// Arrays that one pass over memory touches.
struct PassStreams {
  const float* read[kMaxStreams];
  float* updated[kMaxStreams];  // read and written
  int read_count;
  int updated_count;
};

// Reads and writes elements [begin, end) and only adds. A pass that writes nothing leaves its sum in *sum.
using AddLoop = void(const PassStreams& streams, int64_t begin, int64_t end, float* sum);

// Does `sqrts` square roots and `divs` divisions an element, for `count` elements that stay in the first-level cache.
using DivideLoop = void(int sqrts, int divs, int64_t count, float* cache);
constexpr int64_t kDivideCache = 1024;

// One step of AdamW on elements [begin, end).
struct AdamWArrays {
  float* w;
  const float* g;
  float* m;
  float* v;
};
using AdamWLoop = void(const AdamWArrays& arrays, int64_t begin, int64_t end);

extern const IsaTable<AddLoop> kAddLoop;          // plain
extern const IsaTable<AddLoop> kAddLoopPrefetch;  // asks for memory ahead
extern const IsaTable<DivideLoop> kDivideLoop;
extern const IsaTable<AdamWLoop> kDeepSpeedLoop;  // the shape of cpu_adam: eight vectors at a time, FMA
extern const IsaTable<AdamWLoop> kTorchLoop;      // the shape of PyTorch 2's fused AdamW: two divisions and a root

}  // namespace nopt

#endif  // NOPT_BENCHMARKS_LIMIT_LOOPS_H
