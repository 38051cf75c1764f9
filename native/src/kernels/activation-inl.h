// The activation functions and their derivatives on vectors, and softmax on rows. Included once per instruction set.
#if defined(NOPT_KERNELS_ACTIVATION_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_KERNELS_ACTIVATION_INL_H
#undef NOPT_KERNELS_ACTIVATION_INL_H
#else
#define NOPT_KERNELS_ACTIVATION_INL_H
#endif

#include "kernels/math-inl.h"
#include "kernels/row-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// value(x) is the function, slope(y, dy) is dy times its derivative, from the function's value.
struct Linear {
  static HWY_INLINE V value(V x) { return x; }
};
struct Relu {
  static HWY_INLINE V value(V x) { return hn::IfThenZeroElse(x <= zero(), x); }
  // Not y > 0: a NaN must not be taken for the flat side.
  static HWY_INLINE V slope(V y, V dy) { return hn::IfThenZeroElse(y <= zero(), dy); }
};
struct Sigmoid {
  static HWY_INLINE V value(V x) { return sigmoid(x); }
  static HWY_INLINE V slope(V y, V dy) { return dy * (y * (splat(1.0f) - y)); }
};
struct Tanh {
  static HWY_INLINE V value(V x) { return tanh(x); }
  static HWY_INLINE V slope(V y, V dy) { return dy * (splat(1.0f) - y * y); }
};

// y = exp(x - max) and their sum. The largest is subtracted so that exp does not overflow; x and y may be the same.
struct ExpRow {
  const float* x;
  float* y;
  V largest;
  LineSum sum;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    const V e = exp(place.get(x + i, -kInfinity) - largest);
    place.put(e, y + i);
    sum.add(lane, e);
  }
};

struct DivideRow {
  float* y;
  V divisor;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    place.put(place.get(y + i) / divisor, y + i);
  }
};

HWY_INLINE void softmax_row(const float* x, float* y, int64_t count) {
  ExpRow exps{x, y, splat(row_max(x, count)), LineSum()};
  for_each_vector(count, exps);
  DivideRow divide{y, splat(exps.sum.total())};
  for_each_vector(count, divide);
}

// sum of y dy: the part of softmax' gradient that is common to a row.
struct DotRow {
  const float* y;
  const float* dy;
  LineSum sum;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    sum.add(lane, place.get(y + i) * place.get(dy + i));
  }
};

struct SoftmaxSlope {
  const float* y;
  float* dy;
  V inner;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    place.put(place.get(y + i) * (place.get(dy + i) - inner), dy + i);
  }
};

// The Jacobian of softmax is diag(y) - y y^T.
HWY_INLINE void softmax_slope_row(const float* y, float* dy, int64_t count) {
  DotRow dot{y, dy, LineSum()};
  for_each_vector(count, dot);
  SoftmaxSlope slope{y, dy, splat(dot.sum.total())};
  for_each_vector(count, slope);
}

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_KERNELS_ACTIVATION_INL_H
