// Normalizations against a reference in double, and the same bits on every instruction set and for any number of
// threads.
#include "kernels/normalization.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "isa_support.h"
#include "test_data.h"

namespace nopt {
namespace {

class Normalization : public IsaTest {};
NOPT_INSTANTIATE_FOR_ISAS(Normalization);

constexpr double kEpsilon = 1e-3;

// A layer with its arrays, run forward and backward.
struct Layer {
  Layer(int32_t kind_, int64_t rows_, int64_t columns_)
      : kind(kind_),
        rows(rows_),
        columns(columns_),
        statistics(kind == NOPT_NORMALIZATION_BATCH ? columns : rows),
        x(rows * columns, true),
        dy(rows * columns),
        gamma(columns),
        beta(columns),
        moving_mean(columns),
        moving_variance(columns),
        mean(statistics),
        inverse(statistics),
        y(rows * columns, true),
        dgamma(columns),
        dbeta(columns),
        dx(rows * columns) {
    x.fill(1, -2.0f, 4.0f);
    dy.fill(2);
    gamma.fill(3);
    beta.fill(4);
    moving_mean.fill(5);
    moving_variance.fill(6, 0.5f, 2.0f);
  }

  nopt_matrix statistic(GuardedArray& array) {
    return kind == NOPT_NORMALIZATION_BATCH ? matrix_of(array, 1, columns) : matrix_of(array, rows, 1);
  }

  void run(const Execution& execution, uint32_t flags = 0) {
    nopt_normalization_forward_args f = {};
    f.normalization = kind;
    f.flags = flags;
    f.epsilon = kEpsilon;
    f.momentum = 0.75;
    f.x = matrix_of(x, rows, columns);
    f.gamma = matrix_of(gamma, 1, columns);
    f.beta = matrix_of(beta, 1, columns);
    if (kind == NOPT_NORMALIZATION_BATCH) {
      f.moving_mean = matrix_of(moving_mean, 1, columns);
      f.moving_variance = matrix_of(moving_variance, 1, columns);
    }
    if (kind != NOPT_NORMALIZATION_RMS) f.mean = statistic(mean);
    f.inverse = statistic(inverse);
    f.y = matrix_of(y, rows, columns);
    run_normalization_forward(execution, f);
    nopt_normalization_backward_args b = {};
    b.normalization = kind;
    b.flags = flags & NOPT_NORMALIZATION_FIXED;
    b.x = f.x;
    b.gamma = f.gamma;
    b.mean = f.mean;
    b.inverse = f.inverse;
    b.dy = matrix_of(dy, rows, columns);
    b.dgamma = matrix_of(dgamma, 1, columns);
    b.dbeta = matrix_of(dbeta, 1, columns);
    b.dx = matrix_of(dx, rows, columns);
    run_normalization_backward(execution, b);
  }

