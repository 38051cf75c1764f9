// What losses of probabilities share: clipping, label smoothing, the power of the focal losses. Included once per
// instruction set.
#if defined(NOPT_KERNELS_LOSS_PROBABILITY_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_KERNELS_LOSS_PROBABILITY_INL_H
#undef NOPT_KERNELS_LOSS_PROBABILITY_INL_H
#else
#define NOPT_KERNELS_LOSS_PROBABILITY_INL_H
#endif

#include "kernels/loss_elementwise-inl.h"
#include "kernels/math-inl.h"

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

// The vectors' logarithm for one number, so that it has the same bits on every machine.
HWY_INLINE float log_of(float x) {
  return hn::GetLane(log(splat(x)));
}

// Label smoothing (Szegedy et al. 2016); without it the targets as they are.
struct SmoothedTargets {
  V kept;
  V spread;
  explicit HWY_INLINE SmoothedTargets(const LossSettings& settings)
      : kept(splat(settings.kept)), spread(splat(settings.spread)) {}
  HWY_INLINE V of(V t) const { return t * kept + spread; }
};

// q^gamma and its derivative. The usual exponents have no rounding of logarithms.
struct FocalPower {
  float gamma;
  HWY_INLINE V of(V q) const {
    if (gamma == 0.0f) return splat(1.0f);
    if (gamma == 1.0f) return q;
    if (gamma == 2.0f) return q * q;
    return hn::IfThenElse(hn::Eq(q, zero()), q, exp(splat(gamma) * log(q)));
  }
  // gamma q^(gamma - 1) from q^gamma. At 0 an exponent below 1 would have an infinite slope there, which no caller
  // keeps.
  HWY_INLINE V slope(V q, V raised) const {
    if (gamma == 0.0f) return zero();
    if (gamma == 1.0f) return splat(1.0f);
    if (gamma == 2.0f) return q + q;
    return splat(gamma) * (raised / max(q, splat(kSmallestNormal)));
  }
};

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_KERNELS_LOSS_PROBABILITY_INL_H
