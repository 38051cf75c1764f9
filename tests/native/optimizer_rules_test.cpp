// Each rule on each instruction set, bit for bit against a scalar reference.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "core/fp_mode.h"
#include "isa_support.h"
#include "optimizer_harness.h"

namespace nopt {
namespace {

class OptimizerOnIsa : public IsaTest {};
NOPT_INSTANTIATE_FOR_ISAS(OptimizerOnIsa);

TEST_P(OptimizerOnIsa, Step_ForEachLengthAndAlignment_HasTheBitsOfTheReference) {
  for (const RuleCase& rule_case : kRuleCases) {
    for (int64_t length = 1; length <= 67; ++length) {
      for (bool misaligned : {false, true}) {
        OptimizerArrays actual(rule_case, length, misaligned);
        OptimizerArrays expected(rule_case, length, misaligned);
        OptimizerStep step(rule_case);
        step.row(kNeutralPrologue).segment(0, length);
        for (int t = 0; t < 3; ++t) {
          step.run(execution(), actual);
          step.run_reference(expected);
        }
        ASSERT_NO_FATAL_FAILURE(expect_same_arrays(actual, expected))
            << rule_case.name << " variant " << rule_case.variant;
        ASSERT_TRUE(actual.guards_are_intact()) << rule_case.name << ", length " << length;
      }
    }
  }
}

TEST_P(OptimizerOnIsa, Step_WithNoElements_ChangesNothing) {
  for (const RuleCase& rule_case : kRuleCases) {
    OptimizerArrays actual(rule_case, 20);
    const OptimizerArrays before(rule_case, 20);
    OptimizerStep step(rule_case);
    step.row(kNeutralPrologue).segment(0, 0).segment(7, 0).segment(20, 0);
    step.run(execution(), actual);
    OptimizerStep(rule_case).run(execution(), actual);
    expect_same_arrays(actual, before);
  }
}

TEST_P(OptimizerOnIsa, Step_WithEachPrologueStage_HasTheBitsOfTheReference) {
  const struct {
    const char* stage;
    nopt_prologue prologue;
    uint32_t flags;
  } cases[] = {{"gradient_scale", {0.37, 0, 0, 0, 0, 1}, 0},
               {"l1", {1, 0.05, 0, 0, 0, 1}, 0},
               {"l2", {1, 0, 0.03, 0, 0, 1}, 0},
               {"clip_value", {1, 0, 0, 0.4, 0, 1}, 0},
               {"maximize", {1, 0, 0, 0, 0, 1}, NOPT_STEP_MAXIMIZE},
               {"weight_decay", {1, 0, 0, 0, 0.02, 1}, 0},
               {"weight_factor", {1, 0, 0, 0, 0, 0.999}, 0},
               {"zero_gradients", {1, 0, 0, 0, 0, 1}, NOPT_STEP_ZERO_GRADIENTS},
               {"all", {0.5, 0.01, 0.02, 0.3, 0.04, 0.99}, NOPT_STEP_MAXIMIZE | NOPT_STEP_ZERO_GRADIENTS}};
  for (const RuleCase& rule_case : kRuleCases) {
    for (const auto& c : cases) {
      OptimizerArrays actual(rule_case, 53);
      OptimizerArrays expected(rule_case, 53);
      actual.w[3] = expected.w[3] = 0.0f;  // where sign(w) is neither 1 nor -1
      actual.w[4] = expected.w[4] = -0.0f;
      OptimizerStep step(rule_case);
      step.flags = c.flags;
      step.row(c.prologue).segment(0, 53);
      step.run(execution(), actual);
      step.run_reference(expected);
      ASSERT_NO_FATAL_FAILURE(expect_same_arrays(actual, expected)) << rule_case.name << ", stage " << c.stage;
    }
  }
}

TEST_P(OptimizerOnIsa, Step_WithClipValue_ClampsEachGradient) {
  const RuleCase& sgd = kRuleCases[0];
  OptimizerArrays arrays(sgd, 4);
  const float gradients[] = {5.0f, -5.0f, 0.25f, -0.25f};
  for (int64_t i = 0; i < 4; ++i) {
    arrays.w[i] = 0.0f;
    arrays.g[i] = gradients[i];
  }
  OptimizerStep step(sgd);
  step.row({1, 0, 0, 0.5, 0, 1}).segment(0, 4);
  step.run(execution(), arrays);
  const float clipped[] = {0.5f, -0.5f, 0.25f, -0.25f};
  for (int64_t i = 0; i < 4; ++i) EXPECT_EQ(arrays.w[i], -0.01f * clipped[i]);
}

TEST_P(OptimizerOnIsa, Step_WithNaNInAnyArray_MakesThatWeightNaNAndNoOther) {
  for (const RuleCase& rule_case : kRuleCases) {
    const int slot_count = optimizer_at(optimizer_find(rule_case.name)).slot_count;
    for (int array = 0; array < 2 + slot_count; ++array) {
      if (array >= 2 &&
          !optimizer_uses_slot(optimizer_at(optimizer_find(rule_case.name)), rule_case.variant, array - 2))
        continue;
      if (array >= 2 && (rule_case.unread >> (array - 2) & 1) != 0) continue;
      for (int64_t position : {0, 21, 36}) {
        for (bool clipped : {false, true}) {
          OptimizerArrays arrays(rule_case, 37);
          GuardedArray& poisoned =
              array == 0 ? arrays.w : (array == 1 ? arrays.g : arrays.slots[static_cast<size_t>(array - 2)]);
          poisoned[position] = std::numeric_limits<float>::quiet_NaN();
          OptimizerStep step(rule_case);
          step.row({1, 0, 0, clipped ? 0.5 : 0.0, 0, 1}).segment(0, 37);
          step.run(execution(), arrays);
          for (int64_t i = 0; i < 37; ++i) {
            ASSERT_EQ(std::isnan(arrays.w[i]), i == position)
                << rule_case.name << " " << rule_case.variant << ", array " << array;
          }
        }
      }
    }
  }
}

TEST_P(OptimizerOnIsa, Step_WithInfiniteWeightAndNeutralStages_DoesNotMakeNaN) {
  for (const RuleCase& rule_case : kRuleCases) {
    if (rule_case.averages_weights) continue;
    if (rule_case.rule == reference_ftrl) continue;  // subtracts two multiples of the weight
    OptimizerArrays arrays(rule_case, 5);
    arrays.w[2] = std::numeric_limits<float>::infinity();
    OptimizerStep step(rule_case);
    step.row({0.5, 0, 0, 0, 0, 1}).segment(0, 5);
    step.run(execution(), arrays);
    EXPECT_TRUE(std::isinf(arrays.w[2])) << rule_case.name;
  }
}

// Under the floating-point mode of the kernels a slot that fades away becomes 0, and results differ from exact
// arithmetic by a multiple of the smallest normal number: 1, or 1 / d (up to 33 here) where a subnormal gradient is
// divided by d.
TEST_P(OptimizerOnIsa, Step_WithSubnormalNumbers_FlushesThemAndStaysClose) {
  const float tiny = std::numeric_limits<float>::min();
  for (const RuleCase& rule_case : kRuleCases) {
    OptimizerArrays actual(rule_case, 40);
    for (int64_t i = 0; i < 40; ++i) {
      actual.w[i] = 1.0f;
      actual.g[i] = tiny / static_cast<float>(i + 1);
      for (GuardedArray& slot : actual.slots) slot[i] = tiny * static_cast<float>(i % 4) / 3.0f;
    }
    OptimizerArrays expected = actual;
    OptimizerStep step(rule_case);
    step.row(kNeutralPrologue).segment(0, 40);
    {
      const FpModeGuard guard;
      step.run(execution(), actual);
    }
    step.run_reference(expected);
    for (int64_t i = 0; i < 40; ++i) {
      EXPECT_NEAR(actual.w[i], expected.w[i], 1e-6) << rule_case.name;
      for (size_t k = 0; k < actual.slots.size(); ++k) {
        const float slot = actual.slots[k][i];
        const bool copied = (rule_case.copies >> k & 1) != 0;
        if (!copied && optimizer_uses_slot(actual.info, rule_case.variant, static_cast<int>(k))) {
          EXPECT_TRUE(slot == 0.0f || std::fabs(slot) >= tiny) << rule_case.name << " " << actual.info.slot_names[k];
        }
        EXPECT_NEAR(slot, expected.slots[k][i],
                    40.0 * static_cast<double>(tiny) + 1e-6 * std::fabs(expected.slots[k][i]));
      }
    }
  }
}

}  // namespace
}  // namespace nopt
