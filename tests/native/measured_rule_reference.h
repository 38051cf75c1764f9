// The rules that take sums before they update, as plain scalar C++ that a reader can compare with the papers. Sums have 16
// partial sums in each block of 16384 elements, added as a tree; blocks are added in double.
#ifndef NOPT_TESTS_MEASURED_RULE_REFERENCE_H
#define NOPT_TESTS_MEASURED_RULE_REFERENCE_H

#include <cmath>
#include <cstdint>
#include <vector>

#include "optimizer_harness.h"

namespace nopt {

// One rule in its two passes. Without combine the sums run over all segments and are only returned.
struct MeasuredCase {
  RuleCase rule;  // `update` is the second pass; its last scalar is the factor
  void (*measure)(float w, float g, float* s, const float* a, float* terms);
  double (*combine)(const double* sums, const double* scalars, double* numbers);
};

inline void reference_norms(float w, float g, float*, const float*, float* terms) {
  terms[0] = w * w;
  terms[1] = g * g;
}

inline float lamb_direction(float w, const float* s, const float* a) {
  return (a[4] * s[0]) / (std::sqrt(s[1] + a[5]) + a[6]) + a[7] * w;
}

inline void measure_lamb(float w, float g, float* s, const float* a, float* terms) {
  s[0] = a[0] * s[0] + a[1] * g;
  s[1] = a[2] * s[1] + a[3] * (g * g);
  terms[0] = w * w;
  terms[1] = lamb_direction(w, s, a) * lamb_direction(w, s, a);
}
inline double combine_lamb(const double* sums, const double* scalars, double*) {
  const double ratio = sums[0] == 0 || sums[1] == 0 ? 1 : std::sqrt(sums[0]) / std::sqrt(sums[1]);
  return scalars[8] * ratio;
}
inline void update_lamb(uint32_t, float& w, float, float* s, const float* a) {
  w = w - a[9] * lamb_direction(w, s, a);
}

inline double combine_lars(const double* sums, const double* scalars, double*) {
  if (scalars[4] == 0 || sums[0] == 0 || sums[1] == 0) return scalars[0];
  return scalars[0] * (scalars[2] * std::sqrt(sums[0]) / (std::sqrt(sums[1]) + scalars[3]));
}
inline void update_lars(uint32_t variant, float& w, float g, float* s, const float* a) {
  const float u = a[5] * g;
  if ((variant & 1) == 0) {
    w = w - u;
    return;
  }
  s[0] = a[1] * s[0] + u;
  w = w - ((variant & 2) != 0 ? a[1] * s[0] + u : s[0]);
}

inline void measure_novograd(float, float g, float*, const float*, float* terms) {
  terms[0] = g * g;
  terms[1] = 0;
}
inline double combine_novograd(const double* sums, const double* scalars, double* numbers) {
  numbers[0] = scalars[1] * numbers[0] + scalars[2] * sums[0];
  return 1 / (std::sqrt(numbers[0] + scalars[3]) + scalars[4]);
}
inline void update_novograd(uint32_t, float& w, float g, float* s, const float* a) {
  s[0] = a[0] * s[0] + (a[7] * g + a[5] * w);
  w = w - a[6] * s[0];
}

inline double combine_fromage(const double* sums, const double* scalars, double*) {
  const double w = std::sqrt(sums[0]) <= scalars[2] ? scalars[2] : std::sqrt(sums[0]);
  const double g = std::sqrt(sums[1]) <= scalars[2] ? scalars[2] : std::sqrt(sums[1]);
  return scalars[0] * (w == 0 || g == 0 ? 1 : w / g);
}
inline void update_fromage(uint32_t, float& w, float g, float*, const float* a) {
  w = a[1] * w - a[3] * g;
}

inline void measure_prodigy(float, float g, float* s, const float* a, float* terms) {
  const float scaled = a[5] * g;
  s[0] = a[0] * s[0] + a[1] * scaled;
  s[1] = a[2] * s[1] + a[3] * (scaled * scaled);
  s[2] = a[4] * s[2] + a[6] * scaled;
  terms[0] = g * s[3];
  terms[1] = std::fabs(s[2]);
}
inline void update_prodigy(uint32_t, float& w, float, float* s, const float* a) {
  const float u = (a[8] * s[0]) / (std::sqrt(s[1]) + a[7]) + a[9] * w;
  s[3] = s[3] + u;
  w = w - u;
}

inline void measure_dadapt_adamw(float, float g, float* s, const float* a, float* terms) {
  terms[0] = g * (s[2] / (std::sqrt(s[1]) + a[6]));
  s[0] = a[0] * s[0] + a[1] * g;
  s[1] = a[2] * s[1] + a[3] * (g * g);
  s[2] = a[4] * s[2] + a[5] * g;
  terms[1] = std::fabs(s[2]);
}
inline void update_dadapt_adamw(uint32_t, float& w, float, float* s, const float* a) {
  w = w - (s[0] / (std::sqrt(s[1]) + a[6]) + a[7] * w);
}

inline void measure_sam_ascent(float w, float g, float*, const float*, float* terms) {
  const float scaled = w * g;
  terms[0] = g * g;
  terms[1] = scaled * scaled;
}
inline void update_sam_ascent(uint32_t variant, float& w, float g, float*, const float* a) {
  if (variant != 0) g = (w * w) * g;
  w = w + a[0] * g;
}

constexpr MeasuredCase kMeasuredCases[] = {
    {{"lamb", 0, update_lamb, {0.9, 0.1, 0.999, 0.001, 0.5, 1e-9, 1e-7, 0.05, 0.01}, 0b10}, measure_lamb, combine_lamb},
    {{"lars", 0, update_lars, {0.5, 0.9, 0.01, 1e-4, 1.0}}, reference_norms, combine_lars},
    {{"lars", 1, update_lars, {0.5, 0.9, 0.01, 0.0, 1.0}}, reference_norms, combine_lars},
    {{"lars", 1, update_lars, {0.01, 0.9, 0.01, 0.0, 0.0}}, reference_norms, combine_lars},
    {{"lars", 2, update_lars, {0.5, 0.9, 0.01, 1e-4, 1.0}}, reference_norms, combine_lars},
    {{"lars", 3, update_lars, {0.5, 0.8, 0.01, 1e-4, 1.0}}, reference_norms, combine_lars},
    {{"novograd", 0, update_novograd, {0.9, 0.25, 0.75, 1e-9, 1e-6, 0.01, 0.01}}, measure_novograd, combine_novograd},
    {{"fromage", 0, update_fromage, {0.01, 0.999, 1e-6}}, reference_norms, combine_fromage},
    {{"prodigy", 0, update_prodigy, {0.9, 0.1, 0.999, 0.001, 0.9995, 0.1, 1.2, 1e-8, 0.01, 0.001}, 0b10},
     measure_prodigy,
     nullptr},
    {{"dadapt_adamw", 0, update_dadapt_adamw, {0.9, 0.002, 0.999, 0.001, 0.9995, 0.01, 1e-6, 0.001}, 0b10},
     measure_dadapt_adamw,
     nullptr},
    {{"sam_ascent", 0, update_sam_ascent, {0.05}}, measure_sam_ascent, nullptr},
    {{"sam_ascent", 1, update_sam_ascent, {0.05}}, measure_sam_ascent, nullptr},
};

// The sum of one block, position i of which has terms[i].
inline double reference_line_sum(const std::vector<float>& terms) {
  float parts[16] = {};
  for (size_t i = 0; i < terms.size(); ++i) parts[i % 16] = parts[i % 16] + terms[i];
  for (int width = 8; width > 0; width /= 2) {
    for (int i = 0; i < width; ++i) parts[i] = parts[i] + parts[i + width];
  }
  return static_cast<double>(parts[0]);
}

// One row of a step as the reference sees it: a float of each scalar, and the factor behind them.
struct MeasuredReference {
  const MeasuredCase& c;
  const OptimizerStep& step;
  OptimizerArrays& arrays;

