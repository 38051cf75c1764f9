// Counts right answers. Included once per instruction set.
#if defined(NOPT_KERNELS_LOSS_CORRECT_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_KERNELS_LOSS_CORRECT_INL_H
#undef NOPT_KERNELS_LOSS_CORRECT_INL_H
#else
#define NOPT_KERNELS_LOSS_CORRECT_INL_H
#endif

#include "kernels/loss_row.h"
#include "kernels/row-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// The first of the largest elements. A NaN is never larger than what came before it.
HWY_INLINE int64_t index_of_largest(const float* x, int64_t count) {
  const float largest = row_max(x, count);
  if (largest == largest) return find_first(x, count, largest);
  int64_t best = 0;
  for (int64_t i = 1; i < count; ++i) {
    if (x[i] > x[best]) best = i;
  }
  return best;
}

HWY_INLINE int64_t count_correct_categorical(const LossRow& row) {
  const int64_t wanted = row.t == nullptr ? row.label : index_of_largest(row.t, row.columns);
  return index_of_largest(row.y, row.columns) == wanted ? 1 : 0;
}

// Elements of y that are on the same side of `threshold` as those of t of one half.
HWY_INLINE int64_t count_correct_binary(const LossRow& row, float threshold) {
  const V middle = splat(threshold);
  const V half = splat(0.5f);
  int64_t correct = 0;
  int64_t i = 0;
  for (; i + kLanes <= row.columns; i += kLanes) {
    const auto different = hn::Xor(load(row.y + i) > middle, load(row.t + i) > half);
    correct += kLanes - static_cast<int64_t>(hn::CountTrue(D(), different));
  }
  for (; i < row.columns; ++i) correct += (row.y[i] > threshold) == (row.t[i] > 0.5f) ? 1 : 0;
  return correct;
}

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_KERNELS_LOSS_CORRECT_INL_H
