#include "optimizers/step.h"

#include "core/parallel.h"
#include "optimizers/measured_step.h"
#include "optimizers/registry.h"

namespace nopt {
namespace {

constexpr int64_t kBlock = 16384;  // elements of the arena in one block, at most: 64 KiB of each array
constexpr int64_t kLineElements = 16;

// Elements of one block. Small arenas have as many blocks for each thread, so that the threads take the same parts of
// them as of the products before and after: what has to move between their caches costs more than the arithmetic. A
// multiple of the cache line, so that two threads never share one.
int64_t block_elements(int threads, int64_t elements) {
  constexpr int64_t kBlocksOfAThread = 4;
  const int64_t even = elements / (threads * kBlocksOfAThread) + 1;
  const int64_t lines = (even + kLineElements - 1) / kLineElements * kLineElements;
  return lines < kBlock ? lines : kBlock;
}

// The first segment that ends behind `position`; segments ascend.
int64_t first_segment_behind(const nopt_optimizer_step_args& args, int64_t position) {
  int64_t low = 0;
  int64_t high = args.segment_count;
  while (low < high) {
    const int64_t middle = low + (high - low) / 2;
    const nopt_segment& segment = args.segments[middle];
    if (segment.offset + segment.count > position) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

// Updates the parts of all segments that lie in [begin, end).
void update_range(RuleKernel* kernel, const nopt_optimizer_step_args& args, int64_t begin, int64_t end) {
  for (int64_t i = first_segment_behind(args, begin); i < args.segment_count && args.segments[i].offset < end; ++i) {
    const nopt_segment& segment = args.segments[i];
    const int64_t segment_end = segment.offset + segment.count;
    const int64_t from = segment.offset > begin ? segment.offset : begin;
    const int64_t to = segment_end < end ? segment_end : end;
    if (from >= to) continue;
    kernel(args.variant, {static_cast<float*>(args.parameters), static_cast<float*>(args.gradients), args.slots, from,
                          to - from, args.prologues + segment.scalars_index,
                          args.scalars + segment.scalars_index * args.scalar_count, args.flags, /*factor=*/0.0});
  }
}

// Bytes that the step reads and writes.
int64_t step_traffic(const nopt_optimizer_step_args& args) {
  int64_t elements = 0;
  for (int64_t i = 0; i < args.segment_count; ++i) elements += args.segments[i].count;
  return elements * bytes_per_parameter(args);
}

}  // namespace

int64_t bytes_per_parameter(const nopt_optimizer_step_args& args) {
  const OptimizerInfo& info = optimizer_at(args.optimizer);
  int64_t arrays = 3;  // parameters in and out, gradients in
  for (int slot = 0; slot < info.slot_count; ++slot) arrays += optimizer_uses_slot(info, args.variant, slot) ? 2 : 0;
  if ((args.flags & NOPT_STEP_ZERO_GRADIENTS) != 0) ++arrays;
  return arrays * static_cast<int64_t>(sizeof(float));
}

void run_optimizer_step(const Execution& execution, const nopt_optimizer_step_args& args) {
  const OptimizerInfo& info = optimizer_at(args.optimizer);
  if (info.measurement.scope == NOPT_SCOPE_TENSOR || (args.flags & NOPT_STEP_MEASURE) != 0)
    return run_measured_step(execution, args, step_traffic(args));
  if (args.segment_count == 0) return;
  RuleKernel* const kernel = info.kernels[execution.isa];
  const nopt_segment& last = args.segments[args.segment_count - 1];
  const int64_t first = args.segments[0].offset / kLineElements * kLineElements;
  const int64_t end = last.offset + last.count;
  const int threads = parallel_threads(execution, end - first, step_traffic(args));
  if (threads == 1) return update_range(kernel, args, first, end);
  const int64_t block = block_elements(threads, end - first);
  parallel_for_on(threads, (end - first + block - 1) / block, [&](int64_t index) {
    const int64_t begin = first + index * block;
    update_range(kernel, args, begin, begin + block);
  });
}

}  // namespace nopt
