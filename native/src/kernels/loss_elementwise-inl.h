// Losses whose row value is a mean over the columns: squared error and binary cross-entropy. Each functor takes one
// vector of a row, adds to the row's sum and writes the gradient. Included once per instruction set.
#if defined(NOPT_KERNELS_LOSS_ELEMENTWISE_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_KERNELS_LOSS_ELEMENTWISE_INL_H
#undef NOPT_KERNELS_LOSS_ELEMENTWISE_INL_H
#else
#define NOPT_KERNELS_LOSS_ELEMENTWISE_INL_H
#endif

#include "kernels/loss_row.h"
#include "kernels/math-inl.h"
#include "kernels/row-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// Probabilities are kept away from the poles of the logarithm, as Keras does.
constexpr float kLowestProbability = 1e-7f;
constexpr float kHighestProbability = 1.0f - 1e-7f;

HWY_INLINE V clip_probability(V p) {
  return clamp(p, splat(kLowestProbability), splat(kHighestProbability));
}

// v, but 0 where clipping changes p, so that the loss does not depend on it.
HWY_INLINE V zero_where_clipped(V p, V v) {
  const auto below = hn::Lt(p, splat(kLowestProbability));
  const auto above = hn::Gt(p, splat(kHighestProbability));
  return hn::IfThenZeroElse(hn::Or(below, above), v);
}

// (y - t)^2; gradient 2 (y - t).
struct SquaredError {
  static constexpr float kFactor = 2.0f;
  static HWY_INLINE V value(V y, V t, V* slope) {
    const V difference = y - t;
    *slope = difference;
    return difference * difference;
  }
};

// -(t log p + (1 - t) log(1 - p)) with p = y clipped; gradient (p - t) / (p (1 - p)), 0 where clipped.
struct BinaryProbabilities {
  static constexpr float kFactor = 1.0f;
  static HWY_INLINE V value(V y, V t, V* slope) {
    const V one = splat(1.0f);
    const V p = clip_probability(y);
    *slope = zero_where_clipped(y, (p - t) / (p * (one - p)));
    return hn::Neg(t * log(p) + (one - t) * log(one - p));
  }
};

// p = sigmoid(y). The value is written as max(y, 0) - y t + log(1 + exp(-|y|)), which neither overflows nor cancels.
struct BinaryLogits {
  static constexpr float kFactor = 1.0f;
  static HWY_INLINE V value(V y, V t, V* slope) {
    const V e = exp(hn::Neg(hn::Abs(y)));
    *slope = sigmoid_from_exp(y, e) - t;
    return (max(y, zero()) - y * t) + log1p(e);
  }
};

template <class Loss>
struct ElementwiseRow {
  const LossRow& row;
  V factor;
  LineSum sum;
  HWY_INLINE void operator()(const WholeVector& place, int64_t i, int64_t lane) { sum.add(lane, apply(place, i)); }
  // Lanes beyond the row must not reach the sum.
  HWY_INLINE void operator()(const FirstLanes& place, int64_t i, int64_t lane) {
    const auto inside = hn::FirstN(D(), static_cast<size_t>(place.count));
    sum.add(lane, hn::IfThenElseZero(inside, apply(place, i)));
  }
  template <class Place>
  HWY_INLINE V apply(const Place& place, int64_t i) {
    V slope;
    const V value = Loss::value(place.get(row.y + i), place.get(row.t + i), &slope);
    if (row.dy != nullptr) place.put(factor * slope, row.dy + i);
    return value;
  }
};

// Mean over the columns.
template <class Loss>
double elementwise_loss(const LossRow& row) {
  const float columns = static_cast<float>(row.columns);
  ElementwiseRow<Loss> step{row, splat(Loss::kFactor * row.scale / columns), LineSum()};
  for_each_vector(row.columns, step);
  return static_cast<double>(step.sum.total()) / static_cast<double>(row.columns);
}

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_KERNELS_LOSS_ELEMENTWISE_INL_H
