// What the losses compute for one row.
#ifndef NOPT_KERNELS_LOSS_ROW_H
#define NOPT_KERNELS_LOSS_ROW_H

#include <cstdint>

namespace nopt {

struct LossRow {
  const float* y;  // [columns] predictions or logits
  const float* t;  // [columns] targets; null for the sparse loss
  int64_t label;   // of the sparse loss
  int64_t columns;
  float scale;  // factor of the gradient: gradient_scale times the weight of the row
  float* dy;    // [columns], may be y; null if no gradient is wanted
};

}  // namespace nopt

#endif  // NOPT_KERNELS_LOSS_ROW_H
