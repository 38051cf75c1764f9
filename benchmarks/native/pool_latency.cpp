// pool_latency: how long after a parallel region was opened a worker begins with it, as a Markdown table.
//
// Between the regions of a training loop the workers spin for a while, then they sleep: the pauses are those of a step
// in which little is shared, and longer ones. The caller holds on to its own block until the worker has begun, so that
// it cannot take both. The second table begins after a sleep, when the system chooses a processor for the worker.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>
#include <vector>

#include "core/parallel.h"
#include "core/processors.h"

namespace nopt {
namespace {

using Clock = std::chrono::steady_clock;

double microseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

void pause_for(double microseconds) {
  const Clock::time_point start = Clock::now();
  while (microseconds_since(start) < microseconds) {
  }
}

struct Latency {
  double begun;  // from opening the region to the worker's first instruction in it, us
  double whole;  // of the whole region, us
};

Latency open_region() {
  Latency latency = {};
  std::atomic<bool> begun{false};
  const Clock::time_point start = Clock::now();
  parallel_for_on(2, 2, [&](int64_t block) {
    if (block == 1) {
      latency.begun = microseconds_since(start);
      begun.store(true);
    } else {
      while (!begun.load()) {
      }
    }
  });
  latency.whole = microseconds_since(start);
  return latency;
}

double quantile(std::vector<double>& values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<size_t>(share * static_cast<double>(values.size() - 1))];
}

void print_row(double pause, int rounds) {
  std::vector<double> begun, whole;
  for (int i = 0; i < rounds; ++i) {
    pause_for(pause);
    const Latency latency = open_region();
    begun.push_back(latency.begun);
    whole.push_back(latency.whole);
  }
  std::printf("| %.0f | %.2f | %.2f | %.2f | %.2f |\n", pause, quantile(begun, 0.5), quantile(begun, 0.9),
              quantile(whole, 0.5), quantile(whole, 0.9));
  std::fflush(stdout);
}

// A program that has slept, and then shares the work of a training step, again and again.
double milliseconds_after_sleep(int threads) {
  constexpr int kRegions = 60, kBlocks = 8;
  constexpr double kBlockTime = 5.0;  // us
  std::this_thread::sleep_for(std::chrono::milliseconds(40));
  const Clock::time_point start = Clock::now();
  for (int i = 0; i < kRegions; ++i) parallel_for_on(threads, kBlocks, [](int64_t) { pause_for(kBlockTime); });
  return 1e-3 * microseconds_since(start);
}

void print_after_sleep() {
  std::vector<double> alone, shared;
  for (int i = 0; i < 30; ++i) {
    alone.push_back(milliseconds_after_sleep(1));
    shared.push_back(milliseconds_after_sleep(2));
  }
  std::printf("\n| 60 regions of 40 us after a sleep | ms | in 9 of 10 |\n|---|---:|---:|\n");
  std::printf("| one thread | %.2f | %.2f |\n", quantile(alone, 0.5), quantile(alone, 0.9));
  std::printf("| two threads | %.2f | %.2f |\n", quantile(shared, 0.5), quantile(shared, 0.9));
}

}  // namespace
}  // namespace nopt

int main() {
  if (nopt::usable_processors() < 2) {
    std::printf("skipped: there is one processor, and so no worker\n");
    return 0;
  }
  std::printf("| pause between regions, us | worker begins after, us | in 9 of 10 | whole region, us | in 9 of 10 |\n");
  std::printf("|---:|---:|---:|---:|---:|\n");
  for (int i = 0; i < 1000; ++i) nopt::open_region();
  for (const double pause : {0.0, 5.0, 20.0, 40.0}) nopt::print_row(pause, 5000);
  for (const double pause : {100.0, 1000.0}) nopt::print_row(pause, 500);
  nopt::print_after_sleep();
  return 0;
}
