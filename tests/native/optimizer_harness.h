// One optimizer with its arrays, and the same update by the scalar reference.
#ifndef NOPT_TESTS_OPTIMIZER_HARNESS_H
#define NOPT_TESTS_OPTIMIZER_HARNESS_H

#include <vector>

#include "optimizers/registry.h"
#include "optimizers/step.h"
#include "rule_reference.h"
#include "test_data.h"

namespace nopt {

constexpr nopt_prologue kNeutralPrologue = {1.0, 0.0, 0.0, 0.0, 0.0, 1.0};

// Parameters, gradients and slots of `length` elements, each between guards.
struct OptimizerArrays {
  OptimizerArrays(const RuleCase& rule_case, int64_t length, bool misaligned = true)
      : info(optimizer_at(optimizer_find(rule_case.name))), w(length, misaligned), g(length, misaligned) {
    w.fill(1);
    g.fill(2);
    for (int k = 0; k < info.slot_count; ++k) {
      slots.emplace_back(length, misaligned);
      const bool second_moment = (rule_case.second_moments >> k & 1) != 0;
      slots.back().fill(3 + static_cast<uint64_t>(k), second_moment ? 1.0f : -0.9f, second_moment ? 2.0f : 0.9f);
    }
  }

  bool guards_are_intact() const {
    bool intact = w.guards_are_intact() && g.guards_are_intact();
    for (const GuardedArray& slot : slots) intact = intact && slot.guards_are_intact();
    return intact;
  }

  const OptimizerInfo& info;
  GuardedArray w, g;
  std::vector<GuardedArray> slots;
};

// A step over segments; row i of prologues and scalars belongs to scalars_index i.
struct OptimizerStep {
  const RuleCase& rule_case;
  uint32_t flags = 0;
  std::vector<nopt_segment> segments;
  std::vector<nopt_prologue> prologues;
  std::vector<double> scalars;

  explicit OptimizerStep(const RuleCase& c) : rule_case(c) {}

  OptimizerStep& row(const nopt_prologue& prologue, double factor = 1.0) {
    const int count = optimizer_at(optimizer_find(rule_case.name)).scalar_count;
    prologues.push_back(prologue);
    for (int i = 0; i < count; ++i) scalars.push_back(rule_case.scalars[i] * factor);
    return *this;
  }
  OptimizerStep& segment(int64_t offset, int64_t count, int64_t row_index = 0) {
    segments.push_back({offset, count, row_index});
    return *this;
  }

  void run(const Execution& execution, OptimizerArrays& arrays, double* numbers = nullptr) const {
    void* slots[8] = {};
    for (int k = 0; k < arrays.info.slot_count; ++k) {
      if (optimizer_uses_slot(arrays.info, rule_case.variant, k))
        slots[k] = arrays.slots[static_cast<size_t>(k)].data();
    }
    nopt_optimizer_step_args args = {};
    args.struct_size = sizeof(args);
    args.optimizer = optimizer_find(rule_case.name);
    args.flags = flags;
    args.variant = rule_case.variant;
    args.slot_count = arrays.info.slot_count;
    args.scalar_count = arrays.info.scalar_count;
    args.length = arrays.w.size();
    args.parameters = arrays.w.data();
    args.gradients = arrays.g.data();
    args.slots = slots;
    args.segments = segments.data();
    args.segment_count = static_cast<int64_t>(segments.size());
    args.prologues = prologues.data();
    args.scalars = scalars.data();
    args.row_count = static_cast<int64_t>(prologues.size());
    args.numbers = numbers;
    run_optimizer_step(execution, args);
  }

  void run_reference(OptimizerArrays& arrays) const {
    for (const nopt_segment& s : segments) {
      for (int64_t i = s.offset; i < s.offset + s.count; ++i) update_reference(arrays, i, s.scalars_index);
    }
  }

  void update_reference(OptimizerArrays& arrays, int64_t i, int64_t row_index) const {
    float a[kMaxScalars] = {};
    float s[8] = {};
    for (int k = 0; k < arrays.info.scalar_count; ++k) {
      a[k] = static_cast<float>(scalars[static_cast<size_t>(row_index * arrays.info.scalar_count + k)]);
    }
    for (int k = 0; k < arrays.info.slot_count; ++k) s[k] = arrays.slots[static_cast<size_t>(k)][i];
    float g = arrays.g[i];
    reference_prologue(prologues[static_cast<size_t>(row_index)], flags, arrays.w[i], g);
    rule_case.rule(rule_case.variant, arrays.w[i], g, s, a);
    for (int k = 0; k < arrays.info.slot_count; ++k) arrays.slots[static_cast<size_t>(k)][i] = s[k];
    if ((flags & NOPT_STEP_ZERO_GRADIENTS) != 0) arrays.g[i] = 0.0f;
  }
};

inline void expect_same_arrays(const OptimizerArrays& actual, const OptimizerArrays& expected) {
  expect_same_bits(actual.w, expected.w, "w");
  expect_same_bits(actual.g, expected.g, "g");
  for (size_t k = 0; k < actual.slots.size(); ++k)
    expect_same_bits(actual.slots[k], expected.slots[k], actual.info.slot_names[k]);
}

}  // namespace nopt

#endif  // NOPT_TESTS_OPTIMIZER_HARNESS_H