  int32_t kind;
  int64_t rows, columns, statistics;
  GuardedArray x, dy, gamma, beta, moving_mean, moving_variance, mean, inverse, y, dgamma, dbeta, dx;
};

// Mean and inverse deviation of element (row, column) in double.
struct Statistics {
  double mean;
  double variance;
};

Statistics statistics_of(const Layer& layer, int64_t row, int64_t column) {
  const bool batch = layer.kind == NOPT_NORMALIZATION_BATCH;
  const int64_t count = batch ? layer.rows : layer.columns;
  const auto at = [&](int64_t i) {
    return static_cast<double>(batch ? layer.x[i * layer.columns + column] : layer.x[row * layer.columns + i]);
  };
  Statistics s = {0, 0};
  if (layer.kind != NOPT_NORMALIZATION_RMS) {
    for (int64_t i = 0; i < count; ++i) s.mean += at(i) / static_cast<double>(count);
  }
  for (int64_t i = 0; i < count; ++i) s.variance += (at(i) - s.mean) * (at(i) - s.mean) / static_cast<double>(count);
  return s;
}

TEST_P(Normalization, Outputs_AreTheFormulaInDouble) {
  for (int32_t kind : {NOPT_NORMALIZATION_BATCH, NOPT_NORMALIZATION_LAYER, NOPT_NORMALIZATION_RMS}) {
    for (int64_t columns : {1, 3, 16, 17, 67, 130}) {
      Layer layer(kind, 5, columns);
      layer.run(execution());
      for (int64_t i = 0; i < layer.rows * columns; ++i) {
        const Statistics s = statistics_of(layer, i / columns, i % columns);
        const double normalized = (layer.x[i] - s.mean) / std::sqrt(s.variance + kEpsilon);
        EXPECT_NEAR(layer.y[i], normalized * layer.gamma[i % columns] + layer.beta[i % columns], 2e-4)
            << "kind " << kind << ", " << columns << " columns, element " << i;
      }
      for (const GuardedArray* array : {&layer.y, &layer.dx, &layer.mean, &layer.inverse, &layer.dgamma, &layer.dbeta,
                                        &layer.moving_mean, &layer.moving_variance}) {
        EXPECT_TRUE(array->guards_are_intact());
      }
    }
  }
}

TEST_P(Normalization, Everything_HasTheBitsOfScalarCodeOnOneThread) {
  for (int32_t kind : {NOPT_NORMALIZATION_BATCH, NOPT_NORMALIZATION_LAYER, NOPT_NORMALIZATION_RMS}) {
    for (uint32_t flags :
         {0u, static_cast<uint32_t>(NOPT_NORMALIZATION_FIXED), static_cast<uint32_t>(NOPT_NORMALIZATION_UNBIASED)}) {
      for (int64_t columns : {1, 15, 64, 131, 1500}) {
        Layer expected(kind, 70, columns);
        expected.run(execution_on(Isa::kScalar), flags);
        for (int threads : {1, 4}) {
          Layer actual(kind, 70, columns);
          actual.run(execution(threads), flags);
          expect_same_bits(actual.y, expected.y, "y");
          expect_same_bits(actual.dx, expected.dx, "dx");
          expect_same_bits(actual.dgamma, expected.dgamma, "dgamma");
          expect_same_bits(actual.dbeta, expected.dbeta, "dbeta");
          expect_same_bits(actual.moving_mean, expected.moving_mean, "moving_mean");
          expect_same_bits(actual.moving_variance, expected.moving_variance, "moving_variance");
        }
      }
    }
  }
}

TEST_P(Normalization, MovingStatistics_FollowTheBatch_UnlessFixed) {
  Layer before(NOPT_NORMALIZATION_BATCH, 5, 20);
  Layer biased(NOPT_NORMALIZATION_BATCH, 5, 20);
  Layer unbiased(NOPT_NORMALIZATION_BATCH, 5, 20);
  Layer fixed(NOPT_NORMALIZATION_BATCH, 5, 20);
  biased.run(execution());
  unbiased.run(execution(), NOPT_NORMALIZATION_UNBIASED);
  fixed.run(execution(), NOPT_NORMALIZATION_FIXED);
  for (int64_t c = 0; c < 20; ++c) {
    const Statistics s = statistics_of(before, 0, c);
    EXPECT_NEAR(biased.moving_mean[c], before.moving_mean[c] * 0.75 + s.mean * 0.25, 1e-6);
    EXPECT_NEAR(biased.moving_variance[c], before.moving_variance[c] * 0.75 + s.variance * 0.25, 2e-6);
    EXPECT_NEAR(unbiased.moving_variance[c], before.moving_variance[c] * 0.75 + s.variance * 1.25 * 0.25, 2e-6);
    const double inverse = 1 / std::sqrt(before.moving_variance[c] + kEpsilon);
    EXPECT_NEAR(fixed.y[c], (before.x[c] - before.moving_mean[c]) * inverse * before.gamma[c] + before.beta[c], 1e-5);
    EXPECT_NEAR(fixed.dx[c], before.dy[c] * inverse * before.gamma[c], 1e-5);
  }
  expect_same_bits(fixed.moving_mean, before.moving_mean, "moving_mean");
  expect_same_bits(fixed.moving_variance, before.moving_variance, "moving_variance");
}

// The derivative of sum(dy y) along one element of x, by differences of the kernel's own outputs.
TEST_P(Normalization, InputGradient_IsTheSlopeOfTheOutputs) {
  for (int32_t kind : {NOPT_NORMALIZATION_BATCH, NOPT_NORMALIZATION_LAYER, NOPT_NORMALIZATION_RMS}) {
    Layer layer(kind, 6, 5);
    layer.run(execution());
    for (int64_t i = 0; i < 30; ++i) {
      double value[2];
      for (int side : {0, 1}) {
        Layer moved(kind, 6, 5);
        moved.x[i] += side == 0 ? -0.01f : 0.01f;
        moved.run(execution());
        value[side] = 0;
        for (int64_t k = 0; k < 30; ++k) value[side] += static_cast<double>(moved.y[k]) * moved.dy[k];
      }
      EXPECT_NEAR(layer.dx[i], (value[1] - value[0]) / 0.02, 2e-3) << "kind " << kind << ", element " << i;
    }
  }
}

}  // namespace
}  // namespace nopt
