// Derivatives of activations against double, on every instruction set.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "activation_reference.h"
#include "isa_support.h"
#include "kernels/activation.h"
#include "test_data.h"

namespace nopt {
namespace {

constexpr int64_t kMaxColumns = 67;
constexpr int64_t kRows = 3;

// An activation with x, y and the gradients of both.
struct Differentiated {
  Differentiated(const TestedActivation& function, int64_t width, float low, float high)
      : activation(function),
        columns(width),
        x(kRows * width, true),
        y(kRows * width),
        dy(kRows * width),
        dx(kRows * width) {
    x.fill(1, low, high);
    dy.fill(2);
    dx.fill(3);
    forward();
  }
  nopt_matrix view(GuardedArray& array) { return matrix_of(array, kRows, columns); }

  void forward() {
    nopt_activation_args args = {};
    args.activation = activation.kind;
    args.activation_parameter = activation.parameter;
    args.x = view(x);
    args.y = view(y);
    run_activation(execution_on(Isa::kScalar), args);
  }
  void backward(const Execution& execution, GuardedArray& out) {
    nopt_activation_backward_args args = {};
    args.activation = activation.kind;
    args.activation_parameter = activation.parameter;
    args.x = view(x);
    args.y = view(y);
    args.dy = view(dy);
    args.dx = view(out);
    run_activation_backward(execution, args);
  }

  TestedActivation activation;
  int64_t columns;
  GuardedArray x, y, dy, dx;
};

class ActivationDerivativeOnIsa : public IsaTest {};
NOPT_INSTANTIATE_FOR_ISAS(ActivationDerivativeOnIsa);

TEST_P(ActivationDerivativeOnIsa, Derivative_ForEachWidth_IsCloseToDoubleAndEqualToScalar) {
  for (const TestedActivation& activation : kAllActivations) {
    for (int64_t columns = 1; columns <= kMaxColumns; ++columns) {
      Differentiated f(activation, columns, -5.0f, 5.0f);
      GuardedArray scalar = f.dx;
      f.backward(execution(), f.dx);
      f.backward(execution_on(Isa::kScalar), scalar);
      expect_same_bits(f.dx, scalar, "dx");
      ASSERT_TRUE(f.dx.guards_are_intact());
      for (int64_t row = 0; row < kRows; ++row) {
        const int64_t first = row * columns;
        const auto expected = reference_slope(activation, f.x.data() + first, f.dy.data() + first, columns);
        for (int64_t j = 0; j < columns; ++j) {
          const double value = expected[static_cast<size_t>(j)];
          ASSERT_NEAR(f.dx[first + j], value, 1e-6 * std::max(1.0, std::fabs(value)))
              << activation.kind << " at " << f.x[first + j];
        }
      }
    }
  }
}

TEST_P(ActivationDerivativeOnIsa, Derivative_InPlaceOfTheGradient_GivesTheSameBits) {
  for (const TestedActivation& activation : kAllActivations) {
    Differentiated f(activation, kMaxColumns, -5.0f, 5.0f);
    f.backward(execution(), f.dx);
    f.backward(execution(), f.dy);
    expect_same_bits(f.dy, f.dx, "dy");
  }
}

TEST_P(ActivationDerivativeOnIsa, Derivative_AtCorners_IsThatOfPyTorch) {
  const struct {
    TestedActivation activation;
    float x;
    double slope;
  } corners[] = {
      {{NOPT_ACTIVATION_RELU, 0}, 0, 0},
      {{NOPT_ACTIVATION_CAPPED_RELU, 6}, 0, 0},
      {{NOPT_ACTIVATION_CAPPED_RELU, 6}, 6, 0},
      {{NOPT_ACTIVATION_LEAKY_RELU, 0.25}, 0, 0.25},
      {{NOPT_ACTIVATION_ELU, 0.5}, 0, 0.5},
      {{NOPT_ACTIVATION_SELU, 0}, 0, 1.7580993408473766},
      {{NOPT_ACTIVATION_CELU, 0.5}, 0, 1},
      {{NOPT_ACTIVATION_HARD_SIGMOID, 0}, -3, 0},
      {{NOPT_ACTIVATION_HARD_SIGMOID, 0}, 3, 0},
      {{NOPT_ACTIVATION_HARD_SILU, 0}, -3, -0.5},
      {{NOPT_ACTIVATION_HARD_SILU, 0}, 3, 1},
      {{NOPT_ACTIVATION_HARD_TANH, 0}, -1, 0},
      {{NOPT_ACTIVATION_HARD_TANH, 0}, 1, 0},
      {{NOPT_ACTIVATION_SOFT_SHRINK, 0.5}, 0.5f, 0},
      {{NOPT_ACTIVATION_HARD_SHRINK, 0.5}, -0.5f, 0},
      {{NOPT_ACTIVATION_SQUAREPLUS, 4}, 0, 0.5},
  };
  for (const auto& corner : corners) {
    Differentiated f(corner.activation, 1, corner.x, corner.x);
    for (int64_t row = 0; row < kRows; ++row) f.dy[row] = 1;
    f.backward(execution(), f.dx);
    EXPECT_NEAR(f.dx[0], corner.slope, 1e-6) << corner.activation.kind << " at " << corner.x;
  }
}

TEST_P(ActivationDerivativeOnIsa, Derivative_AtLargeNumbers_IsNeverNaN) {
  const float inf = std::numeric_limits<float>::infinity();
  for (const TestedActivation& activation : kAllActivations) {
    if (works_on_rows(activation)) continue;
    for (float size : {200.0f, 1e10f, 1e30f, std::numeric_limits<float>::max(), inf}) {
      if (std::isinf(size) && activation.kind == NOPT_ACTIVATION_LEAKY_RELU) continue;  // 0 times infinity
      for (float x : {-size, size}) {
        Differentiated f(activation, 1, x, x);
        for (int64_t row = 0; row < kRows; ++row) f.x[row] = x, f.dy[row] = 1;
        f.forward();
        f.backward(execution(), f.dx);
        EXPECT_FALSE(std::isnan(f.dx[0])) << activation.kind << " at " << x;
      }
    }
  }
}

TEST_P(ActivationDerivativeOnIsa, Derivative_OfNaN_KeepsTheGradientOrIsNaN) {
  for (const TestedActivation& activation : kAllActivations) {
    Differentiated f(activation, kMaxColumns, -5.0f, 5.0f);
    f.x[33] = std::nanf("");
    f.forward();
    f.backward(execution(), f.dx);
    EXPECT_FALSE(f.dx[33] == 0) << activation.kind;
    f.dy[66] = std::nanf("");
    f.x[66] = 0.75f;
    f.forward();
    f.backward(execution(), f.dx);
    EXPECT_TRUE(std::isnan(f.dx[66])) << activation.kind;
  }
}

TEST(ActivationDerivative, Backward_WithoutInputGradient_WritesNothing) {
  Differentiated f({NOPT_ACTIVATION_TANH, 0}, 5, -1.0f, 1.0f);
  nopt_activation_backward_args args = {};
  args.activation = NOPT_ACTIVATION_TANH;
  args.y = f.view(f.y);
  args.dy = f.view(f.dy);
  const GuardedArray before = f.dy;
  run_activation_backward(execution_on(Isa::kScalar), args);
  expect_same_bits(f.dy, before, "dy");
}

}  // namespace
}  // namespace nopt
