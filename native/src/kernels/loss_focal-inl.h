// Categorical focal loss, sum a t f(p) with f(p) = -(1 - p)^gamma log p, a the weights of the classes and alpha (Lin et
// al. 2017, as in Keras). Included once per instruction set.
//
//   f'(p) = gamma (1 - p)^(gamma - 1) log p - (1 - p)^gamma / p
// Logits: p = softmax(y), log p without clipping; gradient u - p sum u, u = a t p f'(p).
// Probabilities: p = y / s, s the row sum, clipped; gradient (u - sum u y / s) / s, u = a t f'(p), 0 where clipped.
// The row is walked through twice, for the sums and for the gradient, so that dy may be y.
#if defined(NOPT_KERNELS_LOSS_FOCAL_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_KERNELS_LOSS_FOCAL_INL_H
#undef NOPT_KERNELS_LOSS_FOCAL_INL_H
#else
#define NOPT_KERNELS_LOSS_FOCAL_INL_H
#endif

#include "kernels/loss_categorical-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// What an element contributes.
struct FocalTerm {
  V value;
  V u;
  V p;  // what the sum of all u is multiplied by in the gradient
};

struct FocalOfLogits {
  FocalPower power;
  V largest;
  V sum;
  V log_sum;
  static constexpr float kBeyond = -kInfinity;  // y of the lanes beyond the row
  HWY_INLINE FocalTerm of(V y, V weight) const {
    const V one = splat(1.0f);
    const V shifted = y - largest;
    const V p = exp(shifted) / sum;
    const V log_p = shifted - log_sum;
    const V q = one - p;
    const V raised = power.of(q);
    // p log p is 0 at 0, where the logarithm may be minus infinity.
    const V entropy = hn::IfThenZeroElse(hn::Eq(p, zero()), p * log_p);
    return {weight * (raised * hn::Neg(log_p)), weight * (power.slope(q, raised) * entropy - raised), p};
  }
  HWY_INLINE V gradient(const FocalTerm& term, V sum_of_u) const { return term.u - term.p * sum_of_u; }
  static HWY_INLINE V sum_part(const FocalTerm& term) { return term.u; }
};

struct FocalOfProbabilities {
  FocalPower power;
  V sum;
  static constexpr float kBeyond = 0.0f;
  HWY_INLINE FocalTerm of(V y, V weight) const {
    const V one = splat(1.0f);
    const V share = y / sum;
    const V p = clip_probability(share);
    const V log_p = log(p);
    const V q = one - p;
    const V raised = power.of(q);
    const V slope = power.slope(q, raised) * log_p - raised / p;
    return {weight * (raised * hn::Neg(log_p)), zero_where_clipped(share, weight * slope), share};
  }
  HWY_INLINE V gradient(const FocalTerm& term, V sum_of_u) const { return (term.u - sum_of_u) / sum; }
  static HWY_INLINE V sum_part(const FocalTerm& term) { return term.u * term.p; }
};

template <class Focal>
struct FocalSums {
  const LossRow& row;
  const Focal& focal;
  const RowTargets& target;
  LineSum value;
  LineSum u;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    const FocalTerm term = focal.of(place.get(row.y + i, Focal::kBeyond), target.get(place, i));
    value.add(lane, inside(place, term.value));
    u.add(lane, inside(place, Focal::sum_part(term)));
  }
};

template <class Focal>
struct FocalGradient {
  const LossRow& row;
  const Focal& focal;
  const RowTargets& target;
  V scale;
  V sum_of_u;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    const FocalTerm term = focal.of(place.get(row.y + i, Focal::kBeyond), target.get(place, i));
    place.put(scale * focal.gradient(term, sum_of_u), row.dy + i);
  }
};

template <class Focal>
double focal_loss(const LossRow& row, const Focal& focal, const LossSettings& settings) {
  const RowTargets targets(row, settings);
  FocalSums<Focal> sums{row, focal, targets, LineSum(), LineSum()};
  for_each_vector(row.columns, sums);
  if (row.dy != nullptr) {
    FocalGradient<Focal> gradient{row, focal, targets, splat(settings.alpha * row.scale), splat(sums.u.total())};
    for_each_vector(row.columns, gradient);
  }
  return static_cast<double>(settings.alpha) * static_cast<double>(sums.value.total());
}

double categorical_focal_loss(const LossRow& row, const LossSettings& settings) {
  const FocalPower power{settings.gamma};
  if (!settings.has(NOPT_LOSS_FROM_LOGITS))
    return focal_loss(row, FocalOfProbabilities{power, splat(probability_divisor(row))}, settings);
  const V largest = splat(row_max(row.y, row.columns));
  LossRow without_gradient = row;
  without_gradient.dy = nullptr;
  ExponentialsRow exps{without_gradient, largest, LineSum()};
  for_each_vector(row.columns, exps);
  const V sum = splat(exps.sum.total());
  return focal_loss(row, FocalOfLogits{power, largest, sum, log(sum)}, settings);
}

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_KERNELS_LOSS_FOCAL_INL_H
