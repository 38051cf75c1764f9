#include "step_comparisons.h"

#include <algorithm>
#include <cinttypes>
#include <cstdio>

#include "core/fp_mode.h"
#include "kernels/average.h"
#include "kernels/gradient_norm.h"
#include "rule_step.h"
#include "turns.h"

namespace nopt {
namespace {

// An option: what it does to a step, what it does before or behind it, and the arrays that touches.
struct Option {
  const char* name;
  void (*set)(RuleStep& step);
  Loop beside;
  Pass traffic;
};

// The mean of weights, the sum of gradients and the norm: each with an array of its own where it has one.
class Beside {
 public:
  Beside(RuleStep& step, int64_t count, int threads)
      : execution_(benchmark_execution(threads)),
        sum_(optimizer_at(optimizer_find("sgd")), 0, count, threads),
        segment_{0, count, 0} {
    average_ = {sizeof(average_), NOPT_AVERAGE_WEIGHTED, 0.99, matrix(step.weights(), count),
                matrix(sum_.weights(), count)};
    norm_.struct_size = sizeof(norm_);
    norm_.order = 2;
    norm_.length = count;
    norm_.parameters = step.weights();
    norm_.gradients = step.gradients();
    norm_.segments = &segment_;
    norm_.segment_count = norm_.row_count = 1;
    norm_.prologues = &prologue_;
    norm_.norms = &result_;
    norm_.non_finite_counts = &non_finite_;
  }

  void add_gradients() { sum_.run(); }
  void take_average() { run_average(execution_, average_); }
  void take_norm() { run_gradient_norm(execution_, norm_); }

 private:
  static nopt_matrix matrix(float* data, int64_t count) { return {data, 1, count, count, NOPT_DTYPE_F32, 0}; }

