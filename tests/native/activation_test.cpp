// Activation functions and their derivatives against double, on every instruction set.
#include "kernels/activation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "isa_support.h"
#include "test_data.h"

namespace nopt {
namespace {

constexpr int32_t kActivations[] = {NOPT_ACTIVATION_LINEAR, NOPT_ACTIVATION_RELU, NOPT_ACTIVATION_SIGMOID,
                                    NOPT_ACTIVATION_TANH, NOPT_ACTIVATION_SOFTMAX};
constexpr int64_t kMaxColumns = 67;
constexpr int64_t kRows = 3;

// y = f(x) of one row in double.
std::vector<double> reference_row(int32_t activation, const float* x, int64_t count) {
  std::vector<double> y(x, x + count);
  const double largest = *std::max_element(y.begin(), y.end());
  double sum = 0;
  for (double& v : y) {
    if (activation == NOPT_ACTIVATION_RELU) v = std::max(v, 0.0);
    if (activation == NOPT_ACTIVATION_SIGMOID) v = 1 / (1 + std::exp(-v));
    if (activation == NOPT_ACTIVATION_TANH) v = std::tanh(v);
    if (activation == NOPT_ACTIVATION_SOFTMAX) sum += v = std::exp(v - largest);
  }
  for (double& v : y) v = activation == NOPT_ACTIVATION_SOFTMAX ? v / sum : v;
  return y;
}

class ActivationOnIsa : public IsaTest {
 protected:
  void activate(int32_t activation, GuardedArray& x, GuardedArray& y, int64_t columns, int64_t stride) {
    nopt_activation_args args = {};
    args.struct_size = sizeof(args);
    args.activation = activation;
    args.x = matrix_of(x, kRows, columns, stride);
    args.y = matrix_of(y, kRows, columns, stride);
    run_activation(execution(), args);
  }
};
NOPT_INSTANTIATE_FOR_ISAS(ActivationOnIsa);

TEST_P(ActivationOnIsa, Activation_ForEachWidth_IsCloseToDoubleAndWritesNothingElse) {
  for (int32_t activation : kActivations) {
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
          // Softmax rounds x - max, up to 18 here, before exp: 18 * 2^-24.
          ASSERT_NEAR(y[row * stride + j], value, 2e-6 * std::fabs(value))
              << activation << ", " << columns << " columns";
        }
        for (int64_t j = columns; j < stride; ++j) ASSERT_EQ(y[row * stride + j], before[row * stride + j]);
      }
    }
  }
}

TEST_P(ActivationOnIsa, Activation_ForEachWidth_HasTheBitsOfTheScalarKernels) {
  for (int32_t activation : kActivations) {
    for (int64_t columns = 1; columns <= kMaxColumns; ++columns) {
      GuardedArray x(kRows * columns);
      GuardedArray actual(kRows * columns);
      GuardedArray expected(kRows * columns);
      x.fill(3, -20.0f, 20.0f);
      activate(activation, x, actual, columns, columns);
      nopt_activation_args args = {};
      args.activation = activation;
      args.x = matrix_of(x, kRows, columns);
      args.y = matrix_of(expected, kRows, columns);
      run_activation(execution_on(Isa::kScalar), args);
      expect_same_bits(actual, expected, "y");
    }
  }
}

TEST_P(ActivationOnIsa, Activation_InPlace_GivesTheSameBits) {
  for (int32_t activation : kActivations) {
    GuardedArray x(kRows * kMaxColumns);
    GuardedArray y(kRows * kMaxColumns);
    x.fill(4, -5.0f, 5.0f);
    activate(activation, x, y, kMaxColumns, kMaxColumns);
    activate(activation, x, x, kMaxColumns, kMaxColumns);
    expect_same_bits(x, y, "y");
  }
}

TEST_P(ActivationOnIsa, Activation_OfNaN_IsNaN) {
  for (int32_t activation : kActivations) {
    for (int64_t position : {0, 15, 40, 66}) {
      GuardedArray x(kRows * kMaxColumns);
      GuardedArray y(kRows * kMaxColumns);
      x.fill(5);
      x[position] = std::nanf("");
      activate(activation, x, y, kMaxColumns, kMaxColumns);
      EXPECT_TRUE(std::isnan(y[position])) << activation;
      EXPECT_FALSE(std::isnan(y[kMaxColumns])) << "the next row of " << activation;
    }
  }
}

