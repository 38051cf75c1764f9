// Tables of step_limits beside that of the limits.
#ifndef NOPT_BENCHMARKS_STEP_COMPARISONS_H
#define NOPT_BENCHMARKS_STEP_COMPARISONS_H

#include <cstdint>
#include <string>
#include <vector>

namespace nopt {

struct StepSettings {
  std::vector<std::string> rules;  // none: all
  std::vector<int64_t> sizes = {1000, 100000, 1000000, 10000000};
  std::vector<int64_t> threads = {1, 2};
  int rounds = 15;
  bool fast = false;
};

void print_options(const StepSettings& settings);
void print_peers(const StepSettings& settings);
void print_denormals(const StepSettings& settings);

}  // namespace nopt

#endif  // NOPT_BENCHMARKS_STEP_COMPARISONS_H
