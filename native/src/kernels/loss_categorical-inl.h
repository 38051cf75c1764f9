// Categorical cross-entropy, -sum t log p. Included once per instruction set.
//
// Logits: p = softmax(y), log p = y - max - log(sum exp(y - max)), gradient p (sum t) - t.
// Probabilities: p = y / (sum of the row), clipped, as Keras does; gradient -t / y, 0 where clipped: the row sum is
// taken for a constant, which makes no difference behind a softmax. A row whose sum is 0 has p = 0 everywhere.
// Unclipped, as PyTorch does: p = y; elements whose target is 0 do not count.
#if defined(NOPT_KERNELS_LOSS_CATEGORICAL_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_KERNELS_LOSS_CATEGORICAL_INL_H
#undef NOPT_KERNELS_LOSS_CATEGORICAL_INL_H
#else
#define NOPT_KERNELS_LOSS_CATEGORICAL_INL_H
#endif

#include "kernels/loss_targets-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// exp(y - max) into dy where there is one (which may overwrite y), and the sums that the value needs.
template <class Targets>
struct LogitsRow {
  const LossRow& row;
  const Targets& target;
  V largest;
  LineSum exps;
  LineSum targets;
  LineSum distance;  // of t (max - y)
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    // Lanes beyond the row: exp(-infinity) is 0, and they have no target.
    const V shifted = place.get(row.y + i, -kInfinity) - largest;
    const V t = target.get(place, i);
    targets.add(lane, t);
    distance.add(lane, inside(place, t * hn::Neg(shifted)));
    const V e = exp(shifted);
    exps.add(lane, e);
    if (row.dy != nullptr) place.put(e, row.dy + i);
  }
};

// dy = scale (exp(y - max) share - t)
template <class Targets>
struct LogitsGradient {
  const LossRow& row;
  const Targets& target;
  V scale;
  V share;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    place.put(scale * (place.get(row.dy + i) * share - target.get(place, i)), row.dy + i);
  }
};

template <class Targets>
double categorical_logits(const LossRow& row, const Targets& targets) {
  LogitsRow<Targets> step{row, targets, splat(row_max(row.y, row.columns)), LineSum(), LineSum(), LineSum()};
  for_each_vector(row.columns, step);
  const float sum = step.exps.total();
  const float target = step.targets.total();
  if (row.dy != nullptr) {
    LogitsGradient<Targets> gradient{row, targets, splat(row.scale), splat(target / sum)};
    for_each_vector(row.columns, gradient);
  }
  return static_cast<double>(step.distance.total()) + static_cast<double>(target) * static_cast<double>(log_of(sum));
}

// exp(y - max) into dy where there is one, and their sum.
struct ExponentialsRow {
  const LossRow& row;
  V largest;
  LineSum sum;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    const V e = exp(place.get(row.y + i, -kInfinity) - largest);
    sum.add(lane, e);
    if (row.dy != nullptr) place.put(e, row.dy + i);
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

// categorical_logits with a target of 1 at the label and neither smoothing nor weights.
double sparse_logits(const LossRow& row) {
  const float largest = row_max(row.y, row.columns);
  const float distance = largest - row.y[row.label];
  ExponentialsRow step{row, splat(largest), LineSum()};
  for_each_vector(row.columns, step);
  const float sum = step.sum.total();
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

// What probabilities are divided by: their sum. For a sum of 0 it is infinity, so that p is 0 and is clipped; NaN
// stays.
HWY_INLINE float probability_divisor(const LossRow& row) {
  SumRow step{row.y, LineSum()};
  for_each_vector(row.columns, step);
  const float sum = step.sum.total();
  return sum == 0.0f ? kInfinity : sum;
}

template <class Targets>
struct ProbabilitiesRow {
  const LossRow& row;
  const Targets& target;
  V total;
  V scale;
  LineSum sum;  // of t log p
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    const V y = place.get(row.y + i);
    const V t = target.get(place, i);  // 0 beyond the row
    const V p = y / total;
    sum.add(lane, t * log(clip_probability(p)));
    if (row.dy != nullptr) place.put(zero_where_clipped(p, hn::Neg(scale * t) / y), row.dy + i);
  }
};

template <class Targets>
double categorical_probabilities(const LossRow& row, const Targets& targets) {
  ProbabilitiesRow<Targets> step{row, targets, splat(probability_divisor(row)), splat(row.scale), LineSum()};
  for_each_vector(row.columns, step);
  return -static_cast<double>(step.sum.total());
}

template <class Targets>
struct UnclippedRow {
  const LossRow& row;
  const Targets& target;
  V scale;
  LineSum sum;  // of t log y
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    const V y = place.get(row.y + i);
    const V t = target.get(place, i);  // 0 beyond the row
    const auto none = hn::Eq(t, zero());
    // y - y: NaN stays NaN.
    sum.add(lane, hn::IfThenElse(none, y - y, t * log(y)));
    if (row.dy != nullptr) place.put(hn::IfThenElse(none, y - y, hn::Neg(scale * t) / y), row.dy + i);
  }
};

template <class Targets>
double unclipped_probabilities(const LossRow& row, const Targets& targets) {
  UnclippedRow<Targets> step{row, targets, splat(row.scale), LineSum()};
  for_each_vector(row.columns, step);
  return -static_cast<double>(step.sum.total());
}

// categorical_probabilities with a target of 1 at the label and neither smoothing nor weights.
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

template <class Targets>
double categorical_loss(const LossRow& row, const LossSettings& settings) {
  const Targets targets(row, settings);
  if (settings.has(NOPT_LOSS_FROM_LOGITS)) return categorical_logits(row, targets);
  return settings.has(NOPT_LOSS_UNCLIPPED) ? unclipped_probabilities(row, targets)
                                           : categorical_probabilities(row, targets);
}

double sparse_loss(const LossRow& row, const LossSettings& settings) {
  const bool is_plain =
      settings.spread == 0.0f && settings.class_weights == nullptr && !settings.has(NOPT_LOSS_UNCLIPPED);
  if (!is_plain) return categorical_loss<LabelTargets>(row, settings);
  return settings.has(NOPT_LOSS_FROM_LOGITS) ? sparse_logits(row) : sparse_probabilities(row);
}

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_KERNELS_LOSS_CATEGORICAL_INL_H