  Execution execution_;
  RuleStep sum_;
  nopt_segment segment_;
  nopt_prologue prologue_ = {1, 0, 0, 0, 0, 1};
  nopt_average_args average_ = {};
  nopt_gradient_norm_args norm_ = {};
  double result_ = 0;
  int64_t non_finite_ = 0;
};

void print_options_of(int64_t count, int threads, int rounds) {
  const OptimizerInfo& adam = optimizer_at(optimizer_find("adam"));
  RuleStep plain(adam, 0, count, threads);
  Beside beside(plain, count, threads);
  const Option options[] = {
      {"decay (decoupled)", [](RuleStep& step) { step.prologue.weight_factor = 1 - 1e-9; }, {}, {}},
      {"decay (coupled)", [](RuleStep& step) { step.prologue.weight_decay = 1e-9; }, {}, {}},
      {"clipping by value", [](RuleStep& step) { step.prologue.clip_value = 0.7; }, {}, {}},
      {"gradients set to zero", [](RuleStep& step) { step.flags = NOPT_STEP_ZERO_GRADIENTS; }, {}, {0, 0, 0, 0}},
      {"global norm",
       [](RuleStep& step) { step.prologue.gradient_scale = 0.9; },
       [&] { beside.take_norm(); },
       {1, 0, 0, 0}},
      {"accumulation (each gradient)", nullptr, [&] { beside.add_gradients(); }, {1, 1, 0, 0}},
      {"moving average of weights", nullptr, [&] { beside.take_average(); }, {1, 1, 0, 0}},
  };
  for (const Option& option : options) {
    RuleStep step(adam, 0, count, threads);
    if (option.set != nullptr) option.set(step);
    std::vector<Loop> loops = {[&] { plain.run(); },
                               [&] {
                                 step.run();
                                 if (option.beside) option.beside();
                               }};
    const PassStreams streams = plain.streams_of(option.traffic);
    if (option.traffic.bytes() > 0) {
      loops.push_back([&] {
        split(threads, count, [&](int64_t begin, int64_t end, int) {
          float sum = 0;
          kAddLoop[best_isa()](streams, begin, end, &sum);
          benchmark::DoNotOptimize(sum);
        });
      });
    }
    const auto seconds = take_turns(loops, rounds, threads);
    const int bytes = option.traffic.bytes() + ((step.flags & NOPT_STEP_ZERO_GRADIENTS) != 0 ? 4 : 0);
    const double usual = median(seconds[0]), with_option = median(seconds[1]),
                 traffic = loops.size() > 2 ? median(seconds[2]) : 0;
    std::printf("%s,%" PRId64 ",%d,%d,%.3f,%.3f,%.3f,%.2f\n", option.name, count, threads, bytes, with_option * 1e6,
                (with_option - usual) * 1e6, traffic * 1e6, (usual + traffic) / with_option);
    std::fflush(stdout);
  }
}

}  // namespace

// What a step of Adam costs more with each option, and the traffic that the option cannot do without.
void print_options(const StepSettings& settings) {
  std::puts("option,n,threads,more bytes,step us,more us,traffic us,share");
  for (const int64_t count : settings.sizes) {
    for (const int64_t threads : settings.threads) print_options_of(count, static_cast<int>(threads), settings.rounds);
  }
}

void print_peers(const StepSettings& settings) {
  std::puts("n,threads,NativeOpt us,peer,ratio,low,high");
  const OptimizerInfo& adam = optimizer_at(optimizer_find("adam"));
  for (const int64_t count : settings.sizes) {
    for (const int64_t many : settings.threads) {
      const int threads = static_cast<int>(many);
      RuleStep step(adam, 0, count, threads);
      step.prologue.weight_factor = 1 - 1e-11;
      const AdamWArrays arrays = {step.weights(), step.gradients(), step.slot(0), step.slot(1)};
      const auto peer = [&](AdamWLoop* loop) -> Loop {
        return [=] { split(threads, count, [&](int64_t begin, int64_t end, int) { loop(arrays, begin, end); }); };
      };
      const auto seconds =
          take_turns({[&] { step.run(); }, peer(kDeepSpeedLoop[best_isa()]), peer(kTorchLoop[best_isa()])},
                     settings.rounds, threads);
      constexpr const char* kPeers[] = {"DeepSpeed's loop", "PyTorch 2's loop"};
      for (size_t i = 0; i < 2; ++i) {
        const Spread ratio = spread_of(ratios(seconds[i + 1], seconds[0]));
        std::printf("%" PRId64 ",%d,%.3f,%s,%.2f,%.2f,%.2f\n", count, threads, median(seconds[0]) * 1e6, kPeers[i],
                    ratio.median, ratio.low, ratio.high);
      }
      std::fflush(stdout);
    }
  }
}

// Parameters whose gradients are zero: m and v have decayed below the smallest normal number.
void print_denormals(const StepSettings& settings) {
  std::puts("n,normal us,subnormal ratio,mode of the caller ratio");
  const OptimizerInfo& adam = optimizer_at(optimizer_find("adam"));
  for (const int64_t count : settings.sizes) {
    RuleStep normal(adam, 0, count, 1), subnormal(adam, 0, count, 1);
    std::fill_n(subnormal.gradients(), count, 0.0f);
    const auto fade = [&] {
      std::fill_n(subnormal.slot(0), count, 1e-40f);
      std::fill_n(subnormal.slot(1), count, 1e-40f);
    };
    const FpMode kernels = get_fp_mode();
    std::vector<double> seconds[3];
    for (int round = 0; round < settings.rounds; ++round) {
      const int64_t repeats = 1 + 100000 / count;
      seconds[0].push_back(seconds_of([&] { normal.run(); }, repeats, 1));
      fade();
      seconds[1].push_back(seconds_of([&] { subnormal.run(); }, repeats, 1));
      fade();
      set_fp_mode(0x1F80);
      seconds[2].push_back(seconds_of([&] { subnormal.run(); }, repeats, 1));
      set_fp_mode(kernels);
    }
    const double usual = median(seconds[0]);
    std::printf("%" PRId64 ",%.3f,%.2f,%.2f\n", count, usual * 1e6, median(seconds[1]) / usual,
                median(seconds[2]) / usual);
  }
}

}  // namespace nopt
