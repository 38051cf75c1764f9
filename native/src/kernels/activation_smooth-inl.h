// Activation functions of exp, log, tanh and the normal distribution. Included once per instruction set. value and
// slope as in activation_piecewise-inl.h.
#if defined(NOPT_KERNELS_ACTIVATION_SMOOTH_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_KERNELS_ACTIVATION_SMOOTH_INL_H
#undef NOPT_KERNELS_ACTIVATION_SMOOTH_INL_H
#else
#define NOPT_KERNELS_ACTIVATION_SMOOTH_INL_H
#endif

#include "kernels/activation_piecewise-inl.h"
#include "kernels/math-inl.h"
#include "kernels/normal-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct Sigmoid {
  static HWY_INLINE V value(V x, V /*p*/) { return sigmoid(x); }
  static HWY_INLINE V slope(V y, V dy, V /*p*/) { return dy * (y * (splat(1.0f) - y)); }
};

struct Tanh {
  static HWY_INLINE V value(V x, V /*p*/) { return tanh(x); }
  static HWY_INLINE V slope(V y, V dy, V /*p*/) { return dy * (splat(1.0f) - y * y); }
};

struct Exponential {
  static HWY_INLINE V value(V x, V /*p*/) { return exp(x); }
  static HWY_INLINE V slope(V y, V dy, V /*p*/) { return dy * y; }
};

// x > 0: x; else p (exp(x) - 1) (Clevert et al. 2016)
struct Elu {
  static HWY_INLINE V value(V x, V p) { return hn::IfThenElse(x > zero(), x, p * expm1(x)); }
  static HWY_INLINE V slope(V y, V dy, V p) { return hn::IfThenElse(y > zero(), dy, dy * (y + p)); }
};

// The two numbers that keep mean 0 and variance 1 (Klambauer et al. 2017).
struct Selu {
  static constexpr float kScale = 1.05070098f;
  static constexpr float kScaledAlpha = 1.75809934f;
  static HWY_INLINE V value(V x, V /*p*/) {
    return hn::IfThenElse(x > zero(), splat(kScale) * x, splat(kScaledAlpha) * expm1(x));
  }
  static HWY_INLINE V slope(V y, V dy, V /*p*/) {
    return dy * hn::IfThenElse(y > zero(), splat(kScale), y + splat(kScaledAlpha));
  }
};

// x > 0: x; else p (exp(x / p) - 1) (Barron 2017)
struct Celu {
  static HWY_INLINE V value(V x, V p) { return hn::IfThenElse(x > zero(), x, p * expm1(x / p)); }
  static HWY_INLINE V slope(V y, V dy, V p) { return hn::IfThenElse(y > zero(), dy, dy * (y / p + splat(1.0f))); }
};

// x P(X < x) for a standard normal X (Hendrycks and Gimpel 2016)
struct Gelu {
  static HWY_INLINE V value(V x, V /*p*/) { return faded(x, normal(x).below); }
  static HWY_INLINE V slope(V x, V dy, V /*p*/) {
    const Normal n = normal(x);
    return dy * (n.below + faded(x, n.density));
  }
};

// x (1 + tanh u) / 2 = x sigmoid(2 u), u = sqrt(2 / pi) (x + 0.044715 x^3)
struct GeluTanh {
  static constexpr float kCubic = 0.044715f;
  static constexpr float kTwoRoots = 1.59576912f;  // 2 sqrt(2 / pi)
  // Beyond 20 the logistic function is 0 or 1, and x^3 would overflow.
  static HWY_INLINE V bounded(V x) { return clamp(x, splat(-20.0f), splat(20.0f)); }
  static HWY_INLINE V twice_u(V x) { return splat(kTwoRoots) * (x + splat(kCubic) * (x * x * x)); }
  static HWY_INLINE V value(V x, V /*p*/) { return faded(x, sigmoid(twice_u(bounded(x)))); }
  static HWY_INLINE V slope(V x, V dy, V /*p*/) {
    const V b = bounded(x);
    const V u = twice_u(b);
    const V e = exp(hn::Neg(hn::Abs(u)));
    const V du = splat(kTwoRoots) * (splat(1.0f) + splat(3.0f * kCubic) * (b * b));
    const V bell = e / ((splat(1.0f) + e) * (splat(1.0f) + e));
    return dy * (sigmoid_from_exp(u, e) + (b * du) * bell);
  }
};

// x sigmoid(p x) (Elfwing et al. 2018, Ramachandran et al. 2017)
struct Silu {
  static HWY_INLINE V value(V x, V p) { return faded(x, sigmoid(p * x)); }
  static HWY_INLINE V slope(V x, V dy, V p) {
    const V u = p * x;
    const V e = exp(hn::Neg(hn::Abs(u)));
    const V bell = e / ((splat(1.0f) + e) * (splat(1.0f) + e));
    return dy * (sigmoid_from_exp(u, e) + faded(u, bell));
  }
};

// x tanh(log(1 + exp(x))) (Misra 2019). With e = exp(-|x|), tanh(..) = a / (a + b): above 0, a = 1 + 2 e and b = 2 e^2;
// else a = e^2 + 2 e and b = 2. Its derivative is 4 (1 + e) c / (a + b)^2, c = e^2 above 0, else e.
struct Mish {
  struct Ratio {
    V a, sum, c;
  };
  static HWY_INLINE Ratio ratio(V x, V e) {
    const auto above = x > zero();
    const V e2 = e * e;
    const V a = hn::IfThenElse(above, splat(1.0f), e2) + (e + e);
    return {a, a + hn::IfThenElse(above, e2 + e2, splat(2.0f)), hn::IfThenElse(above, e2, e)};
  }
  static HWY_INLINE V value(V x, V /*p*/) {
    const Ratio r = ratio(x, exp(hn::Neg(hn::Abs(x))));
    return faded(x, r.a / r.sum);
  }
  static HWY_INLINE V slope(V x, V dy, V /*p*/) {
    const V e = exp(hn::Neg(hn::Abs(x)));
    const Ratio r = ratio(x, e);
    const V bell = splat(4.0f) * (splat(1.0f) + e) * r.c / (r.sum * r.sum);
    return dy * (r.a / r.sum + faded(x, bell));
  }
};

// log(1 + exp(p x)) / p; derivative sigmoid(p x) = 1 - exp(-p y)
struct Softplus {
  static HWY_INLINE V value(V x, V p) { return max(x, zero()) + log1p(exp(hn::Neg(hn::Abs(p * x)))) / p; }
  static HWY_INLINE V slope(V y, V dy, V p) { return dy * hn::Neg(expm1(hn::Neg(p * y))); }
};

// log(sigmoid(x)); derivative sigmoid(-x) = 1 - exp(y)
struct LogSigmoid {
  static HWY_INLINE V value(V x, V /*p*/) { return min(x, zero()) - log1p(exp(hn::Neg(hn::Abs(x)))); }
  static HWY_INLINE V slope(V y, V dy, V /*p*/) { return dy * hn::Neg(expm1(y)); }
};

// x - tanh(x); derivative tanh(x)^2
struct TanhShrink {
  static HWY_INLINE V value(V x, V /*p*/) {
    const V near_zero = hn::Neg(tanh_minus_x_near_zero(x));
    return hn::IfThenElse(hn::Abs(x) < splat(kTanhNearZero), near_zero, x - tanh(x));
  }
  static HWY_INLINE V slope(V x, V dy, V /*p*/) {
    const V t = tanh(x);
    return dy * (t * t);
  }
};

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_KERNELS_ACTIVATION_SMOOTH_INL_H
