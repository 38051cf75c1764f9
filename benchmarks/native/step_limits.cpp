// step_limits: what share of the machine's limit a step of each optimizer reaches, as a Markdown table.
//
// The limit is the slower of a loop that reads and writes the same arrays and only adds (the quicker of two: with and
// without asking for memory ahead) and a loop that does as many square roots and divisions in the first-level cache,
// both on the same instruction set and threads. Step and limits take turns within one process, because a shared machine
// is quick in one second and slow in the next; shares are medians over the rounds.
//
//   step_limits [--rules adam,lion] [--sizes 1000,100000] [--threads 1,2] [--rounds 15] [--huge] [--peers] [--denormals]
//
// --huge adds a size of 1e8. --peers compares AdamW with the loops of DeepSpeed and PyTorch 2 instead. --denormals shows
// what the floating-point mode of the kernels is worth.
#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <ctime>
#include <functional>
#include <sstream>

#include "benchmark_support.h"
#include "core/fp_mode.h"
#include "core/parallel.h"
#include "core/processors.h"
#include "limit_loops.h"
#include "optimizers/step.h"
#include "rule_work.h"

namespace nopt {
namespace {

struct Settings {
  std::vector<std::string> rules;
  std::vector<int64_t> sizes = {1000, 100000, 1000000, 10000000};
  std::vector<int64_t> threads = {1, 2};
  int rounds = 15;
  bool peers = false;
  bool denormals = false;
};

using Loop = std::function<void()>;

// One thread is measured in processor time, which other programs disturb less; several in the time that passes.
double now(bool processor_time) {
  timespec time = {};
  clock_gettime(processor_time ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double seconds_of(const Loop& loop, int64_t repeats, int threads) {
  const double start = now(threads == 1);
  for (int64_t i = 0; i < repeats; ++i) loop();
  return (now(threads == 1) - start) / static_cast<double>(repeats);
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// Seconds of each loop in each round, the loops taking turns; a turn lasts about a millisecond at least.
std::vector<std::vector<double>> take_turns(const std::vector<Loop>& loops, int rounds, int threads) {
  constexpr double kTurn = 1e-3;
  std::vector<int64_t> repeats;
  for (const Loop& loop : loops) {
    loop();
    repeats.push_back(1 + static_cast<int64_t>(kTurn / std::max(seconds_of(loop, 1, threads), 1e-8)));
  }
  std::vector<std::vector<double>> seconds(loops.size());
  for (int round = 0; round < rounds; ++round) {
    for (size_t i = 0; i < loops.size(); ++i) seconds[i].push_back(seconds_of(loops[i], repeats[i], threads));
  }
  return seconds;
}

// One optimizer at work on arrays of its own.
class RuleStep {
 public:
  RuleStep(const OptimizerInfo& info, uint32_t variant, int64_t count, int threads)
      : execution_(benchmark_execution(threads)), segment_{0, count, 0}, w_(arrays_.make(count)), g_(arrays_.make(count)) {
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
      args_.flags |= NOPT_STEP_MEASURE;
      run_optimizer_step(execution_, args_);
      args_.flags &= ~uint32_t{NOPT_STEP_MEASURE};
    }
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

// body(begin, end) for equal parts of [0, count), one a thread; edges are multiples of a line.
void split(int threads, int64_t count, const std::function<void(int64_t, int64_t, int)>& body) {
  const int64_t part = (count / threads + 15) / 16 * 16;
  parallel_for(benchmark_execution(threads), threads, int64_t{threads} * kParallelGrainBytes, [&](int64_t i) {
    body(i * part, std::min(count, (i + 1) * part), static_cast<int>(i));
  });
}

// The loops that limit one pass: additions, additions that ask for memory ahead, square roots and divisions.
void add_limits(std::vector<Loop>& loops, RuleStep& step, const Pass& pass, int64_t count, int threads, float* const* caches) {
  const PassStreams streams = step.streams_of(pass);
  for (AddLoop* const loop : {kAddLoop[best_isa()], kAddLoopPrefetch[best_isa()]}) {
    loops.push_back([=] {
      split(threads, count, [&](int64_t begin, int64_t end, int) {
        float sum = 0;
        loop(streams, begin, end, &sum);
        benchmark::DoNotOptimize(sum);
      });
    });
  }
  loops.push_back([=] {
    split(threads, count, [&](int64_t begin, int64_t end, int i) {
      kDivideLoop[best_isa()](pass.sqrts, pass.divs, end - begin, caches[i]);
    });
  });
}

// Sums over the passes of a step.
struct Limit {
  double add = 0, divide = 0, slower = 0;

  void add_pass(double plain, double prefetched, double division) {
    add += std::min(plain, prefetched);
    divide += division;
    slower += std::max(std::min(plain, prefetched), division);
  }
};

void print_rule(const OptimizerInfo& info, uint32_t variant, int64_t count, int threads, int rounds) {
  const std::vector<Pass> passes = passes_of(info, variant);
  int bytes = 0;
  RuleStep step(info, variant, count, threads);
  BenchmarkArrays arrays;
  std::vector<float*> caches;
  for (int i = 0; i < threads; ++i) caches.push_back(arrays.make(2 * kDivideCache));
  std::vector<Loop> loops = {[&] { step.run(); }};
  for (const Pass& pass : passes) {
    bytes += pass.bytes();
    add_limits(loops, step, pass, count, threads, caches.data());
  }
  const auto seconds = take_turns(loops, rounds, threads);
  std::vector<double> shares, adds, divides;
  for (size_t round = 0; round < seconds[0].size(); ++round) {
    Limit limit;
    for (size_t i = 1; i < loops.size(); i += 3) {
      limit.add_pass(seconds[i][round], seconds[i + 1][round], seconds[i + 2][round]);
    }
    shares.push_back(limit.slower / seconds[0][round]);
    adds.push_back(limit.add);
    divides.push_back(limit.divide);
  }
  const double time = median(seconds[0]);
  std::printf("| %s | %" PRId64 " | %d | %d | %.2f | %.2f | %.2f | %.1f | **%.2f** |\n", rule_name(info, variant).c_str(),
              count, threads, bytes, time * 1e6, median(adds) * 1e6, median(divides) * 1e6,
              1e-9 * bytes * static_cast<double>(count) / time, median(shares));
  std::fflush(stdout);
}

bool is_chosen(const Settings& settings, const std::string& name) {
  return settings.rules.empty() || std::find(settings.rules.begin(), settings.rules.end(), name) != settings.rules.end();
}

void print_limits(const Settings& settings) {
  std::printf("| rule | n | threads | bytes/parameter | step, us | add only, us | sqrt and div, us | GB/s | share of the limit |\n");
  std::printf("|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
  for (const int64_t count : settings.sizes) {
    for (const int64_t threads : settings.threads) {
      for (int id = 0; id < optimizer_count(); ++id) {
        const OptimizerInfo& info = optimizer_at(id);
        for (uint32_t variant = 0; variant < 1u << info.variant_count; ++variant) {
          const std::string name = rule_name(info, variant);
          const bool makes_sense = name.find("nesterov") == std::string::npos || name.find("momentum") != std::string::npos ||
                                   info.variant_count < 2 || std::string(info.name) == "adopt";
          if (makes_sense && is_chosen(settings, name)) print_rule(info, variant, count, static_cast<int>(threads), settings.rounds);
        }
      }
    }
  }
}

void print_peers(const Settings& settings) {
  std::printf("| AdamW, n | threads | NativeOpt, us | DeepSpeed's loop | PyTorch 2's loop |\n|---:|---:|---:|---:|---:|\n");
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
      const auto seconds = take_turns({[&] { step.run(); }, peer(kDeepSpeedLoop[best_isa()]), peer(kTorchLoop[best_isa()])},
                                      settings.rounds, threads);
      const double own = median(seconds[0]);
      std::printf("| %" PRId64 " | %d | %.2f | %.2fx | %.2fx |\n", count, threads, own * 1e6, median(seconds[1]) / own,
                  median(seconds[2]) / own);
      std::fflush(stdout);
    }
  }
}

// Parameters whose gradients are zero: m and v have decayed below the smallest normal number.
void print_denormals(const Settings& settings) {
  std::printf("| Adam, zero gradients, n | normal slots, us | subnormal slots | subnormal slots, mode of the caller |\n|---:|---:|---:|---:|\n");
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
    std::printf("| %" PRId64 " | %.2f | %.2fx | %.2fx |\n", count, usual * 1e6, median(seconds[1]) / usual, median(seconds[2]) / usual);
  }
}

std::vector<std::string> parts_of(const std::string& list) {
  std::vector<std::string> parts;
  std::istringstream stream(list);
  for (std::string part; std::getline(stream, part, ',');) parts.push_back(part);
  return parts;
}

std::vector<int64_t> numbers_of(const std::string& list) {
  std::vector<int64_t> numbers;
  for (const std::string& part : parts_of(list)) numbers.push_back(static_cast<int64_t>(std::stod(part)));
  return numbers;
}

Settings settings_of(int argc, char** argv) {
  Settings settings;
  for (int i = 1; i < argc; ++i) {
    const std::string name = argv[i];
    const auto value = [&] { return ++i < argc ? std::string(argv[i]) : throw std::runtime_error(name + " needs a value"); };
    if (name == "--rules") settings.rules = parts_of(value());
    else if (name == "--sizes") settings.sizes = numbers_of(value());
    else if (name == "--threads") settings.threads = numbers_of(value());
    else if (name == "--rounds") settings.rounds = std::stoi(value());
    else if (name == "--huge") settings.sizes.push_back(100000000);
    else if (name == "--peers") settings.peers = true;
    else if (name == "--denormals") settings.denormals = true;
    else throw std::runtime_error(name + " is not an option; step_limits.cpp lists them");
  }
  return settings;
}

}  // namespace
}  // namespace nopt

int main(int argc, char** argv) {
  try {
    const nopt::Settings settings = nopt::settings_of(argc, argv);
    const nopt::FpModeGuard guard;
    if (settings.peers) nopt::print_peers(settings);
    else if (settings.denormals) nopt::print_denormals(settings);
    else nopt::print_limits(settings);
    return 0;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "step_limits: %s\n", e.what());
    return 2;
  }
}