  std::vector<float> scalars_of(const nopt_segment& segment, double factor) const {
    const int count = arrays.info.scalar_count;
    std::vector<float> a(static_cast<size_t>(count) + 1, static_cast<float>(factor));
    for (int i = 0; i < count; ++i)
      a[static_cast<size_t>(i)] = static_cast<float>(row_of(segment)[i]);
    return a;
  }
  const double* row_of(const nopt_segment& segment) const {
    return step.scalars.data() + segment.scalars_index * arrays.info.scalar_count;
  }

  template <class Body>  // body(w, g, s) with g after the prologue; w and s are written back
  void visit(const nopt_segment& segment, int64_t i, const Body& body) const {
    float s[8] = {};
    for (int k = 0; k < arrays.info.slot_count; ++k) s[k] = arrays.slots[static_cast<size_t>(k)][i];
    float w = arrays.w[i];
    float g = arrays.g[i];
    reference_prologue(step.prologues[static_cast<size_t>(segment.scalars_index)], step.flags, w, g);
    body(w, g, s);
    for (int k = 0; k < arrays.info.slot_count; ++k) arrays.slots[static_cast<size_t>(k)][i] = s[k];
  }

  void measure(const nopt_segment& segment, double* sums) const {
    const std::vector<float> a = scalars_of(segment, 0);
    for (int64_t begin = 0; begin < segment.count; begin += 16384) {
      std::vector<float> terms[2];
      for (int64_t i = begin; i < segment.count && i < begin + 16384; ++i) {
        visit(segment, segment.offset + i, [&](float w, float g, float* s) {
          float both[2];
          c.measure(w, g, s, a.data(), both);
          terms[0].push_back(both[0]);
          terms[1].push_back(both[1]);
        });
      }
      for (int k = 0; k < 2; ++k) sums[k] += reference_line_sum(terms[k]);
    }
  }

  void update(const nopt_segment& segment, double factor) const {
    const std::vector<float> a = scalars_of(segment, factor);
    for (int64_t i = segment.offset; i < segment.offset + segment.count; ++i) {
      visit(segment, i, [&](float w, float g, float* s) {
        c.rule.rule(c.rule.variant, w, g, s, a.data());
        arrays.w[i] = w;
        if ((step.flags & NOPT_STEP_ZERO_GRADIENTS) != 0) arrays.g[i] = 0.0f;
      });
    }
  }
};

}  // namespace nopt

#endif  // NOPT_TESTS_MEASURED_RULE_REFERENCE_H
