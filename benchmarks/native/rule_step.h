// One optimizer at work on arrays of its own.
#ifndef NOPT_BENCHMARKS_RULE_STEP_H
#define NOPT_BENCHMARKS_RULE_STEP_H

#include <vector>

#include "benchmark_support.h"
#include "limit_loops.h"
#include "optimizers/step.h"
#include "rule_work.h"

namespace nopt {

class RuleStep {
 public:
  RuleStep(const OptimizerInfo& info, uint32_t variant, int64_t count, int threads)
      : execution_(benchmark_execution(threads)),
        segment_{0, count, 0},
        w_(arrays_.make(count)),
        g_(arrays_.make(count)) {
    for (int k = 0; k < info.slot_count; ++k) {
      slots_.push_back(optimizer_uses_slot(info, variant, k) ? arrays_.make(count) : nullptr);
      if (slots_.back() != nullptr) used_.push_back(static_cast<float*>(slots_.back()));
    }
    for (int k = 0; k < info.scalar_count; ++k) scalars_.push_back(harmless_scalar(info.scalar_names[k]));
    measures_first_ = info.measurement.scope == NOPT_SCOPE_ALL;
    args_.struct_size = sizeof(args_);
    args_.optimizer = optimizer_find(info.name);
    args_.variant = variant;
    args_.slot_count = info.slot_count;
    args_.scalar_count = info.scalar_count;
    args_.length = count;
    args_.parameters = w_;
    args_.gradients = g_;
    args_.slots = slots_.data();
    args_.segments = &segment_;
    args_.segment_count = 1;
    args_.prologues = &prologue;
    args_.scalars = scalars_.data();
    args_.row_count = 1;
    args_.numbers = numbers_;
  }
  RuleStep(const RuleStep&) = delete;
  RuleStep& operator=(const RuleStep&) = delete;

  void run() {
    if (measures_first_) {
      args_.flags = flags | NOPT_STEP_MEASURE;
      run_optimizer_step(execution_, args_);
    }
    args_.flags = flags;
    run_optimizer_step(execution_, args_);
  }

  // The arrays of a pass: which of them does not matter, only how many.
  PassStreams streams_of(const Pass& pass) {
    PassStreams streams = {{g_}, {w_}, pass.read, pass.updated};
    size_t next = 0;
    for (int k = 1; k < pass.updated; ++k) streams.updated[k] = used_[next++];
    if (pass.read > 1) streams.read[1] = next < used_.size() ? used_[next] : w_;
    return streams;
  }

  nopt_prologue prologue = {1, 0, 0, 0, 0, 1};
  uint32_t flags = 0;
  float* weights() { return w_; }
  float* gradients() { return g_; }
  float* slot(int k) { return used_[static_cast<size_t>(k)]; }

 private:
  Execution execution_;
  nopt_segment segment_;
  BenchmarkArrays arrays_;
  float* w_;
  float* g_;
  std::vector<void*> slots_;
  std::vector<float*> used_;
  std::vector<double> scalars_;
  double numbers_[4] = {};
  bool measures_first_;
  nopt_optimizer_step_args args_ = {};
};

}  // namespace nopt

#endif  // NOPT_BENCHMARKS_RULE_STEP_H
