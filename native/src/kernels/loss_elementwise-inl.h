// The walk along a row of the losses whose row value is a sum over the columns of a function of y and t. Included once
// per instruction set.
#if defined(NOPT_KERNELS_LOSS_ELEMENTWISE_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_KERNELS_LOSS_ELEMENTWISE_INL_H
#undef NOPT_KERNELS_LOSS_ELEMENTWISE_INL_H
#else
#define NOPT_KERNELS_LOSS_ELEMENTWISE_INL_H
#endif

#include "kernels/loss_row.h"
#include "kernels/row-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// v, but 0 in the lanes beyond the row: these must not reach a sum.
HWY_INLINE V inside(const WholeVector& /*place*/, V v) {
  return v;
}
HWY_INLINE V inside(const FirstLanes& place, V v) {
  return hn::IfThenElseZero(hn::FirstN(D(), static_cast<size_t>(place.count)), v);
}

// Loss::value(y, t, &slope) gives the value of each element; its derivative is Loss::kSlope times the slope.
template <class Loss>
struct ElementwiseRow {
  const Loss& loss;
  const LossRow& row;
  V factor;
  LineSum sum;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    V slope;
    const V value = loss.value(place.get(row.y + i), place.get(row.t + i), &slope);
    if (row.dy != nullptr) place.put(factor * slope, row.dy + i);
    sum.add(lane, inside(place, value));
  }
};

// Sum of the elements divided by `divisor`; the derivatives are Loss::kSlope slope / divisor.
template <class Loss>
double elementwise_loss(const LossRow& row, const Loss& loss, int64_t divisor) {
  ElementwiseRow<Loss> step{loss, row, splat(Loss::kSlope * row.scale / static_cast<float>(divisor)), LineSum()};
  for_each_vector(row.columns, step);
  return static_cast<double>(step.sum.total()) / static_cast<double>(divisor);
}

// Mean over the columns.
template <class Loss>
double mean_loss(const LossRow& row, const Loss& loss) {
  return elementwise_loss(row, loss, row.columns);
}

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_KERNELS_LOSS_ELEMENTWISE_INL_H