TEST_P(ActivationOnIsa, Softmax_OfExtremeRows_NeitherOverflowsNorVanishes) {
  GuardedArray x(kRows * 3);
  GuardedArray y(kRows * 3);
  const float rows[kRows][3] = {{1000, 1001, 999}, {-1000, -1000, -1000}, {80, -80, 0}};
  std::copy(&rows[0][0], &rows[0][0] + 9, x.data());
  activate(NOPT_ACTIVATION_SOFTMAX, x, y, 3, 3);
  for (int64_t row = 0; row < kRows; ++row) {
    const std::vector<double> expected = reference_row(NOPT_ACTIVATION_SOFTMAX, rows[row], 3);
    for (int64_t j = 0; j < 3; ++j) EXPECT_NEAR(y[row * 3 + j], expected[static_cast<size_t>(j)], 1e-7);
  }
}

// dL/dx of one row from y and dL/dy, in double.
std::vector<double> reference_slope(int32_t activation, const float* y, const float* dy, int64_t count) {
  std::vector<double> dx(static_cast<size_t>(count));
  double inner = 0;
  for (int64_t j = 0; j < count; ++j) inner += static_cast<double>(y[j]) * dy[j];
  for (int64_t j = 0; j < count; ++j) {
    const double v = y[j];
    double& slope = dx[static_cast<size_t>(j)];
    slope = dy[j];
    if (activation == NOPT_ACTIVATION_RELU) slope = v > 0 ? slope : 0;
    if (activation == NOPT_ACTIVATION_SIGMOID) slope *= v * (1 - v);
    if (activation == NOPT_ACTIVATION_TANH) slope *= 1 - v * v;
    if (activation == NOPT_ACTIVATION_SOFTMAX) slope = v * (slope - inner);
  }
  return dx;
}

TEST_P(ActivationOnIsa, Derivative_ForEachWidth_IsCloseToDoubleAndEqualToScalar) {
  for (int32_t activation : kActivations) {
    for (int64_t columns = 1; columns <= kMaxColumns; ++columns) {
      GuardedArray y(kRows * columns, true);
      y.fill(6, activation == NOPT_ACTIVATION_RELU || activation == NOPT_ACTIVATION_TANH ? -1.0f : 0.0f, 1.0f);
      GuardedArray upstream(kRows * columns, true);
      upstream.fill(7);
      GuardedArray dy = upstream;
      GuardedArray scalar = upstream;
      const nopt_matrix values = matrix_of(y, kRows, columns);
      run_activation_derivative(execution(), activation, values, matrix_of(dy, kRows, columns));
      run_activation_derivative(execution_on(Isa::kScalar), activation, values, matrix_of(scalar, kRows, columns));
      expect_same_bits(dy, scalar, "dy");
      for (int64_t row = 0; row < kRows; ++row) {
        const auto expected =
            reference_slope(activation, y.data() + row * columns, upstream.data() + row * columns, columns);
        for (int64_t j = 0; j < columns; ++j)
          ASSERT_NEAR(dy[row * columns + j], expected[static_cast<size_t>(j)], 1e-5) << activation;
      }
      ASSERT_TRUE(dy.guards_are_intact());
    }
  }
}

TEST(Activation, Rows_OnSeveralThreads_HaveTheBitsOfOne) {
  constexpr int64_t kManyRows = 700;
  for (int32_t activation : kActivations) {
    GuardedArray x(kManyRows * 128);
    x.fill(8, -4.0f, 4.0f);
    GuardedArray expected(kManyRows * 128);
    nopt_activation_args args = {};
    args.activation = activation;
    args.x = matrix_of(x, kManyRows, 128);
    args.y = matrix_of(expected, kManyRows, 128);
    run_activation(execution_on(best_isa()), args);
    for (int threads : {2, 3, 7}) {
      GuardedArray actual(kManyRows * 128);
      args.y = matrix_of(actual, kManyRows, 128);
      run_activation(execution_on(best_isa(), threads), args);
      expect_same_bits(actual, expected, "y");
    }
  }
}

}  // namespace
}  // namespace nopt
