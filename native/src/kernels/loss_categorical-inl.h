// Categorical cross-entropy, -sum t log p, with targets as rows or as labels. Included once per instruction set.
//
// Logits: p = softmax(y), log p = y - max - log(sum exp(y - max)), gradient p (sum t) - t.
// Probabilities: p = y / (sum of the row), clipped, as Keras does; gradient -t / y, 0 where clipped: the row sum is
// taken for a constant, which makes no difference behind a softmax. A row whose sum is 0 has p = 0 everywhere.
#if defined(NOPT_KERNELS_LOSS_CATEGORICAL_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_KERNELS_LOSS_CATEGORICAL_INL_H
#undef NOPT_KERNELS_LOSS_CATEGORICAL_INL_H
#else
#define NOPT_KERNELS_LOSS_CATEGORICAL_INL_H
#endif

#include "kernels/loss_elementwise-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// The vectors' logarithm for one number, so that it has the same bits on every machine.
HWY_INLINE float log_of(float x) {
  return hn::GetLane(log(splat(x)));
}

// exp(y - max) into dy where there is one (which may overwrite y), and the sums that the value needs.
struct LogitsRow {
  const LossRow& row;
  V largest;
  LineSum exps;
  LineSum targets;
  LineSum distance;  // of t (max - y)
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    // Lanes beyond the row: exp(-infinity) is 0, and they have no target.
    const V shifted = place.get(row.y + i, -kInfinity) - largest;
    if (row.t != nullptr) {
      const V t = place.get(row.t + i);
      targets.add(lane, t);
      distance.add(lane, inside(place, t * hn::Neg(shifted)));
    }
    const V e = exp(shifted);
    exps.add(lane, e);
    if (row.dy != nullptr) place.put(e, row.dy + i);
  }
  static HWY_INLINE V inside(const WholeVector& /*place*/, V v) { return v; }
  static HWY_INLINE V inside(const FirstLanes& place, V v) {
    return hn::IfThenElseZero(hn::FirstN(D(), static_cast<size_t>(place.count)), v);
  }
};

// dy = scale (exp(y - max) share - t)
struct LogitsGradient {
  const LossRow& row;
  V scale;
  V share;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    place.put(scale * (place.get(row.dy + i) * share - place.get(row.t + i)), row.dy + i);
  }
};

struct ScaleRow {
  float* x;
  V factor;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    place.put(place.get(x + i) * factor, x + i);
  }
};

double categorical_logits(const LossRow& row) {
  LogitsRow step{row, splat(row_max(row.y, row.columns)), LineSum(), LineSum(), LineSum()};
  for_each_vector(row.columns, step);
  const float sum = step.exps.total();
  const float target = step.targets.total();
  if (row.dy != nullptr) {
    LogitsGradient gradient{row, splat(row.scale), splat(target / sum)};
    for_each_vector(row.columns, gradient);
  }
  return static_cast<double>(step.distance.total()) + static_cast<double>(target) * static_cast<double>(log_of(sum));
}

double sparse_logits(const LossRow& row) {
  const float largest = row_max(row.y, row.columns);
  const float distance = largest - row.y[row.label];
  LogitsRow step{row, splat(largest), LineSum(), LineSum(), LineSum()};
  for_each_vector(row.columns, step);
  const float sum = step.exps.total();
  if (row.dy != nullptr) {
    row.dy[row.label] -= sum;
    ScaleRow gradient{row.dy, splat(row.scale / sum)};
    for_each_vector(row.columns, gradient);
  }
  return static_cast<double>(distance) + static_cast<double>(log_of(sum));
}

struct SumRow {
  const float* x;
  LineSum sum;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    sum.add(lane, place.get(x + i));
  }
};

// What probabilities are divided by: their sum. For a sum of 0 it is infinity, so that p is 0 and is clipped; NaN stays.
HWY_INLINE float probability_divisor(const LossRow& row) {
  SumRow step{row.y, LineSum()};
  for_each_vector(row.columns, step);
  const float sum = step.sum.total();
  return sum == 0.0f ? kInfinity : sum;
}

struct ProbabilitiesRow {
  const LossRow& row;
  V total;
  V scale;
  LineSum sum;  // of t log p
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    const V y = place.get(row.y + i);
    const V t = place.get(row.t + i);  // 0 beyond the row
    const V p = y / total;
    sum.add(lane, t * log(clip_probability(p)));
    if (row.dy != nullptr) place.put(zero_where_clipped(p, hn::Neg(scale * t) / y), row.dy + i);
  }
};

double categorical_probabilities(const LossRow& row) {
  ProbabilitiesRow step{row, splat(probability_divisor(row)), splat(row.scale), LineSum()};
  for_each_vector(row.columns, step);
  return -static_cast<double>(step.sum.total());
}

double sparse_probabilities(const LossRow& row) {
  const float y = row.y[row.label];
  const V p = splat(y / probability_divisor(row));
  // NaN in any element of the row makes p NaN, and is to be seen in the gradient.
  const V gradient = hn::IfThenElse(hn::IsNaN(p), p, splat(-row.scale / y));
  const float slope = hn::GetLane(zero_where_clipped(p, gradient));
  if (row.dy != nullptr) {
    for (int64_t i = 0; i < row.columns; ++i) row.dy[i] = 0.0f;
    row.dy[row.label] = slope;
  }
  return -static_cast<double>(hn::GetLane(log(clip_probability(p))));
}

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_KERNELS_LOSS_CATEGORICAL_INL_H
