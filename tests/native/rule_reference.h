// The optimizer rules and the prologue once more, as plain scalar C++ that a reader can compare with the papers.
// Written independently of the kernels and compiled without contraction, so results must agree to the last bit.
#ifndef NOPT_TESTS_RULE_REFERENCE_H
#define NOPT_TESTS_RULE_REFERENCE_H

#include <cfloat>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "nativeopt/nativeopt.h"

namespace nopt {

// Updates one element: weight w, gradient g, slots s, scalars a.
using ReferenceRule = void (*)(uint32_t variant, float& w, float g, float* s, const float* a);

inline float larger_or_nan(float a, float b) {
  return std::isnan(a) ? a : (a > b ? a : b);
}

inline void reference_sgd(uint32_t, float& w, float g, float*, const float* a) {
  w = w - a[0] * g;
}

inline void reference_momentum(uint32_t, float& w, float g, float* s, const float* a) {
  s[0] = a[0] * s[0] + a[1] * g;
  w = w - a[2] * s[0];
}

inline void reference_nesterov(uint32_t, float& w, float g, float* s, const float* a) {
  s[0] = a[0] * s[0] + a[1] * g;
  w = w - a[2] * (a[0] * s[0] + a[1] * g);
}

inline void reference_rmsprop(uint32_t variant, float& w, float g, float* s, const float* a) {
  const bool centered = (variant & 1) != 0;
  const bool momentum = (variant & 2) != 0;
  s[0] = a[0] * s[0] + a[1] * (g * g);
  float variance = s[0];
  if (centered) {
    s[1] = a[0] * s[1] + a[1] * g;
    variance = s[0] - a[7] * (s[1] * s[1]);
  }
  const float d = std::sqrt(variance + a[2]) + a[3];
  if (momentum) {
    const float u = (a[5] * g) / d;
    s[2] = a[4] * s[2] + u;
    w = w - a[6] * ((variant & 4) != 0 ? a[4] * s[2] + u : s[2]);
  } else {
    w = w - (a[6] * g) / d;
  }
}

inline void reference_adam(uint32_t variant, float& w, float g, float* s, const float* a) {
  s[0] = a[0] * s[0] + a[1] * g;
  s[1] = a[2] * s[1] + a[3] * (g * g);
  if ((variant & 1) != 0) s[2] = larger_or_nan(s[2], s[1]);
  const float d = std::sqrt((variant & 1) != 0 ? s[2] : s[1]) + a[5];
  w = w - (a[4] * s[0]) / d;
}

inline float sign_or_same(float x) {
  return x >= FLT_MIN ? 1.0f : (x <= -FLT_MIN ? -1.0f : x);
}

inline void reference_sign_sgd(uint32_t variant, float& w, float g, float* s, const float* a) {
  float u = g;
  if (variant == 1) u = s[0] = a[0] * s[0] + a[1] * g;
  w = w - a[2] * sign_or_same(u);
}

inline void reference_sm3_vector(uint32_t, float& w, float g, float* s, const float* a) {
  s[0] = a[3] * (g * g) + a[2] * s[0];
  const float u = s[0] > 0.0f ? g / std::sqrt(s[0] + a[4]) : s[0];
  s[1] = a[0] * s[1] + a[1] * u;
  w = w - a[5] * s[1];
}

inline void reference_adabelief(uint32_t variant, float& w, float g, float* s, const float* a) {
  s[0] = a[0] * s[0] + a[1] * g;
  const float surprise = g - s[0];
  s[1] = (a[2] * s[1] + a[3] * (surprise * surprise)) + a[4];
  float u = a[5] * s[0];
  if (variant == 1) u = u + a[6] * g;
  w = w - u / (std::sqrt(s[1]) + a[7]);
}

inline void reference_adan(uint32_t, float& w, float g, float* s, const float* a) {
  const float d = a[6] * (g - s[3]);
  s[3] = g;
  s[0] = a[0] * s[0] + a[1] * g;
  s[1] = a[2] * s[1] + a[3] * d;
  const float ahead = g + a[7] * d;
  s[2] = a[4] * s[2] + a[5] * (ahead * ahead);
  w = w - (a[8] * s[0] + a[9] * s[1]) / (std::sqrt(s[2] + a[10]) + a[11]);
}

inline void reference_ademamix(uint32_t, float& w, float g, float* s, const float* a) {
  s[0] = a[0] * s[0] + a[1] * g;
  s[1] = a[4] * s[1] + a[5] * g;
  s[2] = a[2] * s[2] + a[3] * (g * g);
  w = w - (a[6] * s[0] + a[7] * s[1]) / (std::sqrt(s[2] + a[8]) + a[9]);
}

inline void reference_adopt(uint32_t variant, float& w, float g, float* s, const float* a) {
  float u = g / larger_or_nan(std::sqrt(s[1]), a[4]);
  if ((variant & 1) != 0) u = u < -a[5] ? -a[5] : (u > a[5] ? a[5] : u);
  s[0] = a[0] * s[0] + a[1] * u;
  s[1] = a[2] * s[1] + a[3] * (g * g);
  w = w - a[6] * ((variant & 2) != 0 ? a[0] * s[0] + a[1] * u : s[0]);
}

inline void reference_yogi(uint32_t, float& w, float g, float* s, const float* a) {
  s[0] = a[0] * s[0] + a[1] * g;
  const float square = g * g;
  s[1] = s[1] - sign_or_same(s[1] - square) * (a[2] * square);
  w = w - (a[3] * s[0]) / (std::sqrt(s[1]) + a[4]);
}

// With the starting value and the iterations of cube_root in math-inl.h.
inline float reference_cube_root(float x) {
  const float size = std::fabs(x);
  if (!(size >= FLT_MIN && size <= FLT_MAX)) return x;
  int32_t bits;
  std::memcpy(&bits, &size, sizeof(bits));
  bits = static_cast<int32_t>(static_cast<float>(bits) * (1.0f / 3.0f)) + 709921077;
  float y;
  std::memcpy(&y, &bits, sizeof(y));
  for (int i = 0; i < 4; ++i) y = y + (size / (y * y) - y) * (1.0f / 3.0f);
  return std::copysign(y, x);
}

inline void reference_madgrad(uint32_t, float& w, float g, float* s, const float* a) {
  s[0] = s[0] + a[0] * (g * g);
  s[1] = s[1] + a[0] * g;
  const float z = s[2] - s[1] / (reference_cube_root(s[0]) + a[1]);
  w = w + a[2] * (z - w);
}

inline void reference_schedule_free_sgd(uint32_t, float& w, float g, float* s, const float* a) {
  const float u = a[1] * g + a[2] * w;
  const float lead = w - s[0];
  s[0] = s[0] - u;
  w = s[0] + a[3] * (lead + a[0] * u);
}

inline void reference_schedule_free_adamw(uint32_t, float& w, float g, float* s, const float* a) {
  s[1] = a[4] * s[1] + a[5] * (g * g);
  const float u = (a[1] * g) / (std::sqrt(s[1]) + a[6]) + a[2] * w;
  const float lead = w - s[0];
  s[0] = s[0] - u;
  w = s[0] + a[3] * (lead + a[0] * u);
}

inline void reference_optimistic_adam(uint32_t, float& w, float g, float* s, const float* a) {
  s[0] = a[0] * s[0] + a[1] * g;
  s[1] = a[2] * s[1] + a[3] * (g * g);
  const float r = (a[4] * s[0] + a[5] * g) / (std::sqrt(s[1] + a[6]) + a[7]);
  w = w - (a[8] * r - a[9] * s[2]);
  s[2] = r;
}

inline void reference_amsgrad(uint32_t, float& w, float g, float* s, const float* a) {
  s[0] = a[0] * s[0] + a[1] * g;
  s[1] = a[2] * s[1] + a[3] * (g * g);
  s[2] = larger_or_nan(s[2], a[4] * s[1]);
  w = w - (a[5] * s[0]) / (std::sqrt(s[2] + a[6]) + a[7]);
}

inline void reference_adagrad(uint32_t, float& w, float g, float* s, const float* a) {
  s[0] = s[0] + g * g;
  w = w - (a[2] * g) / (std::sqrt(s[0] + a[0]) + a[1]);
}

inline void reference_adadelta(uint32_t, float& w, float g, float* s, const float* a) {
  s[0] = a[0] * s[0] + a[1] * (g * g);
  const float d = std::sqrt(s[1] + a[2]) / std::sqrt(s[0] + a[2]) * g;
  s[1] = a[0] * s[1] + a[1] * (d * d);
  w = w - a[3] * d;
}

inline void reference_adamax(uint32_t, float& w, float g, float* s, const float* a) {
  s[0] = a[0] * s[0] + a[1] * g;
  s[1] = larger_or_nan(a[2] * s[1], std::fabs(g) + a[3]);
  w = w - (a[5] * s[0]) / (s[1] + a[4]);
}

inline void reference_nadam(uint32_t, float& w, float g, float* s, const float* a) {
  s[0] = a[0] * s[0] + a[1] * g;
  s[1] = a[2] * s[1] + a[3] * (g * g);
  w = w - (a[4] * g + a[5] * s[0]) / (std::sqrt(s[1] + a[6]) + a[7]);
}

inline void reference_radam(uint32_t, float& w, float g, float* s, const float* a) {
  s[0] = a[0] * s[0] + a[1] * g;
  s[1] = a[2] * s[1] + a[3] * (g * g);
  w = a[5] > 0 ? w - (a[6] * s[0]) / (std::sqrt(s[1]) + a[4]) : w - a[6] * s[0];
}

inline void reference_rprop(uint32_t, float& w, float g, float* s, const float* a) {
  g = std::fabs(g) < FLT_MIN ? std::copysign(0.0f, g) : g;
  const float last = std::fabs(s[0]) < FLT_MIN ? 0.0f : s[0];
  const float same = sign_or_same(g) * sign_or_same(last);
  if (std::isnan(same)) s[1] = same;
  if (same > 0) s[1] = s[1] * a[1];
  if (same < 0) s[1] = s[1] * a[0];
  s[1] = s[1] < a[2] ? a[2] : (s[1] > a[3] ? a[3] : s[1]);
  s[0] = same < 0 ? 0.0f : g;
  w = w - sign_or_same(s[0]) * s[1];
}

inline void reference_asgd(uint32_t, float& w, float g, float* s, const float* a) {
  w = a[0] * w - a[1] * g;
  s[0] = a[2] < 1 ? s[0] + a[2] * (w - s[0]) : w;
}

inline void reference_lion(uint32_t, float& w, float g, float* s, const float* a) {
  w = w - a[4] * sign_or_same(a[0] * s[0] + a[1] * g);
  s[0] = a[2] * s[0] + a[3] * g;
}

// x^p for p in [0, 1], digit by digit of the binary fraction; a double holds all of its 24 digits.
inline float reference_power(float x, float p) {
  int64_t digits = static_cast<int64_t>(p * 16777216.0);
  float y = 1.0f;
  for (int i = 0; i < 24; ++i, digits /= 2) y = std::sqrt(digits % 2 != 0 ? y * x : y);
  return digits != 0 ? y * x : y;
}

inline void reference_ftrl(uint32_t variant, float& w, float g, float* s, const float* a) {
  const float sum = s[0] + g * g;
  const float root = variant == 1 ? reference_power(sum, a[4]) : std::sqrt(sum);
  const float sigma = (root - (variant == 1 ? reference_power(s[0], a[4]) : std::sqrt(s[0]))) / a[0];
  s[1] = s[1] + (g + a[3] * w) - sigma * w;
  s[0] = sum;
  const float clipped = s[1] < -a[1] ? -a[1] : (s[1] > a[1] ? a[1] : s[1]);
  w = (clipped - s[1]) / (root / a[0] + a[2]);
}

inline void reference_prologue(const nopt_prologue& p, uint32_t flags, float& w, float& g) {
  if (p.gradient_scale != 1) g = g * static_cast<float>(p.gradient_scale);
  if (p.l1 != 0) g = g + static_cast<float>(p.l1) * (w > 0 ? 1.0f : (w < 0 ? -1.0f : 0.0f));
  if (p.l2 != 0) g = g + static_cast<float>(p.l2) * w;
  if (p.clip_value != 0) {
    const float limit = static_cast<float>(p.clip_value);
    g = g < -limit ? -limit : (g > limit ? limit : g);
  }
  if ((flags & NOPT_STEP_MAXIMIZE) != 0) g = -g;
  if (p.weight_decay != 0) g = g + static_cast<float>(p.weight_decay) * w;
  if (p.weight_factor != 1) w = w * static_cast<float>(p.weight_factor);
}

// At least as many as any rule has.
constexpr int kMaxScalars = 16;

// Bit k of second_moments: slot k is an average of squares, so not negative, and not below the square of a first
// moment. Bit k of copies: slot k holds gradients as they are, and loads and stores flush nothing. Bit k of unread:
// slot k never reaches the weights.
struct RuleCase {
  const char* name;
  uint32_t variant;
  ReferenceRule rule;
  double scalars[kMaxScalars];
  uint32_t second_moments = 0;
  uint32_t copies = 0;
  bool averages_weights = false;  // an infinite weight then has no mean with the others
  uint32_t unread = 0;
};

constexpr RuleCase kRuleCases[] = {
    {"sgd", 0, reference_sgd, {0.01}},
    {"momentum", 0, reference_momentum, {0.9, -0.01, -1.0}},
    {"nesterov", 0, reference_nesterov, {0.9, 1.0, 0.02}},
    {"rmsprop", 0, reference_rmsprop, {0.9, 0.1, 1e-7, 0.0, 0.0, 0.001, 0.001, 1.0}, 0b001},
    {"rmsprop", 1, reference_rmsprop, {0.99, 0.01, 0.0, 1e-8, 0.0, 1.0, 0.01, 1.0}, 0b001},
    {"rmsprop", 2, reference_rmsprop, {0.9, 0.1, 1e-7, 0.0, 0.8, 0.001, 1.0, 1.0}, 0b001},
    {"rmsprop", 3, reference_rmsprop, {0.99, 0.01, 1e-3, 1e-8, 0.9, 1.0, 0.01, 0.75}, 0b001},
    {"rmsprop", 4, reference_rmsprop, {0.9, 0.1, 1e-7, 0.0, 0.0, 0.001, 0.001, 1.0}, 0b001},
    {"rmsprop", 5, reference_rmsprop, {0.99, 0.01, 0.0, 1e-8, 0.0, 1.0, 0.01, 1.0}, 0b001},
    {"rmsprop", 6, reference_rmsprop, {0.9, 0.1, 1e-7, 0.0, 0.8, 0.001, 1.0, 1.0}, 0b001},
    {"rmsprop", 7, reference_rmsprop, {0.9, 0.1, 1e-3, 0.0, 0.9, 0.01, 1.0, 0.75}, 0b001},
    {"adam", 0, reference_adam, {0.9, 0.1, 0.999, 0.001, 0.001, 1e-7}, 0b110},
    {"adam", 1, reference_adam, {0.9, 0.1, 0.999, 0.001, 0.0005, 1e-8}, 0b110},
    {"sign_sgd", 0, reference_sign_sgd, {0.0, 1.0, 0.01}},
    {"sign_sgd", 1, reference_sign_sgd, {0.9, 0.1, 0.01}},
    {"adabelief", 0, reference_adabelief, {0.9, 0.1, 0.999, 0.001, 1e-16, 0.001, 0.0, 1e-16}, 0b10},
    {"adabelief", 1, reference_adabelief, {0.9, 0.1, 0.999, 0.001, 1e-8, 0.001, 0.002, 1e-8}, 0b10},
    {"adan",
     0,
     reference_adan,
     {0.98, 0.02, 0.92, 0.08, 0.99, 0.01, 1.0, 0.08, 0.01, 0.002, 1e-8, 1e-8},
     0b100,
     0b1000},
    {"adan",
     0,
     reference_adan,
     {0.98, 0.02, 0.92, 0.08, 0.99, 0.01, 0.0, 0.92, 0.01, 0.002, 1e-8, 1e-8},
     0b100,
     0b1000},
    {"ademamix", 0, reference_ademamix, {0.9, 0.1, 0.999, 0.001, 0.9999, 0.0001, 0.01, 0.05, 1e-9, 1e-8}, 0b100},
    {"adopt", 0, reference_adopt, {0.9, 0.1, 0.9999, 0.0001, 0.05, 1.2, 0.01}, 0b10},
    {"adopt", 1, reference_adopt, {0.9, 0.1, 0.9999, 0.0001, 1.1, 0.4, 0.01}, 0b10},
    {"adopt", 2, reference_adopt, {0.9, 0.1, 0.9999, 0.0001, 0.05, 1.2, 0.01}, 0b10},
    {"adopt", 3, reference_adopt, {0.9, 0.1, 0.9999, 0.0001, 1.1, 0.4, 0.01}, 0b10},
    {"yogi", 0, reference_yogi, {0.9, 0.1, 0.001, 0.01, 1e-3}, 0b10},
    {"madgrad", 0, reference_madgrad, {0.02, 1e-6, 0.1}, 0b1, 0b100, true},
    {"schedule_free_sgd", 0, reference_schedule_free_sgd, {0.9, 0.05, 0.001, 0.75}, 0, 0, true},
    {"schedule_free_adamw",
     0,
     reference_schedule_free_adamw,
     {0.9, 0.01, 0.001, 0.75, 0.999, 0.001, 0.05},
     0b10,
     0,
     true},
    {"optimistic_adam", 0, reference_optimistic_adam, {0.9, 0.1, 0.999, 0.001, 0.4, 0.2, 1e-3, 0.05, 0.6, 0.5}, 0b10},
    {"amsgrad", 0, reference_amsgrad, {0.9, 0.1, 0.999, 0.001, 1.2, 0.01, 1e-9, 1e-8}, 0b110},
    {"adagrad", 0, reference_adagrad, {1e-7, 0.0, 0.01}, 0b1},
    {"adagrad", 0, reference_adagrad, {0.0, 1e-10, 0.01}, 0b1},
    {"adadelta", 0, reference_adadelta, {0.95, 0.05, 1e-7, 1.0}, 0b11},
    {"adamax", 0, reference_adamax, {0.9, 0.1, 0.999, 0.0, 1e-7, 0.01}, 0b10},
    {"adamax", 0, reference_adamax, {0.9, 0.1, 0.999, 1e-8, 0.0, 0.01}, 0b10},
    {"nadam", 0, reference_nadam, {0.9, 0.1, 0.999, 0.001, 0.002, 0.01, 1e-8, 1e-7}, 0b10},
    {"radam", 0, reference_radam, {0.9, 0.1, 0.999, 0.001, 1e-8, 1.0, 0.01}, 0b10},
    {"radam", 0, reference_radam, {0.9, 0.1, 0.999, 0.001, 1e-8, 0.0, 0.01}, 0b10, 0, false, 0b10},
    {"rprop", 0, reference_rprop, {0.5, 1.2, 1e-6, 50.0}, 0b10},
    {"asgd", 0, reference_asgd, {0.999, 0.01, 1.0}, 0, 0, false, 0b1},
    {"asgd", 0, reference_asgd, {0.999, 0.01, 0.25}, 0, 0, false, 0b1},
    {"lion", 0, reference_lion, {0.9, 0.1, 0.99, 0.01, 0.01}},
    {"sm3_vector", 0, reference_sm3_vector, {0.9, 0.1, 1.0, 1.0, 1e-2, 0.01}, 0b01},
    {"ftrl", 0, reference_ftrl, {0.1, 0.05, 0.5, 0.2, 0.5}, 0b01},
    {"ftrl", 1, reference_ftrl, {0.1, 0.0, 0.5, 0.0, 0.6}, 0b01},
    {"ftrl", 1, reference_ftrl, {0.1, 0.05, 0.5, 0.2, 1.0}, 0b01},
};

}  // namespace nopt

#endif  // NOPT_TESTS_RULE_REFERENCE_H
