// step_limits: what share of the machine's limit a step of each optimizer reaches, as CSV.
//
// The limit is the slower of a loop that reads and writes the same arrays and only adds (the quicker of two: with and
// without asking for memory ahead) and a loop that does as many square roots and divisions in the first-level cache,
// both on the same instruction set and threads. Step and limits take turns within one process, because a shared machine
// is quick in one second and slow in the next; shares are medians over the rounds, with their quartiles.
//
//   step_limits [--rules adam,lion] [--sizes 1000,100000] [--threads 1,2] [--rounds 15] [--huge] [--fast]
//   step_limits --options | --peers | --denormals [...]
//
// --huge adds a size of 1e8. --fast measures MathMode.Fast, whose limit has no divisions. --options shows what
// clipping, decay, accumulation and averages cost, --peers compares AdamW with the loops of DeepSpeed and PyTorch 2,
// --denormals shows what the floating-point mode of the kernels is worth. benchmarks/run.sh turns the lines into tables
// and charts; `| column -ts,` shows them in a terminal.
#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <sstream>
#include <stdexcept>

#include "core/fp_mode.h"
#include "rule_step.h"
#include "step_comparisons.h"
#include "turns.h"

namespace nopt {
namespace {

// The loops that limit one pass: additions, additions that ask for memory ahead, square roots and divisions.
void add_limits(std::vector<Loop>& loops, RuleStep& step, const Pass& pass, int64_t count, int threads,
                float* const* caches) {
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

void print_rule(const OptimizerInfo& info, uint32_t variant, int64_t count, int threads, const StepSettings& settings) {
  std::vector<Pass> passes = passes_of(info, variant);
  int bytes = 0;
  RuleStep step(info, variant, count, threads);
  if (settings.fast) step.flags = NOPT_STEP_FAST_MATH;
  BenchmarkArrays arrays;
  std::vector<float*> caches;
  for (int i = 0; i < threads; ++i) caches.push_back(arrays.make(2 * kDivideCache));
  std::vector<Loop> loops = {[&] { step.run(); }};
  for (Pass& pass : passes) {
    if (settings.fast) pass.divs = 0;
    bytes += pass.bytes();
    add_limits(loops, step, pass, count, threads, caches.data());
  }
  const auto seconds = take_turns(loops, settings.rounds, threads);
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
  const double time = median(seconds[0]), add = median(adds), giga = 1e-9 * bytes * static_cast<double>(count);
  const Spread share = spread_of(shares);
  std::printf("%s,%" PRId64 ",%d,%d,%.3f,%.3f,%.3f,%.1f,%.1f,%.2f,%.2f,%.2f\n", rule_name(info, variant).c_str(), count,
              threads, bytes, time * 1e6, add * 1e6, median(divides) * 1e6, giga / time, giga / add, share.median,
              share.low, share.high);
  std::fflush(stdout);
}

bool is_chosen(const StepSettings& settings, const std::string& name) {
  return settings.rules.empty() ||
         std::find(settings.rules.begin(), settings.rules.end(), name) != settings.rules.end();
}

void print_limits(const StepSettings& settings) {
  std::puts("rule,n,threads,bytes,step us,add us,divide us,GB/s,add GB/s,share,low,high");
  for (const int64_t count : settings.sizes) {
    for (const int64_t threads : settings.threads) {
      for (int id = 0; id < optimizer_count(); ++id) {
        const OptimizerInfo& info = optimizer_at(id);
        for (uint32_t variant = 0; variant < 1u << info.variant_count; ++variant) {
          const std::string name = rule_name(info, variant);
          const bool makes_sense = name.find("nesterov") == std::string::npos ||
                                   name.find("momentum") != std::string::npos || info.variant_count < 2 ||
                                   std::string(info.name) == "adopt";
          if (makes_sense && is_chosen(settings, name))
            print_rule(info, variant, count, static_cast<int>(threads), settings);
        }
      }
    }
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

StepSettings settings_of(int argc, char** argv, void (**table)(const StepSettings&)) {
  StepSettings settings;
  for (int i = 1; i < argc; ++i) {
    const std::string name = argv[i];
    const auto value = [&] {
      return ++i < argc ? std::string(argv[i]) : throw std::runtime_error(name + " needs a value");
    };
    if (name == "--rules")
      settings.rules = parts_of(value());
    else if (name == "--sizes")
      settings.sizes = numbers_of(value());
    else if (name == "--threads")
      settings.threads = numbers_of(value());
    else if (name == "--rounds")
      settings.rounds = std::stoi(value());
    else if (name == "--huge")
      settings.sizes.push_back(100000000);
    else if (name == "--fast")
      settings.fast = true;
    else if (name == "--options")
      *table = print_options;
    else if (name == "--peers")
      *table = print_peers;
    else if (name == "--denormals")
      *table = print_denormals;
    else
      throw std::runtime_error(name + " is not an option; step_limits.cpp lists them");
  }
  return settings;
}

}  // namespace
}  // namespace nopt

int main(int argc, char** argv) {
  try {
    void (*table)(const nopt::StepSettings&) = nopt::print_limits;
    const nopt::StepSettings settings = nopt::settings_of(argc, argv, &table);
    const nopt::FpModeGuard guard;
    table(settings);
    return 0;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "step_limits: %s\n", e.what());
    return 2;
  }
}
