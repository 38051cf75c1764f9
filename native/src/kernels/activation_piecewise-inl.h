// Activation functions of + - * / and sqrt alone: the same bits on every instruction set and in C#. Included once per
// instruction set.
//
// value(x, p) is the function with its parameter. slope(v, dy, p) is dy times the derivative; v is the function's value
// y, or x where activation_traits.cpp says so. Comparisons are such that NaN is not taken for a flat side, and
// derivatives at a corner are PyTorch's.
#if defined(NOPT_KERNELS_ACTIVATION_PIECEWISE_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_KERNELS_ACTIVATION_PIECEWISE_INL_H
#undef NOPT_KERNELS_ACTIVATION_PIECEWISE_INL_H
#else
#define NOPT_KERNELS_ACTIVATION_PIECEWISE_INL_H
#endif

#include "kernels/simd-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// x s for a factor s that fades away where x is large: 0 where s is, also for an infinite x.
HWY_INLINE V faded(V x, V s) {
  return hn::IfThenZeroElse(hn::Eq(s, zero()), x * s);
}

// dy where low < y < high or y is NaN, else 0.
HWY_INLINE V inside(V y, V low, V high, V dy) {
  return hn::IfThenZeroElse(hn::Or(y <= low, y >= high), dy);
}

struct Linear {
  static HWY_INLINE V value(V x, V /*p*/) { return x; }
  static HWY_INLINE V slope(V /*y*/, V dy, V /*p*/) { return dy; }
};

// max(x, 0)
struct Relu {
  static HWY_INLINE V value(V x, V /*p*/) { return hn::IfThenZeroElse(x <= zero(), x); }
  static HWY_INLINE V slope(V y, V dy, V /*p*/) { return hn::IfThenZeroElse(y <= zero(), dy); }
};

// min(max(x, 0), p)
struct CappedRelu {
  static HWY_INLINE V value(V x, V p) { return clamp(x, zero(), p); }
  static HWY_INLINE V slope(V y, V dy, V p) { return inside(y, zero(), p, dy); }
};

// x > 0: x; else p x. The sign of y is that of x.
struct LeakyRelu {
  static HWY_INLINE V value(V x, V p) { return hn::IfThenElse(x > zero(), x, x * p); }
  static HWY_INLINE V slope(V y, V dy, V p) { return hn::IfThenElse(y <= zero(), dy * p, dy); }
};

// min(max(x + 3, 0), 6) / 6
struct HardSigmoid {
  static HWY_INLINE V value(V x, V /*p*/) { return clamp(x + splat(3.0f), zero(), splat(6.0f)) / splat(6.0f); }
  static HWY_INLINE V slope(V y, V dy, V /*p*/) { return inside(y, zero(), splat(1.0f), dy * splat(1.0f / 6.0f)); }
};

// x min(max(x + 3, 0), 6) / 6; derivative x / 3 + 1/2 in [-3, 3)
struct HardSilu {
  static HWY_INLINE V value(V x, V p) { return faded(x, HardSigmoid::value(x, p)); }
  static HWY_INLINE V slope(V x, V dy, V /*p*/) {
    const V middle = dy * (x / splat(3.0f) + splat(0.5f));
    return hn::IfThenZeroElse(x < splat(-3.0f), hn::IfThenElse(x >= splat(3.0f), dy, middle));
  }
};

// min(max(x, -1), 1)
struct HardTanh {
  static HWY_INLINE V value(V x, V /*p*/) { return clamp(x, splat(-1.0f), splat(1.0f)); }
  static HWY_INLINE V slope(V y, V dy, V /*p*/) { return inside(y, splat(-1.0f), splat(1.0f), dy); }
};

// x / (1 + |x|); derivative (1 - |y|)^2. Infinity would become NaN.
struct Softsign {
  static HWY_INLINE V value(V x, V /*p*/) {
    constexpr float kLargest = 3.40282347e38f;
    const V finite = clamp(x, splat(-kLargest), splat(kLargest));
    return finite / (splat(1.0f) + hn::Abs(finite));
  }
  static HWY_INLINE V slope(V y, V dy, V /*p*/) {
    const V rest = splat(1.0f) - hn::Abs(y);
    return dy * (rest * rest);
  }
};

// x moved towards 0 by p, and 0 in [-p, p]
struct SoftShrink {
  static HWY_INLINE V value(V x, V p) { return hn::IfThenZeroElse(hn::Abs(x) <= p, x - hn::CopySign(p, x)); }
  static HWY_INLINE V slope(V y, V dy, V /*p*/) { return hn::IfThenZeroElse(hn::Eq(y, zero()), dy); }
};

// x, and 0 in [-p, p]
struct HardShrink {
  static HWY_INLINE V value(V x, V p) { return hn::IfThenZeroElse(hn::Abs(x) <= p, x); }
  static HWY_INLINE V slope(V y, V dy, V p) { return SoftShrink::slope(y, dy, p); }
};

// (x + sqrt(x^2 + p)) / 2; derivative y^2 / (y^2 + p / 4)
struct Squareplus {
  static HWY_INLINE V value(V x, V p) {
    const V size = hn::Abs(x);
    V root = hn::Sqrt(x * x + p);
    root = hn::IfThenElse(root <= splat(3.40282347e38f), root, size);  // x^2 overflowed, or NaN
    // Below 0 the sum x + root would cancel.
    const V half = splat(0.5f);
    return hn::IfThenElse(x < zero(), (p * half) / (size + root), size * half + root * half);
  }
  static HWY_INLINE V slope(V y, V dy, V p) {
    const V ratio = (p * splat(0.25f)) / y / y;
    return hn::IfThenZeroElse(hn::Eq(y, zero()), dy / (splat(1.0f) + ratio));
  }
};

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_KERNELS_ACTIVATION_PIECEWISE_INL_H
