// A batch for the losses, and what they give in double.
#ifndef NOPT_TESTS_LOSS_REFERENCE_H
#define NOPT_TESTS_LOSS_REFERENCE_H

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "test_data.h"

namespace nopt {

struct LossKind {
  int32_t loss;
  uint32_t flags;
  double delta = 0, gamma = 0, alpha = 0, beta = 0, epsilon = 0, smoothing = 0;
  bool class_weighted = false;
  bool sparse() const { return loss == NOPT_LOSS_SPARSE_CATEGORICAL_CROSS_ENTROPY; }
  bool categorical() const { return sparse() || loss == NOPT_LOSS_CATEGORICAL_CROSS_ENTROPY; }
  bool logits() const { return (flags & NOPT_LOSS_FROM_LOGITS) != 0; }
  bool binary() const { return loss == NOPT_LOSS_BINARY_CROSS_ENTROPY || loss == NOPT_LOSS_BINARY_FOCAL_CROSS_ENTROPY; }
  bool counts() const { return categorical() || binary() || loss == NOPT_LOSS_CATEGORICAL_FOCAL_CROSS_ENTROPY; }
  bool positive() const {
    const bool distribution = loss == NOPT_LOSS_POISSON || loss == NOPT_LOSS_KL_DIVERGENCE;
    return (counts() && !logits()) || (distribution && (flags & NOPT_LOSS_LOG_INPUT) == 0) || loss == NOPT_LOSS_TVERSKY;
  }
};

constexpr LossKind kKinds[] = {{NOPT_LOSS_MEAN_SQUARED_ERROR, 0},
                               {NOPT_LOSS_BINARY_CROSS_ENTROPY, 0},
                               {NOPT_LOSS_BINARY_CROSS_ENTROPY, NOPT_LOSS_FROM_LOGITS},
                               {NOPT_LOSS_CATEGORICAL_CROSS_ENTROPY, 0},
                               {NOPT_LOSS_CATEGORICAL_CROSS_ENTROPY, NOPT_LOSS_FROM_LOGITS},
                               {NOPT_LOSS_SPARSE_CATEGORICAL_CROSS_ENTROPY, 0},
                               {NOPT_LOSS_SPARSE_CATEGORICAL_CROSS_ENTROPY, NOPT_LOSS_FROM_LOGITS}};

constexpr double kScale = 0.25;

// Predictions, targets and weights of a batch, and the results.
struct Batch {
  Batch(const LossKind& k, int64_t r, int64_t c, bool weighted)
      : kind(k),
        rows(r),
        columns(c),
        y(r * c, true),
        t(r * c, true),
        weights(r, true),
        dy(r * c, true),
        class_weights(c, true),
        labels(static_cast<size_t>(r)),
        uses_weights(weighted) {
    y.fill(1, kind.positive() ? 0.01f : -6.0f, kind.positive() ? 0.99f : 6.0f);
    class_weights.fill(6, 0.5f, 2.0f);
    t.fill(2, 0.0f, 1.0f);
    weights.fill(3, 0.0f, 2.0f);
    for (int64_t i = 0; i < r; ++i)
      labels[static_cast<size_t>(i)] = static_cast<int32_t>(philox_block(5, 4, static_cast<uint64_t>(i)).word[0] % c);
  }

  nopt_loss_args args(bool gradient = true) {
    nopt_loss_args a = {};
    a.struct_size = sizeof(a);
    a.loss = kind.loss;
    a.flags = kind.flags;
    a.gradient_scale = kScale;
    a.y = matrix_of(y, rows, columns);
    a.targets = kind.sparse() ? matrix_of(labels.data(), rows, 1, 1, NOPT_DTYPE_I32) : matrix_of(t, rows, columns);
    if (uses_weights) a.sample_weights = matrix_of(weights, rows, 1);
    if (gradient) a.dy = matrix_of(dy, rows, columns);
    a.loss_sum = &sum;
    a.correct_count = kind.counts() ? &correct : nullptr;
    a.delta = kind.delta;
    a.gamma = kind.gamma;
    a.alpha = kind.alpha;
    a.beta = kind.beta;
    a.epsilon = kind.epsilon;
    a.label_smoothing = kind.smoothing;
    if (kind.class_weighted) a.class_weights = matrix_of(class_weights, 1, columns);
    return a;
  }

  double weight(int64_t row) const { return uses_weights ? weights[row] : 1.0; }
  double target(int64_t row, int64_t j) const {
    return kind.sparse() ? (labels[static_cast<size_t>(row)] == j ? 1.0 : 0.0) : t[row * columns + j];
  }

