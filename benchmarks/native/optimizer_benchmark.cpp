// Optimizer steps beside loops that move the same bytes and only add: the distance is what the arithmetic costs. Each
// by itself, with the options of Google Benchmark; step_limits lets both take turns.
#include <string>

#include "benchmark_support.h"
#include "core/processors.h"
#include "rule_step.h"

namespace nopt {
namespace {

int64_t bytes_of(const std::vector<Pass>& passes) {
  int64_t bytes = 0;
  for (const Pass& pass : passes) bytes += pass.bytes();
  return bytes;
}

void step(benchmark::State& state, const OptimizerInfo* info, uint32_t variant) {
  const int64_t count = state.range(0);
  RuleStep rule(*info, variant, count, static_cast<int>(state.range(1)));
  const FpModeGuard guard;
  for (auto _ : state) rule.run();
  state.SetItemsProcessed(state.iterations() * count);
  state.SetBytesProcessed(state.iterations() * count * bytes_of(passes_of(*info, variant)));
}

void add_only(benchmark::State& state, const OptimizerInfo* info, uint32_t variant) {
  const int64_t count = state.range(0);
  RuleStep rule(*info, variant, count, 1);
  const std::vector<Pass> passes = passes_of(*info, variant);
  for (auto _ : state) {
    for (const Pass& pass : passes) {
      float sum = 0;
      kAddLoop[best_isa()](rule.streams_of(pass), 0, count, &sum);
      benchmark::DoNotOptimize(sum);
    }
  }
  state.SetItemsProcessed(state.iterations() * count);
  state.SetBytesProcessed(state.iterations() * count * bytes_of(passes));
}

// One thread is measured in processor time, which other programs disturb less; several only in the time that passes.
void register_optimizer(const OptimizerInfo& info, uint32_t variant) {
  const std::string name = rule_name(info, variant);
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
