// Activations and their derivatives in double, written as in the papers.
#ifndef NOPT_TESTS_ACTIVATION_REFERENCE_H
#define NOPT_TESTS_ACTIVATION_REFERENCE_H

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "nativeopt/nativeopt.h"

namespace nopt {

struct TestedActivation {
  int32_t kind;
  double parameter;
};

// All of them, those with a parameter with two; without PRELU, which has slopes.
constexpr TestedActivation kAllActivations[] = {
    {NOPT_ACTIVATION_LINEAR, 0},        {NOPT_ACTIVATION_RELU, 0},          {NOPT_ACTIVATION_SIGMOID, 0},
    {NOPT_ACTIVATION_TANH, 0},          {NOPT_ACTIVATION_SOFTMAX, 0},       {NOPT_ACTIVATION_CAPPED_RELU, 6},
    {NOPT_ACTIVATION_CAPPED_RELU, 1},   {NOPT_ACTIVATION_LEAKY_RELU, 0.2},  {NOPT_ACTIVATION_LEAKY_RELU, 0},
    {NOPT_ACTIVATION_ELU, 1},           {NOPT_ACTIVATION_ELU, 0.3},         {NOPT_ACTIVATION_SELU, 0},
    {NOPT_ACTIVATION_CELU, 1},          {NOPT_ACTIVATION_CELU, 2.5},        {NOPT_ACTIVATION_GELU, 0},
    {NOPT_ACTIVATION_GELU_TANH, 0},     {NOPT_ACTIVATION_SILU, 1},          {NOPT_ACTIVATION_SILU, 1.7},
    {NOPT_ACTIVATION_MISH, 0},          {NOPT_ACTIVATION_HARD_SIGMOID, 0},  {NOPT_ACTIVATION_HARD_SILU, 0},
    {NOPT_ACTIVATION_HARD_TANH, 0},     {NOPT_ACTIVATION_SOFTPLUS, 1},      {NOPT_ACTIVATION_SOFTPLUS, 2},
    {NOPT_ACTIVATION_SOFTSIGN, 0},      {NOPT_ACTIVATION_LOG_SOFTMAX, 0},   {NOPT_ACTIVATION_EXPONENTIAL, 0},
    {NOPT_ACTIVATION_LOG_SIGMOID, 0},   {NOPT_ACTIVATION_SOFT_SHRINK, 0.5}, {NOPT_ACTIVATION_SOFT_SHRINK, 0},
    {NOPT_ACTIVATION_HARD_SHRINK, 0.5}, {NOPT_ACTIVATION_TANH_SHRINK, 0},   {NOPT_ACTIVATION_SQUAREPLUS, 4},
    {NOPT_ACTIVATION_SQUAREPLUS, 0},
};

inline bool works_on_rows(const TestedActivation& a) {
  return a.kind == NOPT_ACTIVATION_SOFTMAX || a.kind == NOPT_ACTIVATION_LOG_SOFTMAX;
}

struct ValueAndSlope {
  double value, slope;
};

inline double reference_logistic(double x) {
  return x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x));
}

inline ValueAndSlope reference_gelu_tanh(double x) {
  const double root = std::sqrt(2 / M_PI);
  const double u = root * (x + 0.044715 * x * x * x);
  const double s = reference_logistic(2 * u);  // (1 + tanh(u)) / 2 without its cancellation
  return {x * s, s + x * 2 * s * reference_logistic(-2 * u) * root * (1 + 3 * 0.044715 * x * x)};
}

inline ValueAndSlope reference_mish(double x) {
  const double t = std::tanh(std::log1p(std::exp(x)));
  return {x * t, t + x * (1 - t * t) * reference_logistic(x)};
}

