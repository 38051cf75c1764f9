// What the losses compute for one row.
#ifndef NOPT_KERNELS_LOSS_ROW_H
#define NOPT_KERNELS_LOSS_ROW_H

#include <cstdint>

#include "nativeopt/nativeopt.h"

namespace nopt {

// What is the same for all rows.
struct LossSettings {
  int32_t loss;
  uint32_t flags;
  float delta;
  float gamma;
  float alpha;
  float beta;
  float epsilon;
  // Label smoothing: t becomes t * kept + spread.
  float kept;
  float spread;
  const float* class_weights;  // [columns]; null: each 1
  bool zero_is_minus_one;      // hinge losses: the targets are 0 and 1

  bool has(uint32_t flag) const { return (flags & flag) != 0; }
};

struct LossRow {
  const float* y;  // [columns] predictions or logits
  const float* t;  // [columns] targets; null for the sparse loss
  int64_t label;   // of the sparse loss
  int64_t columns;
  float scale;  // factor of the gradient: gradient_scale times the weight of the row
  float* dy;    // [columns], may be y; null if no gradient is wanted
};

// What the Tversky index is computed from.
struct TverskyTotals {
  double common;
  double only_y;
  double only_t;

  double divisor(const LossSettings& s) const {
    return common + (static_cast<double>(s.alpha) * only_y + static_cast<double>(s.beta) * only_t) +
           static_cast<double>(s.epsilon);
  }
  double value(const LossSettings& s) const { return 1.0 - common / divisor(s); }
};

}  // namespace nopt

#endif  // NOPT_KERNELS_LOSS_ROW_H
