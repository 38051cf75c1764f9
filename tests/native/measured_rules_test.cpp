// Rules that take sums before they update, on each instruction set, bit for bit against a scalar reference.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "isa_support.h"
#include "measured_rule_reference.h"

namespace nopt {
namespace {

class MeasuredRuleOnIsa : public IsaTest {};
NOPT_INSTANTIATE_FOR_ISAS(MeasuredRuleOnIsa);

// A whole step: one operation of a layerwise rule, two of a global one.
void run(const MeasuredCase& c, OptimizerStep step, const Execution& execution, OptimizerArrays& arrays,
         std::vector<double>& numbers) {
  if (c.combine == nullptr) {
    const uint32_t flags = step.flags;
    step.flags = (flags & ~static_cast<uint32_t>(NOPT_STEP_ZERO_GRADIENTS)) | NOPT_STEP_MEASURE;
    step.run(execution, arrays, numbers.data());
    step.flags = flags;
  }
  step.run(execution, arrays, numbers.data());
}

void run_reference(const MeasuredCase& c, const OptimizerStep& step, OptimizerArrays& arrays,
                   std::vector<double>& numbers) {
  const MeasuredReference reference{c, step, arrays};
  if (c.combine == nullptr) {
    numbers[0] = numbers[1] = 0;
    for (const nopt_segment& segment : step.segments) reference.measure(segment, numbers.data());
    for (const nopt_segment& segment : step.segments) reference.update(segment, 0);
    return;
  }
  for (const nopt_segment& segment : step.segments) {
    double sums[2] = {};
    reference.measure(segment, sums);
    double* const number = &numbers[static_cast<size_t>(segment.scalars_index)];
    reference.update(segment, c.combine(sums, reference.row_of(segment), number));
  }
}

void expect_steps_of_the_reference(const MeasuredCase& c, const OptimizerStep& step, int64_t length, bool misaligned,
                                   const Execution& execution) {
  OptimizerArrays actual(c.rule, length, misaligned);
  OptimizerArrays expected(c.rule, length, misaligned);
  std::vector<double> actual_numbers(8, 0.25);
  std::vector<double> expected_numbers(8, 0.25);
  for (int t = 0; t < 3; ++t) {
    run(c, step, execution, actual, actual_numbers);
    run_reference(c, step, expected, expected_numbers);
  }
  ASSERT_NO_FATAL_FAILURE(expect_same_arrays(actual, expected)) << c.rule.name << ", variant " << c.rule.variant;
  EXPECT_EQ(actual_numbers, expected_numbers) << c.rule.name;
  EXPECT_TRUE(actual.guards_are_intact()) << c.rule.name << ", length " << length;
}

TEST_P(MeasuredRuleOnIsa, Step_ForEachLengthAndAlignment_HasTheBitsOfTheReference) {
  for (const MeasuredCase& c : kMeasuredCases) {
    for (int64_t length = 1; length <= 67; ++length) {
      OptimizerStep step(c.rule);
      step.row(kNeutralPrologue).segment(0, length);
      ASSERT_NO_FATAL_FAILURE(expect_steps_of_the_reference(c, step, length, length % 2 != 0, execution()));
    }
  }
}

TEST_P(MeasuredRuleOnIsa, Step_OverSeveralTensorsAndBlocks_HasTheBitsOfTheReference) {
  for (const MeasuredCase& c : kMeasuredCases) {
    OptimizerStep step(c.rule);
    step.flags = NOPT_STEP_MAXIMIZE | NOPT_STEP_ZERO_GRADIENTS;
    for (double factor : {1.0, 0.5, 0.25, 1.0, 0.5}) step.row({factor, 0.01, 0.02, 0.3, 0.04, 0.99}, factor);
    step.segment(3, 10).segment(13, 1, 1).segment(100, 16384, 2).segment(16500, 33001, 3).segment(49999, 1, 4);
    ASSERT_NO_FATAL_FAILURE(expect_steps_of_the_reference(c, step, 50000, true, execution()));
  }
}

TEST(MeasuredRule, Step_OnSeveralThreads_HasTheBitsOfOne) {
  for (const MeasuredCase& c : kMeasuredCases) {
    constexpr int64_t kLength = 300007;
    OptimizerStep step(c.rule);
    step.row(kNeutralPrologue).row(kNeutralPrologue).row(kNeutralPrologue);
    step.segment(5, 150000).segment(150010, 17, 1).segment(150027, kLength - 150027, 2);
    OptimizerArrays expected(c.rule, kLength);
    std::vector<double> expected_numbers(8, 0.25);
    run(c, step, execution_on(best_isa()), expected, expected_numbers);
    for (int threads : {2, 3, 7}) {
      OptimizerArrays actual(c.rule, kLength);
      std::vector<double> numbers(8, 0.25);
      run(c, step, execution_on(best_isa(), threads), actual, numbers);
      ASSERT_NO_FATAL_FAILURE(expect_same_arrays(actual, expected)) << c.rule.name << " on " << threads;
      EXPECT_EQ(numbers, expected_numbers) << c.rule.name << " on " << threads;
    }
  }
}

// A ratio of norms is 1 where either norm is 0; min_norm takes the place of both for Fromage.
TEST_P(MeasuredRuleOnIsa, Step_WithNormsOfZero_IsFinite) {
  for (const MeasuredCase& c : kMeasuredCases) {
    for (bool zero_weights : {false, true}) {
      OptimizerArrays arrays(c.rule, 20);
      for (GuardedArray& slot : arrays.slots) slot.fill(0, 0.0f, 0.0f);
      (zero_weights ? arrays.w : arrays.g).fill(0, 0.0f, 0.0f);
      OptimizerStep step(c.rule);
      step.row(kNeutralPrologue).segment(0, 20);
      std::vector<double> numbers(8, 0.0);
      run(c, step, execution(), arrays, numbers);
      for (int64_t i = 0; i < 20; ++i) EXPECT_TRUE(std::isfinite(arrays.w[i])) << c.rule.name;
    }
  }
}

TEST_P(MeasuredRuleOnIsa, Step_WithNaNInOneTensor_LeavesTheOthersFinite) {
  for (const MeasuredCase& c : kMeasuredCases) {
    OptimizerArrays arrays(c.rule, 40);
    arrays.g[7] = std::numeric_limits<float>::quiet_NaN();
    OptimizerStep step(c.rule);
    step.row(kNeutralPrologue).row(kNeutralPrologue).segment(0, 20).segment(20, 20, 1);
    std::vector<double> numbers(8, 0.25);
    run(c, step, execution(), arrays, numbers);
    EXPECT_TRUE(std::isnan(arrays.w[7])) << c.rule.name;
    for (int64_t i = 20; i < 40; ++i) EXPECT_TRUE(std::isfinite(arrays.w[i])) << c.rule.name;
  }
}

}  // namespace
}  // namespace nopt
