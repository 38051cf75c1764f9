// Losses of probabilities of two classes, one element at a time, and of distributions. Included once per instruction
// set.
#if defined(NOPT_KERNELS_LOSS_BINARY_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_KERNELS_LOSS_BINARY_INL_H
#undef NOPT_KERNELS_LOSS_BINARY_INL_H
#else
#define NOPT_KERNELS_LOSS_BINARY_INL_H
#endif

#include "kernels/loss_probability-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// -(t log p + (1 - t) log(1 - p)) with p = y clipped; gradient (p - t) / (p (1 - p)), 0 where clipped.
struct BinaryProbabilities {
  static constexpr float kSlope = 1.0f;
  SmoothedTargets smoothing;
  HWY_INLINE V value(V y, V target, V* slope) const {
    const V one = splat(1.0f);
    const V t = smoothing.of(target);
    const V p = clip_probability(y);
    *slope = zero_where_clipped(y, (p - t) / (p * (one - p)));
    return hn::Neg(t * log(p) + (one - t) * log(one - p));
  }
};

// As PyTorch: no clipping, but logarithms of at least -100 and a denominator of at least 1e-12.
struct UnclippedBinary {
  static constexpr float kSlope = 1.0f;
  SmoothedTargets smoothing;
  HWY_INLINE V value(V y, V target, V* slope) const {
    const V one = splat(1.0f);
    const V lowest = splat(-100.0f);
    const V t = smoothing.of(target);
    *slope = (y - t) / max(y * (one - y), splat(1e-12f));
    return hn::Neg(t * max(log(y), lowest) + (one - t) * max(log1p(hn::Neg(y)), lowest));
  }
};

// p = sigmoid(y). The value is written as max(y, 0) - y t + log(1 + exp(-|y|)), which neither overflows nor cancels.
struct BinaryLogits {
  static constexpr float kSlope = 1.0f;
  SmoothedTargets smoothing;
  HWY_INLINE V value(V y, V target, V* slope) const {
    const V t = smoothing.of(target);
    const V e = exp(hn::Neg(hn::Abs(y)));
    *slope = sigmoid_from_exp(y, e) - t;
    return (max(y, zero()) - y * t) + log1p(e);
  }
};

// The weight of the classes in a focal loss: t alpha + (1 - t)(1 - alpha), or 1.
struct ClassBalance {
  bool is_on;
  V alpha;
  HWY_INLINE V of(V t) const {
    const V one = splat(1.0f);
    return is_on ? t * alpha + (one - t) * (one - alpha) : one;
  }
};

// q^gamma times the cross-entropy, q = t (1 - p) + (1 - t) p the probability of being wrong (Lin et al. 2017).
// With r = p (1 - p), derivatives with respect to the logit:
//   gamma q^(gamma - 1) (1 - 2t) r crossentropy + q^gamma (p - t)
struct BinaryFocalLogits {
  static constexpr float kSlope = 1.0f;
  SmoothedTargets smoothing;
  FocalPower power;
  ClassBalance balance;
  HWY_INLINE V value(V y, V target, V* slope) const {
    const V one = splat(1.0f);
    const V t = smoothing.of(target);
    const V e = exp(hn::Neg(hn::Abs(y)));
    const V p = sigmoid_from_exp(y, e);
    const V rest = sigmoid_from_exp(hn::Neg(y), e);  // 1 - p, without cancelling
    const V entropy = (max(y, zero()) - y * t) + log1p(e);
    const V q = t * rest + (one - t) * p;
    const V raised = power.of(q);
    const V weight = balance.of(t);
    const V first = (power.slope(q, raised) * (one - (t + t))) * ((p * rest) * entropy);
    *slope = weight * (first + raised * (p - t));
    return weight * (raised * entropy);
  }
};

// The same of probabilities: the cross-entropy is of p = y clipped, the power of y as it is, as in Keras.
struct BinaryFocalProbabilities {
  static constexpr float kSlope = 1.0f;
  SmoothedTargets smoothing;
  FocalPower power;
  ClassBalance balance;
  HWY_INLINE V value(V y, V target, V* slope) const {
    const V one = splat(1.0f);
    const V t = smoothing.of(target);
    const V p = clip_probability(y);
    const V entropy = hn::Neg(t * log(p) + (one - t) * log(one - p));
    const V q = t * (one - y) + (one - t) * y;
    const V raised = power.of(q);
    const V weight = balance.of(t);
    const V first = (power.slope(q, raised) * (one - (t + t))) * entropy;
    *slope = weight * (first + raised * zero_where_clipped(y, (p - t) / (p * (one - p))));
    return weight * (raised * entropy);
  }
};

// t log(t / y), both limited to [epsilon, 1]; gradient -t / y, 0 where y was limited.
struct KlDivergence {
  static constexpr float kSlope = -1.0f;
  V epsilon;
  HWY_INLINE V value(V y, V target, V* slope) const {
    const V one = splat(1.0f);
    const V t = clamp(target, epsilon, one);
    const V p = clamp(y, epsilon, one);
    *slope = hn::IfThenZeroElse(hn::Or(y<epsilon, y> one), t / p);
    return t * log(t / p);
  }
};

// t (log t - y), 0 where t is 0; gradient -t. Of logarithms: exp(t) (t - y).
struct KlDivergenceOfLogarithms {
  static constexpr float kSlope = -1.0f;
  bool log_targets;
  HWY_INLINE V value(V y, V target, V* slope) const {
    if (log_targets) {
      const V t = exp(target);
      *slope = t;
      return t * (target - y);
    }
    *slope = target;
    // y - y: NaN stays NaN.
    return hn::IfThenElse(hn::Eq(target, zero()), y - y, target * (log(target) - y));
  }
};

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_KERNELS_LOSS_BINARY_INL_H