// One that works element by element, and its derivative, at x.
inline ValueAndSlope reference_activation(const TestedActivation& a, double x) {
  const double p = a.parameter;
  const double s = reference_logistic(x);
  const double t = std::tanh(x);
  switch (a.kind) {
    case NOPT_ACTIVATION_RELU:
      return {std::max(x, 0.0), x > 0 ? 1.0 : 0.0};
    case NOPT_ACTIVATION_SIGMOID:
      return {s, s * (1 - s)};
    case NOPT_ACTIVATION_TANH:
      return {t, 1 - t * t};
    case NOPT_ACTIVATION_CAPPED_RELU:
      return {std::min(std::max(x, 0.0), p), x > 0 && x < p ? 1.0 : 0.0};
    case NOPT_ACTIVATION_LEAKY_RELU:
      return {x > 0 ? x : p * x, x > 0 ? 1 : p};
    case NOPT_ACTIVATION_ELU:
      return {x > 0 ? x : p * std::expm1(x), x > 0 ? 1 : p * std::exp(x)};
    case NOPT_ACTIVATION_SELU: {
      const double scale = 1.0507009873554804934, alpha = 1.6732632423543772848;
      return {scale * (x > 0 ? x : alpha * std::expm1(x)), scale * (x > 0 ? 1 : alpha * std::exp(x))};
    }
    case NOPT_ACTIVATION_CELU:
      return {x > 0 ? x : p * std::expm1(x / p), x > 0 ? 1 : std::exp(x / p)};
    case NOPT_ACTIVATION_GELU: {
      const double below = 0.5 * std::erfc(-x * M_SQRT1_2);
      return {x * below, below + x * std::exp(-0.5 * x * x) / std::sqrt(2 * M_PI)};
    }
    case NOPT_ACTIVATION_GELU_TANH:
      return reference_gelu_tanh(x);
    case NOPT_ACTIVATION_SILU: {
      const double v = reference_logistic(p * x);
      return {x * v, v + p * x * v * (1 - v)};
    }
    case NOPT_ACTIVATION_MISH:
      return reference_mish(x);
    case NOPT_ACTIVATION_HARD_SIGMOID:
      return {std::min(std::max(x + 3, 0.0), 6.0) / 6, x > -3 && x < 3 ? 1.0 / 6 : 0.0};
    case NOPT_ACTIVATION_HARD_SILU:
      return {x * std::min(std::max(x + 3, 0.0), 6.0) / 6, x < -3 ? 0 : x < 3 ? x / 3 + 0.5 : 1};
    case NOPT_ACTIVATION_HARD_TANH:
      return {std::min(std::max(x, -1.0), 1.0), x > -1 && x < 1 ? 1.0 : 0.0};
    case NOPT_ACTIVATION_SOFTPLUS:
      return {std::max(x, 0.0) + std::log1p(std::exp(-std::fabs(p * x))) / p, reference_logistic(p * x)};
    case NOPT_ACTIVATION_SOFTSIGN:
      return {x / (1 + std::fabs(x)), 1 / ((1 + std::fabs(x)) * (1 + std::fabs(x)))};
    case NOPT_ACTIVATION_EXPONENTIAL:
      return {std::exp(x), std::exp(x)};
    case NOPT_ACTIVATION_LOG_SIGMOID:
      return {std::min(x, 0.0) - std::log1p(std::exp(-std::fabs(x))), 1 - s};
    case NOPT_ACTIVATION_SOFT_SHRINK:
      return {x > p ? x - p : x < -p ? x + p : 0, std::fabs(x) > p ? 1.0 : 0.0};
    case NOPT_ACTIVATION_HARD_SHRINK:
      return {std::fabs(x) > p ? x : 0, std::fabs(x) > p ? 1.0 : 0.0};
    case NOPT_ACTIVATION_TANH_SHRINK:
      return {x - t, t * t};
    case NOPT_ACTIVATION_SQUAREPLUS: {
      const double root = std::sqrt(x * x + p);
      return {(x + root) / 2, root == 0 ? 0 : (1 + x / root) / 2};
    }
    default:
      return {x, 1};
  }
}

// y = f(x) of one row.
inline std::vector<double> reference_row(const TestedActivation& a, const float* x, int64_t count) {
  std::vector<double> y(x, x + count);
  if (!works_on_rows(a)) {
    for (double& v : y) v = reference_activation(a, v).value;
    return y;
  }
  const double largest = *std::max_element(y.begin(), y.end());
  double sum = 0;
  for (double v : y) sum += std::exp(v - largest);
  for (double& v : y) {
    v = v - largest - std::log(sum);
    if (a.kind == NOPT_ACTIVATION_SOFTMAX) v = std::exp(v);
  }
  return y;
}

// dL/dx of one row from x and dL/dy.
inline std::vector<double> reference_slope(const TestedActivation& a, const float* x, const float* dy, int64_t count) {
  std::vector<double> dx(dy, dy + count);
  if (!works_on_rows(a)) {
    for (int64_t j = 0; j < count; ++j) dx[static_cast<size_t>(j)] *= reference_activation(a, x[j]).slope;
    return dx;
  }
  const std::vector<double> y = reference_row({NOPT_ACTIVATION_SOFTMAX, 0}, x, count);
  double inner = 0, sum = 0;
  for (size_t j = 0; j < y.size(); ++j) inner += y[j] * dx[j], sum += dx[j];
  for (size_t j = 0; j < y.size(); ++j)
    dx[j] = a.kind == NOPT_ACTIVATION_SOFTMAX ? y[j] * (dx[j] - inner) : dx[j] - y[j] * sum;
  return dx;
}

}  // namespace nopt

#endif  // NOPT_TESTS_ACTIVATION_REFERENCE_H
