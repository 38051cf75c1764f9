// Optimizer steps beside a loop that moves the same bytes and only adds: the distance is what the arithmetic costs.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "optimizer_benchmark.cpp"
#include "hwy/foreach_target.h"

#include <string>

#include "benchmark_support.h"
#include "core/isa_table.h"
#include "core/processors.h"
#include "kernels/simd-inl.h"
#include "optimizers/registry.h"
#include "optimizers/step.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// Every array that a step reads or writes: g is read, w and the slots are read and written.
void add_streams(float* w, const float* g, float* const* slots, int slot_count, int64_t count) {
  for (int64_t i = 0; i + kLanes <= count; i += kLanes) {
    const V gradient = load(g + i);
    store(load(w + i) + gradient, w + i);
    for (int k = 0; k < slot_count; ++k) store(load(slots[k] + i) + gradient, slots[k] + i);
  }
}

NOPT_KERNEL_NAMESPACE_END

#if HWY_ONCE
namespace nopt {
namespace {

constexpr IsaTable<void(float*, const float*, float* const*, int, int64_t)> kAddStreams = NOPT_ISA_TABLE(add_streams);
constexpr int kMaxSlots = 8;
constexpr int64_t kFloatBytes = sizeof(float);

// Arrays for one optimizer; slots that the variant does not use are null.
struct StepArrays {
  StepArrays(const OptimizerInfo& info, uint32_t variant, int64_t count)
      : w(arrays.make(count)), g(arrays.make(count)) {
    for (int k = 0; k < info.slot_count; ++k) {
      if (!optimizer_uses_slot(info, variant, k)) continue;
      slots[k] = arrays.make(count);
      used[used_count++] = static_cast<float*>(slots[k]);
    }
  }
  int64_t bytes_per_element() const { return (3 + 2 * used_count) * kFloatBytes; }

  BenchmarkArrays arrays;
  float* w;
  float* g;
  void* slots[kMaxSlots] = {};
  float* used[kMaxSlots] = {};
  int used_count = 0;
};

void step(benchmark::State& state, const OptimizerInfo* info, uint32_t variant) {
  const int64_t count = state.range(0);
  StepArrays arrays(*info, variant, count);
  const double scalars[] = {0.9, 0.1, 0.999, 0.001, 1e-4, 1e-7, 1e-7, 1e-7};
  const nopt_prologue prologue = {1, 0, 0, 0, 0, 1};
  const nopt_segment segment = {0, count, 0};
  nopt_optimizer_step_args args = {};
  args.struct_size = sizeof(args);
  args.optimizer = optimizer_find(info->name);
  args.variant = variant;
  args.slot_count = info->slot_count;
  args.scalar_count = info->scalar_count;
  args.length = count;
  args.parameters = arrays.w;
  args.gradients = arrays.g;
  args.slots = arrays.slots;
  args.segments = &segment;
  args.segment_count = 1;
  args.prologues = &prologue;
  args.scalars = scalars;
  args.row_count = 1;
  const Execution execution = benchmark_execution(state.range(1));
  const FpModeGuard guard;
  for (auto _ : state) run_optimizer_step(execution, args);
  state.SetItemsProcessed(state.iterations() * count);
  state.SetBytesProcessed(state.iterations() * count * arrays.bytes_per_element());
}

void add_only(benchmark::State& state, const OptimizerInfo* info, uint32_t variant) {
  const int64_t count = state.range(0);
  StepArrays arrays(*info, variant, count);
  const auto kernel = kAddStreams[best_isa()];
  for (auto _ : state) kernel(arrays.w, arrays.g, arrays.used, arrays.used_count, count);
  state.SetItemsProcessed(state.iterations() * count);
  state.SetBytesProcessed(state.iterations() * count * arrays.bytes_per_element());
}

std::string variant_name(const OptimizerInfo& info, uint32_t variant) {
  std::string name = info.name;
  for (int bit = 0; bit < info.variant_count; ++bit) {
    if ((variant >> bit & 1) != 0) name += std::string("_") + info.variant_names[bit];
  }
  return name;
}

// One thread is measured in processor time, which other programs disturb less; several only in the time that passes.
void register_optimizer(const OptimizerInfo& info, uint32_t variant) {
  const std::string name = variant_name(info, variant);
  for (int64_t count = 1000; count <= 10000000; count *= 10) {
    benchmark::RegisterBenchmark(("add_only/" + name).c_str(), add_only, &info, variant)->Args({count, 1});
    benchmark::RegisterBenchmark(("step/" + name).c_str(), step, &info, variant)->Args({count, 1});
    for (int64_t threads = 2; threads <= usable_processors(); threads *= 2) {
      benchmark::RegisterBenchmark(("step/" + name).c_str(), step, &info, variant)
          ->Args({count, threads})
          ->UseRealTime();
    }
  }
}

int register_all() {
  benchmark::RegisterBenchmark("probe/clock", probe_clock);
  benchmark::RegisterBenchmark("probe/first_level_cache", probe_first_level_cache);
  for (int id = 0; id < optimizer_count(); ++id) {
    const OptimizerInfo& info = optimizer_at(id);
    for (uint32_t variant = 0; variant < 1u << info.variant_count; ++variant) register_optimizer(info, variant);
  }
  benchmark::RegisterBenchmark("probe/first_level_cache_again", probe_first_level_cache);
  return optimizer_count();
}

const int registered = register_all();

}  // namespace
}  // namespace nopt
#endif
