// The registry, and steps over segments and threads.
#include "optimizers/step.h"

#include <gtest/gtest.h>

#include <cstring>
#include <set>
#include <string>

#include "isa_support.h"
#include "measured_rule_reference.h"

namespace nopt {
namespace {

TEST(OptimizerRegistry, Optimizers_AllHaveAReferenceCaseForEachVariant) {
  std::set<std::string> tested;
  for (const RuleCase& c : kRuleCases) tested.insert(std::string(c.name) + "/" + std::to_string(c.variant));
  for (const MeasuredCase& c : kMeasuredCases)
    tested.insert(std::string(c.rule.name) + "/" + std::to_string(c.rule.variant));
  for (int id = 0; id < optimizer_count(); ++id) {
    const OptimizerInfo& info = optimizer_at(id);
    for (uint32_t variant = 0; variant < 1u << info.variant_count; ++variant) {
      EXPECT_EQ(tested.count(std::string(info.name) + "/" + std::to_string(variant)), 1u)
          << info.name << " variant " << variant;
    }
  }
}

TEST(OptimizerRegistry, Find_OfEachName_GivesItsId) {
  for (int id = 0; id < optimizer_count(); ++id) EXPECT_EQ(optimizer_find(optimizer_at(id).name), id);
  EXPECT_EQ(optimizer_find("adams"), -1);
  EXPECT_EQ(optimizer_find(""), -1);
}

TEST(OptimizerRegistry, Adam_IsDescribedByItsRuleFile) {
  const OptimizerInfo& adam = optimizer_at(optimizer_find("adam"));
  ASSERT_EQ(adam.slot_count, 3);
  ASSERT_EQ(adam.scalar_count, 6);
  ASSERT_EQ(adam.variant_count, 1);
  EXPECT_STREQ(adam.slot_names[2], "vhat");
  EXPECT_STREQ(adam.scalar_names[3], "one_minus_beta2");
  EXPECT_STREQ(adam.variant_names[0], "amsgrad");
  EXPECT_TRUE(optimizer_uses_slot(adam, 0, 1));
  EXPECT_FALSE(optimizer_uses_slot(adam, 0, 2));
  EXPECT_TRUE(optimizer_uses_slot(adam, 1, 2));
}

TEST(OptimizerRegistry, Kernels_ExistForEachInstructionSetOfThisBuild) {
  for (int id = 0; id < optimizer_count(); ++id) {
    for (Isa isa : kTestedIsas) {
      if (isa_supported(isa)) {
        EXPECT_NE(optimizer_at(id).kernels[isa], nullptr) << optimizer_at(id).name;
      }
    }
  }
}

TEST(OptimizerStep, Segments_WithOwnHyperparameters_ChangeTheirElementsOnly) {
  for (const RuleCase& rule_case : kRuleCases) {
    OptimizerArrays actual(rule_case, 50000);
    OptimizerArrays expected(rule_case, 50000);
    OptimizerStep step(rule_case);
    step.row(kNeutralPrologue).row({0.5, 0, 0.01, 0, 0, 0.99}, 0.5);
    // Gaps, an empty segment, neighbours without a gap, a segment across several blocks of 16384.
    step.segment(3, 10)
        .segment(13, 1, 1)
        .segment(20, 0)
        .segment(100, 16300, 1)
        .segment(16400, 33000)
        .segment(49999, 1, 1);
    step.run(execution_on(best_isa()), actual);
    step.run_reference(expected);
    ASSERT_NO_FATAL_FAILURE(expect_same_arrays(actual, expected)) << rule_case.name;
  }
}

TEST(OptimizerStep, Step_OnSeveralThreads_HasTheBitsOfOne) {
  for (const RuleCase& rule_case : kRuleCases) {
    constexpr int64_t kLength = 300007;
    OptimizerArrays expected(rule_case, kLength);
    OptimizerStep step(rule_case);
    step.row({1, 0, 0, 0.5, 0, 1}).row(kNeutralPrologue, 2.0).segment(5, 150000).segment(150010, kLength - 150010, 1);
    step.run(execution_on(best_isa()), expected);
    for (int threads : {2, 3, 7}) {
      OptimizerArrays actual(rule_case, kLength);
      step.run(execution_on(best_isa(), threads), actual);
      ASSERT_NO_FATAL_FAILURE(expect_same_arrays(actual, expected)) << rule_case.name << " on " << threads;
    }
  }
}

}  // namespace
}  // namespace nopt
