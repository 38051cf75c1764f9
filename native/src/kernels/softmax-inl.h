// softmax, log softmax and their gradients on rows. Included once per instruction set.
#if defined(NOPT_KERNELS_SOFTMAX_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_KERNELS_SOFTMAX_INL_H
#undef NOPT_KERNELS_SOFTMAX_INL_H
#else
#define NOPT_KERNELS_SOFTMAX_INL_H
#endif

#include "kernels/math-inl.h"
#include "kernels/row-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// y = exp(x - max) and their sum. The largest is subtracted so that exp does not overflow; x and y may be the same, and
// y may be null where only the sum is wanted.
struct ExpRow {
  const float* x;
  float* y;
  V largest;
  LineSum sum;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    const V e = exp(place.get(x + i, -kInfinity) - largest);
    if (y != nullptr) place.put(e, y + i);
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

// y = (x - max) - log(sum)
struct LogSoftmaxRow {
  const float* x;
  float* y;
  V largest;
  V log_sum;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    place.put((place.get(x + i) - largest) - log_sum, y + i);
  }
};

HWY_INLINE void log_softmax_row(const float* x, float* y, int64_t count) {
  const V largest = splat(row_max(x, count));
  ExpRow exps{x, nullptr, largest, LineSum()};
  for_each_vector(count, exps);
  LogSoftmaxRow step{x, y, largest, log(splat(exps.sum.total()))};
  for_each_vector(count, step);
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
  const float* dy;
  float* dx;
  V inner;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    place.put(place.get(y + i) * (place.get(dy + i) - inner), dx + i);
  }
};

// The Jacobian of softmax is diag(y) - y y^T. dx may be dy.
HWY_INLINE void softmax_slope_row(const float* y, const float* dy, float* dx, int64_t count) {
  DotRow dot{y, dy, LineSum()};
  for_each_vector(count, dot);
  SoftmaxSlope slope{y, dy, dx, splat(dot.sum.total())};
  for_each_vector(count, slope);
}

struct SumRow {
  const float* x;
  LineSum sum;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    sum.add(lane, place.get(x + i));
  }
};

struct LogSoftmaxSlope {
  const float* y;
  const float* dy;
  float* dx;
  V total;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    place.put(place.get(dy + i) - exp(place.get(y + i)) * total, dx + i);
  }
};

// The Jacobian of log softmax is I - softmax 1^T, and softmax is exp(y). dx may be dy.
HWY_INLINE void log_softmax_slope_row(const float* y, const float* dy, float* dx, int64_t count) {
  SumRow sum{dy, LineSum()};
  for_each_vector(count, sum);
  LogSoftmaxSlope slope{y, dy, dx, splat(sum.sum.total())};
  for_each_vector(count, slope);
}

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_KERNELS_SOFTMAX_INL_H
