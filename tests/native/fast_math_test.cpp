// NOPT_STEP_FAST_MATH: how far estimated quotients are from true ones.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "core/fp_mode.h"
#include "isa_support.h"
#include "optimizer_harness.h"

namespace nopt {
namespace {

constexpr double kError = 1.5e-7;

bool estimates(Isa isa) {
  return isa == Isa::kAvx2 || isa == Isa::kAvx512;
}

const RuleCase& case_of(const char* name) {
  for (const RuleCase& rule_case : kRuleCases) {
    if (std::string(rule_case.name) == name) return rule_case;
  }
  throw std::invalid_argument(name);
}

// ADOPT with these scalars makes w = g / sqrt(v), and the root of v = y^2 is y where y has 12 bits.
struct Quotients {
  explicit Quotients(int64_t count) : arrays(case_of("adopt"), count), step(case_of("adopt")) {
    step.flags = NOPT_STEP_FAST_MATH;
    step.row(kNeutralPrologue).segment(0, count);
    step.scalars = {0, 1, 1, 0, /*eps=*/1e-30, /*clip=*/1, /*step=*/-1};
    for (int64_t i = 0; i < count; ++i) arrays.w[i] = 0;
  }

  void set(int64_t i, float x, float y) {
    arrays.g[i] = x;
    arrays.slots[1][i] = y * y;
  }

  OptimizerArrays arrays;
  OptimizerStep step;
};

class FastMathOnIsa : public IsaTest {};
NOPT_INSTANTIATE_FOR_ISAS(FastMathOnIsa);

TEST_P(FastMathOnIsa, Quotient_OfNumbersOfEveryMagnitude_HasARelativeErrorBelowTheLimit) {
  constexpr int64_t kCount = 200003;
  const FpModeGuard guard;
  Quotients quotients(kCount);
  const auto divisor = [](int64_t i) {
    return std::ldexp(1.0f + static_cast<float>(i % 4096) / 4096.0f, static_cast<int>(i % 97) - 48);
  };
  const auto dividend = [](int64_t i) {
    return std::ldexp(1.0f + static_cast<float>(i * 7919 % 8388607) / 8388608.0f, static_cast<int>(i % 61) - 30);
  };
  for (int64_t i = 0; i < kCount; ++i) quotients.set(i, dividend(i), divisor(i));
  quotients.step.run(execution(), quotients.arrays);
  double worst = 0;
  for (int64_t i = 0; i < kCount; ++i) {
    const double exact = static_cast<double>(dividend(i)) / divisor(i);
    worst = std::fmax(worst, std::fabs(quotients.arrays.w[i] / exact - 1));
  }
  EXPECT_LE(worst, estimates(GetParam()) ? kError : 0.6e-7);
}

TEST_P(FastMathOnIsa, Quotient_ByInfinity_IsZeroAndByNaNIsNaN) {
  const FpModeGuard guard;
  Quotients quotients(40);
  for (int64_t i = 0; i < 40; ++i) quotients.set(i, 1, i % 2 == 0 ? INFINITY : NAN);
  quotients.step.run(execution(), quotients.arrays);
  for (int64_t i = 0; i < 40; ++i) {
    if (i % 2 == 0) {
      EXPECT_NEAR(quotients.arrays.w[i], 0, 1e-36);
    } else {
      EXPECT_TRUE(std::isnan(quotients.arrays.w[i]));
    }
  }
}

// Every rule that divides has an error of its own making from its quotients; none has one where nothing is estimated.
TEST_P(FastMathOnIsa, Step_OfEachRule_IsAsCloseToTheExactOneAsItsQuotients) {
  constexpr int64_t kLength = 1003;
  for (const RuleCase& rule_case : kRuleCases) {
    OptimizerArrays exact(rule_case, kLength);
    OptimizerArrays fast(rule_case, kLength);
    const OptimizerArrays before(rule_case, kLength);
    OptimizerStep step(rule_case);
    step.row(kNeutralPrologue).segment(0, kLength);
    step.run(execution(), exact);
    step.flags = NOPT_STEP_FAST_MATH;
    step.run(execution(), fast);
    if (!estimates(GetParam())) {
      ASSERT_NO_FATAL_FAILURE(expect_same_arrays(fast, exact)) << rule_case.name;
      continue;
    }
    for (int64_t i = 0; i < kLength; ++i) {
      const double change = std::fabs(exact.w[i] - before.w[i]) + std::fabs(before.w[i]);
      ASSERT_NEAR(fast.w[i], exact.w[i], 1e-6 * change + 1e-12) << rule_case.name << " variant " << rule_case.variant;
    }
  }
}

}  // namespace
}  // namespace nopt
