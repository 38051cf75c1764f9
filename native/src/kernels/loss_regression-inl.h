// Losses of the difference between prediction and target, d = y - t, one element at a time. Included once per
// instruction set.
#if defined(NOPT_KERNELS_LOSS_REGRESSION_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_KERNELS_LOSS_REGRESSION_INL_H
#undef NOPT_KERNELS_LOSS_REGRESSION_INL_H
#else
#define NOPT_KERNELS_LOSS_REGRESSION_INL_H
#endif

#include "kernels/loss_elementwise-inl.h"
#include "kernels/math-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// d^2; gradient 2 d.
struct SquaredError {
  static constexpr float kSlope = 2.0f;
  HWY_INLINE V value(V y, V t, V* slope) const {
    const V d = y - t;
    *slope = d;
    return d * d;
  }
};

// |d|; gradient sign(d).
struct AbsoluteError {
  static constexpr float kSlope = 1.0f;
  HWY_INLINE V value(V y, V t, V* slope) const {
    const V d = y - t;
    *slope = sign(d);
    return hn::Abs(d);
  }
};

// 100 |d| / max(|t|, epsilon); gradient 100 sign(d) / max(|t|, epsilon).
struct PercentageError {
  static constexpr float kSlope = 100.0f;
  V epsilon;
  HWY_INLINE V value(V y, V t, V* slope) const {
    const V d = y - t;
    const V size = max(hn::Abs(t), epsilon);
    *slope = sign(d) / size;
    return splat(kSlope) * (hn::Abs(d) / size);
  }
};

// The square of log(1 + max(y, epsilon)) - log(1 + max(t, epsilon)); a y below epsilon has gradient 0.
struct SquaredLogarithmicError {
  static constexpr float kSlope = 2.0f;
  V epsilon;
  HWY_INLINE V value(V y, V t, V* slope) const {
    const V limited = max(y, epsilon);
    const V d = log1p(limited) - log1p(max(t, epsilon));
    *slope = hn::IfThenZeroElse(y < epsilon, d / (splat(1.0f) + limited));
    return d * d;
  }
};

// d^2 / 2 where |d| <= delta, else delta (|d| - delta / 2); gradient d limited to [-delta, delta].
struct Huber {
  static constexpr float kSlope = 1.0f;
  V delta;
  HWY_INLINE V value(V y, V t, V* slope) const {
    const V d = y - t;
    const V size = hn::Abs(d);
    const V half = splat(0.5f);
    const auto near = size <= delta;
    *slope = hn::IfThenElse(near, d, delta * sign(d));
    return hn::IfThenElse(near, half * (d * d), delta * (size - half * delta));
  }
};

// d^2 / (2 beta) where |d| < beta, else |d| - beta / 2; gradient d / beta limited to [-1, 1]. Beta 0: |d|.
struct SmoothL1 {
  static constexpr float kSlope = 1.0f;
  V beta;
  HWY_INLINE V value(V y, V t, V* slope) const {
    const V d = y - t;
    const V size = hn::Abs(d);
    const V half = splat(0.5f);
    const auto near = size < beta;
    *slope = hn::IfThenElse(near, d / beta, sign(d));
    return hn::IfThenElse(near, half * (d * d) / beta, size - half * beta);
  }
};

// log(cosh d); gradient tanh d. Near 0 it is -log(1 - tanh^2 d) / 2, elsewhere |d| + log(1 + exp(-2 |d|)) - log 2: each
// where the other one cancels.
struct LogCosh {
  static constexpr float kSlope = 1.0f;
  HWY_INLINE V value(V y, V t, V* slope) const {
    const V d = y - t;
    const V size = hn::Abs(d);
    const V slope_of_d = tanh(d);
    const V near = splat(-0.5f) * log1p(hn::Neg(slope_of_d * slope_of_d));
    const V far = size + (log1p(exp(hn::Neg(size + size))) - splat(0.693147181f));
    *slope = slope_of_d;
    return hn::IfThenElse(size < splat(1.0f), near, far);
  }
};

// y - t log(y + epsilon); gradient 1 - t / (y + epsilon). Of logarithms: exp(y) - t y; gradient exp(y) - t.
struct Poisson {
  static constexpr float kSlope = 1.0f;
  V epsilon;
  bool log_input;
  bool full;
  HWY_INLINE V value(V y, V t, V* slope) const {
    V result;
    if (log_input) {
      const V e = exp(y);
      *slope = e - t;
      result = e - t * y;
    } else {
      const V shifted = y + epsilon;
      *slope = splat(1.0f) - t / shifted;
      result = y - t * log(shifted);
    }
    return full ? result + stirling(t) : result;
  }
  // log(t!) where t > 1, else 0.
  static HWY_INLINE V stirling(V t) {
    const V terms = (t * log(t) - t) + splat(0.5f) * log(splat(6.28318531f) * t);
    return hn::IfThenElseZero(t > splat(1.0f), terms);
  }
};

// max(1 - t y, 0); gradient -t where it is above 0. NaN is kept.
struct Hinge {
  static constexpr float kSlope = 1.0f;
  bool zero_is_minus_one;
  HWY_INLINE V value(V y, V t, V* slope) const {
    const V sign_of_t = signs(t);
    const V margin = splat(1.0f) - sign_of_t * y;
    const V inward = hn::IfThenElseZero(margin > zero(), hn::Neg(sign_of_t));
    *slope = hn::IfThenElse(hn::IsNaN(margin), margin, inward);
    return max(margin, zero());
  }
  HWY_INLINE V signs(V t) const { return zero_is_minus_one ? splat(2.0f) * t - splat(1.0f) : t; }
};

// The square of the hinge; gradient -2 t max(1 - t y, 0).
struct SquaredHinge {
  static constexpr float kSlope = -2.0f;
  Hinge hinge;
  HWY_INLINE V value(V y, V t, V* slope) const {
    const V sign_of_t = hinge.signs(t);
    const V margin = max(splat(1.0f) - sign_of_t * y, zero());
    *slope = sign_of_t * margin;
    return margin * margin;
  }
};

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_KERNELS_LOSS_REGRESSION_INL_H
