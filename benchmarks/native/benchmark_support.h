// What the benchmarks share: aligned arrays, how work is executed, and probes for the state of the machine.
#ifndef NOPT_BENCHMARKS_BENCHMARK_SUPPORT_H
#define NOPT_BENCHMARKS_BENCHMARK_SUPPORT_H

#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

#include "core/execution.h"
#include "core/fp_mode.h"
#include "gemm/own.h"
#include "nativeopt/nativeopt.h"

namespace nopt {

struct FreeDeleter {
  void operator()(void* p) const { std::free(p); }
};

// Arrays of one benchmark, 64-byte aligned and staggered: at equal offsets of 4 KiB they would compete for the same
// cache lines.
class BenchmarkArrays {
 public:
  float* make(int64_t count) {
    const int64_t stagger = 16 * (1 + static_cast<int64_t>(arrays_.size()) * 3);
    const size_t bytes = (static_cast<size_t>(count + stagger) * sizeof(float) + 63) / 64 * 64;
    arrays_.emplace_back(static_cast<float*>(std::aligned_alloc(64, bytes)));
    if (arrays_.back() == nullptr) throw std::bad_alloc();
    float* const first = arrays_.back().get() + stagger;
    // Between 1/4 and 3/4, so that no array fades into subnormal numbers during the measurement.
    for (int64_t i = 0; i < count; ++i) first[i] = 0.25f + 0.5f * static_cast<float>(i % 101) / 101.0f;
    return first;
  }

 private:
  std::vector<std::unique_ptr<float, FreeDeleter>> arrays_;
};

inline Execution benchmark_execution(int64_t threads, int gemm = NOPT_GEMM_AUTO) {
  return {best_isa(), gemm, static_cast<int>(threads)};
}

// A chain of additions, each waiting for the one before: its time shows the clock of the core and nothing else.
inline void probe_clock(benchmark::State& state) {
  constexpr int kAdditions = 4096;
  float x = 1.0f;
  for (auto _ : state) {
    for (int i = 0; i < kAdditions; ++i) {
      x += 1e-9f;
      benchmark::DoNotOptimize(x);
    }
  }
  state.SetItemsProcessed(state.iterations() * kAdditions);
}

// A product that stays in the first-level cache. Where its rate falls and probe_clock does not change, somebody else is
// using the core, and the measurements around it are not worth much.
inline void probe_first_level_cache(benchmark::State& state) {
  BenchmarkArrays arrays;
  constexpr int64_t m = 48, n = 64, k = 64;
  const GemmProduct product = {
      false, false, m, n, k, arrays.make(m * k), k, arrays.make(k * n), n, 0.0f, arrays.make(m * n), n};
  const OwnPlan plan = {OwnMethod::kPanels, k, true, false};
  float* const workspace = arrays.make(own_gemm_workspace(plan, n, k));
  for (auto _ : state) own_gemm(best_isa(), plan, product, workspace);
  state.SetItemsProcessed(state.iterations() * 2 * m * n * k);
}

}  // namespace nopt

#endif  // NOPT_BENCHMARKS_BENCHMARK_SUPPORT_H
