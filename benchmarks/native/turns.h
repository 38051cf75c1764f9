// Loops that take turns within one process, because a shared machine is quick in one second and slow in the next.
#ifndef NOPT_BENCHMARKS_TURNS_H
#define NOPT_BENCHMARKS_TURNS_H

#include <algorithm>
#include <ctime>
#include <functional>
#include <utility>
#include <vector>

#include "benchmark_support.h"
#include "core/parallel.h"

namespace nopt {

using Loop = std::function<void()>;

// One thread is measured in processor time, which other programs disturb less; several in the time that passes.
inline double now(bool processor_time) {
  timespec time = {};
  clock_gettime(processor_time ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

inline double seconds_of(const Loop& loop, int64_t repeats, int threads) {
  const double start = now(threads == 1);
  for (int64_t i = 0; i < repeats; ++i) loop();
  return (now(threads == 1) - start) / static_cast<double>(repeats);
}

// Median and quartiles.
struct Spread {
  double low, median, high;
};

inline Spread spread_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const size_t quarter = values.size() / 4;
  return {values[quarter], values[values.size() / 2], values[values.size() - 1 - quarter]};
}

inline double median(std::vector<double> values) {
  return spread_of(std::move(values)).median;
}

// a[i] / b[i], round by round: what happened to the machine in a round happened to both.
inline std::vector<double> ratios(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> result;
  for (size_t i = 0; i < a.size(); ++i) result.push_back(a[i] / b[i]);
  return result;
}

// Seconds of each loop in each round, the loops taking turns; a turn lasts about a millisecond at least.
inline std::vector<std::vector<double>> take_turns(const std::vector<Loop>& loops, int rounds, int threads) {
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

// body(begin, end, number) for equal parts of [0, count), one a thread; edges are multiples of a line.
inline void split(int threads, int64_t count, const std::function<void(int64_t, int64_t, int)>& body) {
  const int64_t part = (count / threads + 15) / 16 * 16;
  parallel_for(benchmark_execution(threads), threads, int64_t{threads} * kParallelGrainBytes,
               [&](int64_t i) { body(i * part, std::min(count, (i + 1) * part), static_cast<int>(i)); });
}

}  // namespace nopt

#endif  // NOPT_BENCHMARKS_TURNS_H