  LossKind kind;
  int64_t rows, columns;
  GuardedArray y, t, weights, dy, class_weights;
  std::vector<int32_t> labels;
  bool uses_weights;
  double sum = -1;
  int64_t correct = -1;
};

inline double clip(double p) {
  return std::min(std::max(p, static_cast<double>(1e-7f)), static_cast<double>(1.0f - 1e-7f));
}

struct Expected {
  double value = 0;
  std::vector<double> gradient;  // of the row's value, unweighted
};

inline Expected elementwise_row(const Batch& b, int64_t row) {
  Expected e;
  const double c = static_cast<double>(b.columns);
  for (int64_t j = 0; j < b.columns; ++j) {
    const double y = b.y[row * b.columns + j];
    const double t = b.target(row, j);
    if (b.kind.loss == NOPT_LOSS_MEAN_SQUARED_ERROR) {
      e.value += (y - t) * (y - t) / c;
      e.gradient.push_back(2 * (y - t) / c);
    } else if (b.kind.logits()) {
      e.value += (std::max(y, 0.0) - y * t + std::log1p(std::exp(-std::fabs(y)))) / c;
      e.gradient.push_back((1 / (1 + std::exp(-y)) - t) / c);
    } else {
      const double p = clip(y);
      e.value -= (t * std::log(p) + (1 - t) * std::log(1 - p)) / c;
      e.gradient.push_back(p == y ? (p - t) / (p * (1 - p)) / c : 0.0);
    }
  }
  return e;
}

inline Expected categorical_row(const Batch& b, int64_t row) {
  Expected e;
  const float* y = b.y.data() + row * b.columns;
  const double largest = *std::max_element(y, y + b.columns);
  double total = 0;
  double targets = 0;
  for (int64_t j = 0; j < b.columns; ++j) {
    total += b.kind.logits() ? std::exp(y[j] - largest) : y[j];
    targets += b.target(row, j);
  }
  for (int64_t j = 0; j < b.columns; ++j) {
    const double t = b.target(row, j);
    if (b.kind.logits()) {
      if (t != 0) e.value += t * (largest + std::log(total) - y[j]);
      e.gradient.push_back(std::exp(y[j] - largest) / total * targets - t);
    } else {
      const double p = total == 0 ? 0.0 : y[j] / total;
      if (t != 0) e.value -= t * std::log(clip(p));
      e.gradient.push_back(clip(p) == p ? -t / y[j] : 0.0);
    }
  }
  return e;
}

inline Expected expected_row(const Batch& b, int64_t row) {
  return b.kind.categorical() ? categorical_row(b, row) : elementwise_row(b, row);
}

template <class At>
int64_t index_of_largest(int64_t count, At at) {
  int64_t best = 0;
  for (int64_t j = 1; j < count; ++j) best = at(j) > at(best) ? j : best;
  return best;
}

inline int64_t expected_correct(const Batch& b) {
  int64_t correct = 0;
  for (int64_t i = 0; i < b.rows; ++i) {
    const auto y = [&](int64_t j) { return static_cast<double>(b.y[i * b.columns + j]); };
    const auto t = [&](int64_t j) { return b.target(i, j); };
    if (!b.kind.binary()) {
      correct += index_of_largest(b.columns, y) == index_of_largest(b.columns, t) ? 1 : 0;
      continue;
    }
    for (int64_t j = 0; j < b.columns; ++j) correct += (y(j) > (b.kind.logits() ? 0.0 : 0.5)) == (t(j) > 0.5) ? 1 : 0;
  }
  return correct;
}

inline void expect_batch(const Batch& b, bool gradient) {
  double sum = 0;
  for (int64_t i = 0; i < b.rows; ++i) {
    const Expected e = expected_row(b, i);
    sum += b.weight(i) * e.value;
    for (int64_t j = 0; gradient && j < b.columns; ++j) {
      const double value = kScale * b.weight(i) * e.gradient[static_cast<size_t>(j)];
      ASSERT_NEAR(b.dy[i * b.columns + j], value, 2e-6 * std::fabs(value) + 3e-7)
          << "loss " << b.kind.loss << " flags " << b.kind.flags;
    }
  }
  EXPECT_NEAR(b.sum, sum, 2e-6 * std::fabs(sum))
      << "loss " << b.kind.loss << " flags " << b.kind.flags << " columns " << b.columns;
  if (b.kind.counts()) {
    EXPECT_EQ(b.correct, expected_correct(b));
  }
}

}  // namespace nopt

#endif  // NOPT_TESTS_LOSS_REFERENCE_H
