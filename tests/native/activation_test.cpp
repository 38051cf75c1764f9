// Activation functions against double, on every instruction set.
#include "kernels/activation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "activation_reference.h"
#include "isa_support.h"
#include "test_data.h"

namespace nopt {
namespace {

constexpr int64_t kMaxColumns = 67;
constexpr int64_t kRows = 3;

void activate_on(const Execution& execution, const TestedActivation& activation, GuardedArray& x, GuardedArray& y,
                 int64_t rows, int64_t columns, int64_t stride) {
  nopt_activation_args args = {};
  args.struct_size = sizeof(args);
  args.activation = activation.kind;
  args.activation_parameter = activation.parameter;
  args.x = matrix_of(x, rows, columns, stride);
  args.y = matrix_of(y, rows, columns, stride);
  run_activation(execution, args);
}

class ActivationOnIsa : public IsaTest {
 protected:
  void activate(const TestedActivation& activation, GuardedArray& x, GuardedArray& y, int64_t columns, int64_t stride) {
    activate_on(execution(), activation, x, y, kRows, columns, stride);
  }
};
NOPT_INSTANTIATE_FOR_ISAS(ActivationOnIsa);

TEST_P(ActivationOnIsa, Activation_ForEachWidth_IsCloseToDoubleAndWritesNothingElse) {
  for (const TestedActivation& activation : kAllActivations) {
    for (int64_t columns = 1; columns <= kMaxColumns; ++columns) {
      const int64_t stride = columns + 3;
      GuardedArray x(kRows * stride, true);
      GuardedArray y(kRows * stride, true);
      x.fill(1, -9.0f, 9.0f);
      y.fill(2);
      const GuardedArray before = y;
      activate(activation, x, y, columns, stride);
      ASSERT_TRUE(y.guards_are_intact());
      for (int64_t row = 0; row < kRows; ++row) {
        const std::vector<double> expected = reference_row(activation, x.data() + row * stride, columns);
        for (int64_t j = 0; j < columns; ++j) {
          const double value = expected[static_cast<size_t>(j)];
          // What goes into exp has been rounded, at most 18 in softmax: 18 * 2^-24. In the tails of GELU more is, but
          // they are tiny. Log softmax is a difference of numbers up to 18.
          const double least = activation.kind == NOPT_ACTIVATION_LOG_SOFTMAX ? 2e-6 : 1e-9;
          ASSERT_NEAR(y[row * stride + j], value, 2e-6 * std::fabs(value) + least)
              << activation.kind << ", " << columns << " columns, x = " << x[row * stride + j];
        }
        for (int64_t j = columns; j < stride; ++j) ASSERT_EQ(y[row * stride + j], before[row * stride + j]);
      }
    }
  }
}

TEST_P(ActivationOnIsa, Activation_ForEachWidth_HasTheBitsOfTheScalarKernels) {
  for (const TestedActivation& activation : kAllActivations) {
    for (int64_t columns = 1; columns <= kMaxColumns; ++columns) {
      GuardedArray x(kRows * columns);
      GuardedArray actual(kRows * columns);
      GuardedArray expected(kRows * columns);
      x.fill(3, -20.0f, 20.0f);
      activate(activation, x, actual, columns, columns);
      activate_on(execution_on(Isa::kScalar), activation, x, expected, kRows, columns, columns);
      expect_same_bits(actual, expected, "y");
    }
  }
}

TEST_P(ActivationOnIsa, Activation_InPlace_GivesTheSameBits) {
  for (const TestedActivation& activation : kAllActivations) {
    GuardedArray x(kRows * kMaxColumns);
    GuardedArray y(kRows * kMaxColumns);
    x.fill(4, -5.0f, 5.0f);
    activate(activation, x, y, kMaxColumns, kMaxColumns);
    activate(activation, x, x, kMaxColumns, kMaxColumns);
    expect_same_bits(x, y, "y");
  }
}

TEST_P(ActivationOnIsa, Activation_OfNaN_IsNaN) {
  for (const TestedActivation& activation : kAllActivations) {
    for (int64_t position : {0, 15, 40, 66}) {
      GuardedArray x(kRows * kMaxColumns);
      GuardedArray y(kRows * kMaxColumns);
      x.fill(5);
      x[position] = std::nanf("");
      activate(activation, x, y, kMaxColumns, kMaxColumns);
      EXPECT_TRUE(std::isnan(y[position])) << activation.kind;
      EXPECT_FALSE(std::isnan(y[kMaxColumns])) << "the next row of " << activation.kind;
    }
  }
}

TEST_P(ActivationOnIsa, Activation_OfLargeNumbers_IsCloseToDoubleAndNeverNaN) {
  const float inf = std::numeric_limits<float>::infinity();
  for (const TestedActivation& activation : kAllActivations) {
    if (works_on_rows(activation)) continue;
    for (float size : {200.0f, 1e10f, 1e30f, std::numeric_limits<float>::max(), inf}) {
      if (std::isinf(size) && activation.kind == NOPT_ACTIVATION_LEAKY_RELU) continue;  // 0 times infinity
      for (float x : {-size, size}) {
        GuardedArray in(kRows);
        GuardedArray out(kRows);
        in.fill(1, x, x);
        in[0] = x;
        activate(activation, in, out, 1, 1);
        EXPECT_FALSE(std::isnan(out[0])) << activation.kind << " of " << x;
        if (std::isinf(x)) continue;
        const float expected = static_cast<float>(reference_activation(activation, x).value);
        if (std::isinf(expected)) {
          EXPECT_EQ(out[0], expected) << activation.kind << " of " << x;
        } else {
          EXPECT_NEAR(out[0], expected, 1e-6 * std::fabs(expected) + 1e-9) << activation.kind << " of " << x;
        }
      }
    }
  }
}

TEST_P(ActivationOnIsa, Softmax_OfExtremeRows_NeitherOverflowsNorVanishes) {
  GuardedArray x(kRows * 3);
  GuardedArray y(kRows * 3);
  const float rows[kRows][3] = {{1000, 1001, 999}, {-1000, -1000, -1000}, {80, -80, 0}};
  std::copy(&rows[0][0], &rows[0][0] + 9, x.data());
  for (int32_t kind : {NOPT_ACTIVATION_SOFTMAX, NOPT_ACTIVATION_LOG_SOFTMAX}) {
    activate({kind, 0}, x, y, 3, 3);
    for (int64_t row = 0; row < kRows; ++row) {
      const std::vector<double> expected = reference_row({kind, 0}, rows[row], 3);
      for (int64_t j = 0; j < 3; ++j) {
        const double value = expected[static_cast<size_t>(j)];
        EXPECT_NEAR(y[row * 3 + j], value, 1e-7 * std::max(std::fabs(value), 1.0));
      }
    }
  }
}

TEST(Activation, Rows_OnSeveralThreads_HaveTheBitsOfOne) {
  constexpr int64_t kManyRows = 700;
  for (const TestedActivation& activation : kAllActivations) {
    GuardedArray x(kManyRows * 128);
    x.fill(8, -4.0f, 4.0f);
    GuardedArray expected(kManyRows * 128);
    activate_on(execution_on(best_isa()), activation, x, expected, kManyRows, 128, 128);
    for (int threads : {2, 3, 7}) {
      GuardedArray actual(kManyRows * 128);
      activate_on(execution_on(best_isa(), threads), activation, x, actual, kManyRows, 128, 128);
      expect_same_bits(actual, expected, "y");
    }
  }
}

}  // namespace
}  // namespace nopt
