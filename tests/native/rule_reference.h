// The optimizer rules and the prologue once more, as plain scalar C++ that a reader can compare with the papers.
// Written independently of the kernels and compiled without contraction, so results must agree to the last bit.
#ifndef NOPT_TESTS_RULE_REFERENCE_H
#define NOPT_TESTS_RULE_REFERENCE_H

#include <cmath>
#include <cstdint>

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
    variance = s[0] - s[1] * s[1];
  }
  const float d = std::sqrt(variance + a[2]) + a[3];
  if (momentum) {
    s[2] = a[4] * s[2] + (a[5] * g) / d;
    w = w - a[6] * s[2];
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

struct RuleCase {
  const char* name;
  uint32_t variant;
  ReferenceRule rule;
  double scalars[8];
};

constexpr RuleCase kRuleCases[] = {
    {"sgd", 0, reference_sgd, {0.01}},
    {"momentum", 0, reference_momentum, {0.9, -0.01, -1.0}},
    {"nesterov", 0, reference_nesterov, {0.9, 1.0, 0.02}},
    {"rmsprop", 0, reference_rmsprop, {0.9, 0.1, 1e-7, 0.0, 0.0, 0.001, 0.001}},
    {"rmsprop", 1, reference_rmsprop, {0.99, 0.01, 0.0, 1e-8, 0.0, 1.0, 0.01}},
    {"rmsprop", 2, reference_rmsprop, {0.9, 0.1, 1e-7, 0.0, 0.8, 0.001, 1.0}},
    {"rmsprop", 3, reference_rmsprop, {0.99, 0.01, 1e-3, 1e-8, 0.9, 1.0, 0.01}},
    {"adam", 0, reference_adam, {0.9, 0.1, 0.999, 0.001, 0.001, 1e-7}},
    {"adam", 1, reference_adam, {0.9, 0.1, 0.999, 0.001, 0.0005, 1e-8}},
};

}  // namespace nopt

#endif  // NOPT_TESTS_RULE_REFERENCE_H
