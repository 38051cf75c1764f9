#include "gemm_peers/measure.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>
#include <utility>

#include "gemm_peers/fma_peak.h"
#include "gemm_peers/shapes.h"

namespace nopt {
namespace {

double seconds_of(const GemmRun& run, int64_t repetitions) {
  const auto begin = std::chrono::steady_clock::now();
  for (int64_t i = 0; i < repetitions; ++i) run();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// Repetitions that fill a turn. The first call is not counted: it compiles, allocates or starts threads.
int64_t calibrate(const GemmRun& run, double turn) {
  run();
  for (int64_t repetitions = 1;; repetitions *= 2) {
    const double seconds = seconds_of(run, repetitions);
    if (seconds < turn / 4) continue;
    return std::max<int64_t>(1, static_cast<int64_t>(turn / seconds * static_cast<double>(repetitions)));
  }
}

struct Entry {
  GemmRun run;
  double work = 0.0;  // operations of a run
  int64_t repetitions = 1;
  std::vector<double> rates;

  // Runs before the clock starts bring the caches, and sleeping threads, back to this participant.
  void take_turn(double pause) {
    if (!run) return;
    std::this_thread::sleep_for(std::chrono::duration<double>(pause));
    for (int i = 0; i < 3; ++i) run();
    rates.push_back(1e-9 * work * static_cast<double>(repetitions) / seconds_of(run, repetitions));
  }
};

// Inputs are below 1: the error of any order of summation is far below this for each step of k.
bool agrees(const GemmProduct& p, const std::vector<float>& expected) {
  const double bound = 1e-4 * static_cast<double>(p.k);
  for (int64_t i = 0; i < p.m * p.n; ++i) {
    const double difference = static_cast<double>(p.c[i]) - static_cast<double>(expected[static_cast<size_t>(i)]);
    if (!(std::fabs(difference) <= bound)) return false;
  }
  return true;
}

Entry peak_entry() {
  constexpr int64_t kRounds = 100000;
  Entry entry;
  entry.run = [] { run_fma_peak(best_isa(), kRounds); };
  entry.work = static_cast<double>(run_fma_peak(best_isa(), kRounds));
  return entry;
}

}  // namespace

Measurement measure(const GemmProduct& product, const std::vector<GemmPeer>& participants, const Turns& turns) {
  Measurement result;
  std::vector<Entry> entries;
  std::vector<float> expected;
  for (const GemmPeer& participant : participants) {
    Entry entry;
    entry.run = participant.prepare(product);
    entry.work = operations(product);
    if (entry.run) {
      std::fill(product.c, product.c + product.m * product.n, -1.0f);
      entry.repetitions = calibrate(entry.run, turns.seconds);
      if (expected.empty()) expected.assign(product.c, product.c + product.m * product.n);
      result.results_agree = result.results_agree && agrees(product, expected);
    }
    entries.push_back(std::move(entry));
  }
  Entry peak = peak_entry();
  for (int round = 0; round < turns.rounds; ++round) {
    peak.take_turn(0.0);
    for (Entry& entry : entries) entry.take_turn(turns.pause);
  }
  result.peak = median(peak.rates);
  for (const Entry& entry : entries) {
    result.rates.push_back(entry.rates.empty() ? Spread{0, 0, 0} : spread_of(entry.rates));
  }
  return result;
}

}  // namespace nopt
