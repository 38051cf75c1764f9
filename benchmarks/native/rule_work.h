// What a step of each rule has to do at least: arrays read and written, square roots and divisions.
#ifndef NOPT_BENCHMARKS_RULE_WORK_H
#define NOPT_BENCHMARKS_RULE_WORK_H

#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "optimizers/registry.h"

namespace nopt {

// One pass over memory.
struct Pass {
  int read;     // arrays that are only read
  int updated;  // arrays that are read and written
  int sqrts;    // an element
  int divs;

  int bytes() const { return 4 * (read + 2 * updated); }
};

inline std::string rule_name(const OptimizerInfo& info, uint32_t variant) {
  std::string name = info.name;
  for (int bit = 0; bit < info.variant_count; ++bit) {
    if ((variant >> bit & 1) != 0) name += std::string("_") + info.variant_names[bit];
  }
  return name;
}

// Passes of the rules that measure before they update.
inline std::vector<Pass> measured_passes(const std::string& name) {
  const struct {
    const char* name;
    Pass measure, update;
  } table[] = {
      {"lamb", {2, 2, 1, 1}, {2, 1, 1, 1}},          {"lars", {2, 0, 0, 0}, {1, 1, 0, 0}},
      {"lars_momentum", {2, 0, 0, 0}, {1, 2, 0, 0}}, {"lars_momentum_nesterov", {2, 0, 0, 0}, {1, 2, 0, 0}},
      {"novograd", {1, 0, 0, 0}, {1, 2, 0, 0}},      {"fromage", {2, 0, 0, 0}, {1, 1, 0, 0}},
      {"prodigy", {2, 3, 0, 0}, {2, 2, 1, 1}},       {"dadapt_adamw", {1, 3, 1, 1}, {2, 1, 1, 1}},
      {"sam_ascent", {2, 0, 0, 0}, {1, 1, 0, 0}},    {"sam_ascent_adaptive", {2, 0, 0, 0}, {1, 1, 0, 0}},
  };
  for (const auto& row : table) {
    if (name == row.name) return {row.measure, row.update};
  }
  throw std::runtime_error("rule_work.h does not know the passes of " + name);
}

// Square roots and divisions of the rules of one pass; those that are not here have none.
inline Pass with_arithmetic(const std::string& rule, uint32_t variant, Pass pass) {
  const struct {
    const char* name;
    int sqrts, divs;
  } table[] = {{"adabelief", 1, 1},       {"adadelta", 2, 1},
               {"adagrad", 1, 1},         {"adam", 1, 1},
               {"adamax", 0, 1},          {"adan", 1, 1},
               {"ademamix", 1, 1},        {"adopt", 1, 1},
               {"amsgrad", 1, 1},         {"madgrad", 0, 5},
               {"nadam", 1, 1},           {"radam", 1, 1},
               {"rmsprop", 1, 1},         {"yogi", 1, 1},
               {"sm3_vector", 1, 1},      {"ftrl", 2, 3},
               {"optimistic_adam", 1, 1}, {"schedule_free_adamw", 1, 1}};
  for (const auto& row : table) {
    if (rule == row.name) pass.sqrts = row.sqrts, pass.divs = row.divs;
  }
  if (rule == "ftrl" && variant != 0) pass.sqrts = 48;  // 24 for each power
  return pass;
}

inline std::vector<Pass> passes_of(const OptimizerInfo& info, uint32_t variant) {
  if (info.measurement.scope != NOPT_SCOPE_ELEMENT) return measured_passes(rule_name(info, variant));
  int slots = 0;
  for (int k = 0; k < info.slot_count; ++k) slots += optimizer_uses_slot(info, variant, k) ? 1 : 0;
  return {with_arithmetic(info.name, variant, {1, 1 + slots, 0, 0})};
}

// Numbers that keep every array within range however often a step is repeated on the same gradient.
inline double harmless_scalar(const std::string& name) {
  const struct {
    const char* name;
    double value;
  } table[] = {{"beta", 0.9},           {"beta1", 0.9},     {"beta2", 0.999},        {"beta3", 0.999},
               {"rho", 0.999},          {"mu", 0.9},        {"keep", 0.9},           {"shrink", 1.0},
               {"eta_minus", 0.5},      {"eta_plus", 1.2},  {"step_max", 50},        {"correction", 1.0},
               {"mean_weight", 0.5},    {"exponent", 0.5},  {"clip", 1.0},           {"estimate", 1.0},
               {"change", 1.0},         {"rectified", 1.0}, {"learning_rate", 1e-3}, {"one_minus_beta", 0.1},
               {"one_minus_beta1", 0.1}};
  for (const auto& row : table) {
    if (name == row.name) return row.value;
  }
  return name.rfind("one_minus_", 0) == 0 ? 1e-3 : 1e-7;
}

}  // namespace nopt

#endif  // NOPT_BENCHMARKS_RULE_WORK_H
