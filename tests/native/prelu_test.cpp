// PReLU and the gradients of its slopes against double, on every instruction set.
#include <gtest/gtest.h>

#include <cmath>

#include "isa_support.h"
#include "kernels/activation.h"
#include "test_data.h"

namespace nopt {
namespace {

// Matrices of one PReLU; strides are larger than the rows.
struct Prelu {
  Prelu(int64_t row_count, int64_t width, bool shared)
      : rows(row_count),
        columns(width),
        slope_count(shared ? 1 : width),
        x(rows * (width + 1), true),
        y(rows * (width + 1)),
        dy(rows * (width + 2)),
        dx(rows * (width + 3)),
        slopes(slope_count),
        dslopes(slope_count) {
    x.fill(1);
    dy.fill(2);
    slopes.fill(3, 0.1f, 0.6f);
    dslopes.fill(4);
    y.fill(5);
    dx.fill(6);
  }

  void forward(const Execution& execution) {
    nopt_activation_args args = {};
    args.activation = NOPT_ACTIVATION_PRELU;
    args.x = matrix_of(x, rows, columns, columns + 1);
    args.y = matrix_of(y, rows, columns, columns + 1);
    args.slopes = matrix_of(slopes, 1, slope_count);
    run_activation(execution, args);
  }
  void backward(const Execution& execution, uint32_t flags = 0, bool in_place = false) {
    nopt_activation_backward_args args = {};
    args.activation = NOPT_ACTIVATION_PRELU;
    args.flags = flags;
    args.x = matrix_of(x, rows, columns, columns + 1);
    args.slopes = matrix_of(slopes, 1, slope_count);
    args.dy = matrix_of(dy, rows, columns, columns + 2);
    args.dslopes = matrix_of(dslopes, 1, slope_count);
    args.dx = in_place ? args.dy : matrix_of(dx, rows, columns, columns + 3);
    run_activation_backward(execution, args);
  }
  double slope(int64_t j) const { return slopes[slope_count == 1 ? 0 : j]; }
  double x_at(int64_t i, int64_t j) const { return x[i * (columns + 1) + j]; }
  double dy_at(int64_t i, int64_t j) const { return dy[i * (columns + 2) + j]; }

  int64_t rows, columns, slope_count;
  GuardedArray x, y, dy, dx, slopes, dslopes;
};

class PreluOnIsa : public IsaTest {};
NOPT_INSTANTIATE_FOR_ISAS(PreluOnIsa);

TEST_P(PreluOnIsa, ForwardAndInputGradient_ForEachWidth_MatchDouble) {
  for (bool shared : {false, true}) {
    for (int64_t columns = 1; columns <= 67; ++columns) {
      Prelu p(3, columns, shared);
      p.forward(execution());
      p.backward(execution());
      ASSERT_TRUE(p.y.guards_are_intact() && p.dx.guards_are_intact() && p.dslopes.guards_are_intact());
      for (int64_t i = 0; i < p.rows; ++i) {
        for (int64_t j = 0; j < columns; ++j) {
          const double factor = p.x_at(i, j) > 0 ? 1 : p.slope(j);
          ASSERT_NEAR(p.y[i * (columns + 1) + j], p.x_at(i, j) * factor, 1e-7);
          ASSERT_NEAR(p.dx[i * (columns + 3) + j], p.dy_at(i, j) * factor, 1e-7);
        }
      }
    }
  }
}

TEST_P(PreluOnIsa, SlopeGradient_ForEachWidth_MatchesDouble) {
  for (bool shared : {false, true}) {
    for (uint32_t flags : {0u, static_cast<uint32_t>(NOPT_BACKWARD_ACCUMULATE)}) {
      for (int64_t columns : {1, 3, 16, 31, 67, 300}) {
        Prelu p(5, columns, shared);
        const GuardedArray before = p.dslopes;
        p.backward(execution(), flags);
        for (int64_t s = 0; s < p.slope_count; ++s) {
          double sum = flags != 0 ? static_cast<double>(before[s]) : 0;
          for (int64_t i = 0; i < p.rows; ++i) {
            for (int64_t j = 0; j < columns; ++j) {
              if ((shared || j == s) && p.x_at(i, j) <= 0) sum += p.x_at(i, j) * p.dy_at(i, j);
            }
          }
          ASSERT_NEAR(p.dslopes[s], sum, 2e-5) << (shared ? "shared, " : "") << columns << " columns";
        }
      }
    }
  }
}

TEST_P(PreluOnIsa, Gradients_HaveTheBitsOfTheScalarKernelsOnAnyNumberOfThreads) {
  for (bool shared : {false, true}) {
    Prelu expected(400, 300, shared);
    expected.backward(execution_on(Isa::kScalar));
    for (int threads : {1, 3}) {
      Prelu actual(400, 300, shared);
      actual.backward(execution(threads));
      expect_same_bits(actual.dx, expected.dx, "dx");
      expect_same_bits(actual.dslopes, expected.dslopes, "dslopes");
    }
  }
}

TEST_P(PreluOnIsa, Backward_InPlaceOfTheGradient_GivesTheSameSlopeGradient) {
  Prelu apart(4, 37, false);
  Prelu in_place(4, 37, false);
  apart.backward(execution());
  in_place.backward(execution(), 0, true);
  expect_same_bits(in_place.dslopes, apart.dslopes, "dslopes");
  for (int64_t i = 0; i < 4; ++i) {
    for (int64_t j = 0; j < 37; ++j) ASSERT_EQ(in_place.dy[i * 39 + j], apart.dx[i * 40 + j]);
  }
}

TEST_P(PreluOnIsa, Backward_AtZero_TakesTheSlope) {
  Prelu p(1, 1, false);
  p.x[0] = 0;
  p.dy[0] = 2;
  p.slopes[0] = 0.25f;
  p.backward(execution());
  EXPECT_EQ(p.dx[0], 0.5f);
  EXPECT_EQ(p.dslopes[0], 0.0f);
}

}  // namespace
}  // namespace nopt
