// Values of the losses in double, written as their papers have them. Gradients are slopes of these.
#ifndef NOPT_TESTS_LOSS_FORMULAS_H
#define NOPT_TESTS_LOSS_FORMULAS_H

#include "loss_reference.h"

namespace nopt {

// Of one row: y may be moved to find a slope.
struct FormulaRow {
  const Batch& batch;
  int64_t row;
  std::vector<double> y;

  FormulaRow(const Batch& b, int64_t r)
      : batch(b), row(r), y(b.y.data() + r * b.columns, b.y.data() + (r + 1) * b.columns) {}

  const LossKind& kind() const { return batch.kind; }
  size_t columns() const { return y.size(); }
  bool has(uint32_t flag) const { return (kind().flags & flag) != 0; }
  double epsilon() const { return static_cast<double>(static_cast<float>(kind().epsilon)); }
  double weight(size_t j) const { return kind().class_weighted ? batch.class_weights[static_cast<int64_t>(j)] : 1.0; }
  double target(size_t j) const {
    const double t = batch.target(row, static_cast<int64_t>(j));
    const double classes = kind().binary() ? 2.0 : static_cast<double>(columns());
    return t * (1 - kind().smoothing) + kind().smoothing / classes;
  }
};

inline double binary_entropy(const FormulaRow& f, double y, double t) {
  if (f.has(NOPT_LOSS_FROM_LOGITS)) return std::max(y, 0.0) - y * t + std::log1p(std::exp(-std::fabs(y)));
  const double p = f.has(NOPT_LOSS_UNCLIPPED) ? y : clip(y);
  return -t * std::log(p) - (1 - t) * std::log(1 - p);
}

inline double binary_focal(const FormulaRow& f, double y, double t) {
  const double p = f.has(NOPT_LOSS_FROM_LOGITS) ? 1 / (1 + std::exp(-y)) : y;
  const double right = t * p + (1 - t) * (1 - p);
  const double alpha = f.kind().alpha;
  const double weight = f.has(NOPT_LOSS_CLASS_BALANCING) ? t * alpha + (1 - t) * (1 - alpha) : 1.0;
  return weight * std::pow(1 - right, f.kind().gamma) * binary_entropy(f, y, t);
}

inline double element_value(const FormulaRow& f, double y, double t) {
  const double d = y - t;
  const double delta = f.kind().delta;
  const double size = std::fabs(d);
  const double e = f.epsilon();
  switch (f.kind().loss) {
    case NOPT_LOSS_MEAN_ABSOLUTE_ERROR:
      return size;
    case NOPT_LOSS_MEAN_ABSOLUTE_PERCENTAGE_ERROR:
      return 100 * size / std::max(std::fabs(t), e);
    case NOPT_LOSS_MEAN_SQUARED_LOGARITHMIC_ERROR:
      return std::pow(std::log(1 + std::max(y, e)) - std::log(1 + std::max(t, e)), 2);
    case NOPT_LOSS_HUBER:
      return size <= delta ? d * d / 2 : delta * size - delta * delta / 2;
    case NOPT_LOSS_SMOOTH_L1:
      return size < delta ? d * d / (2 * delta) : size - delta / 2;
    case NOPT_LOSS_LOG_COSH:
      return std::log(std::cosh(d));
    case NOPT_LOSS_HINGE:
      return std::max(1 - t * y, 0.0);
    case NOPT_LOSS_SQUARED_HINGE:
      return std::pow(std::max(1 - t * y, 0.0), 2);
    case NOPT_LOSS_POISSON: {
      const double stirling =
          f.has(NOPT_LOSS_FULL) && t > 1 ? t * std::log(t) - t + std::log(2 * std::acos(-1.0) * t) / 2 : 0.0;
      return (f.has(NOPT_LOSS_LOG_INPUT) ? std::exp(y) - t * y : y - t * std::log(y + e)) + stirling;
    }
    case NOPT_LOSS_KL_DIVERGENCE:
      if (f.has(NOPT_LOSS_LOG_TARGETS)) return std::exp(t) * (t - y);
      if (f.has(NOPT_LOSS_LOG_INPUT)) return t * (std::log(t) - y);
      return std::max(t, e) * std::log(std::max(t, e) / std::max(y, e));
    case NOPT_LOSS_BINARY_FOCAL_CROSS_ENTROPY:
      return binary_focal(f, y, t);
    default:
      return binary_entropy(f, y, t);
  }
}

// -sum w t (1 - p)^gamma log p; `total` is what probabilities are divided by.
inline double categorical_value(const FormulaRow& f, double total) {
  const bool logits = f.has(NOPT_LOSS_FROM_LOGITS);
  const double largest = logits ? *std::max_element(f.y.begin(), f.y.end()) : 0.0;
  double sum = 0;
  for (const double y : f.y) sum += std::exp(y - largest);
  double value = 0;
  for (size_t j = 0; j < f.columns(); ++j) {
    const double share = f.has(NOPT_LOSS_UNCLIPPED) ? f.y[j] : clip(f.y[j] / total);
    const double log_p = logits ? f.y[j] - largest - std::log(sum) : std::log(share);
    value -= f.weight(j) * f.target(j) * std::pow(1 - std::exp(log_p), f.kind().gamma) * log_p;
  }
  return value;
}

inline double cosine_value(const FormulaRow& f) {
  double product = 0, y_squares = 0, t_squares = 0;
  for (size_t j = 0; j < f.columns(); ++j) {
    product += f.y[j] * f.target(j);
    y_squares += f.y[j] * f.y[j];
    t_squares += f.target(j) * f.target(j);
  }
  return -product / (std::max(std::sqrt(y_squares), f.epsilon()) * std::max(std::sqrt(t_squares), f.epsilon()));
}

inline double tversky_value(const FormulaRow& f) {
  double common = 0, only_y = 0, only_t = 0;
  for (size_t j = 0; j < f.columns(); ++j) {
    common += f.target(j) * f.y[j];
    only_y += (1 - f.target(j)) * f.y[j];
    only_t += f.target(j) * (1 - f.y[j]);
  }
  return 1 - common / (common + f.kind().alpha * only_y + f.kind().beta * only_t + f.epsilon());
}

inline double categorical_hinge_value(const FormulaRow& f) {
  double right = 0;
  double wrong = -HUGE_VAL;
  for (size_t j = 0; j < f.columns(); ++j) {
    right += f.target(j) * f.y[j];
    wrong = std::max(wrong, (1 - f.target(j)) * f.y[j]);
  }
  return std::max(wrong - right + 1, 0.0);
}

// `total`: the row sum that the cross-entropies take for a constant.
inline double row_value(const FormulaRow& f, double total) {
  switch (f.kind().loss) {
    case NOPT_LOSS_CATEGORICAL_CROSS_ENTROPY:
    case NOPT_LOSS_SPARSE_CATEGORICAL_CROSS_ENTROPY:
      return categorical_value(f, total);
    case NOPT_LOSS_CATEGORICAL_FOCAL_CROSS_ENTROPY: {
      double own_total = 0;
      for (const double y : f.y) own_total += y;
      return f.kind().alpha * categorical_value(f, own_total);
    }
    case NOPT_LOSS_COSINE_SIMILARITY:
      return cosine_value(f);
    case NOPT_LOSS_TVERSKY:
      return tversky_value(f);
    case NOPT_LOSS_CATEGORICAL_HINGE:
      return categorical_hinge_value(f);
    default: {
      double sum = 0;
      for (size_t j = 0; j < f.columns(); ++j) sum += element_value(f, f.y[j], f.target(j));
      return f.kind().loss == NOPT_LOSS_KL_DIVERGENCE ? sum : sum / static_cast<double>(f.columns());
    }
  }
}

// Value and central differences.
inline Expected formula_row(const Batch& b, int64_t row) {
  constexpr double kStep = 1e-6;
  FormulaRow f(b, row);
  double total = 0;
  for (const double y : f.y) total += y;
  Expected e;
  e.value = row_value(f, total);
  for (double& y : f.y) {
    const double before = y;
    y = before + kStep;
    const double above = row_value(f, total);
    y = before - kStep;
    e.gradient.push_back((above - row_value(f, total)) / (2 * kStep));
    y = before;
  }
  return e;
}

}  // namespace nopt

#endif  // NOPT_TESTS_LOSS_FORMULAS_H
