// Walks along a row, and sums and maxima over it. Included once per instruction set.
//
// A sum has 16 accumulators, one for each position in a line, added as a tree at the end: the order of the additions is
// the same on every instruction set.
#if defined(NOPT_KERNELS_ROW_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_KERNELS_ROW_INL_H
#undef NOPT_KERNELS_ROW_INL_H
#else
#define NOPT_KERNELS_ROW_INL_H
#endif

#include "kernels/simd-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// step(place, i, lane) for the vectors that cover [0, count); lane numbers the vector within its line.
template <class Step>
HWY_INLINE void for_each_vector(int64_t count, Step& step) {
  int64_t i = 0;
  for (; i + kLine <= count; i += kLine) {
    for (int64_t lane = 0; lane < kLineVectors; ++lane) step(WholeVector(), i + lane * kLanes, lane);
  }
  int64_t lane = 0;
  for (; i + kLanes <= count; i += kLanes) step(WholeVector(), i, lane++);
  if (i < count) step(FirstLanes{count - i}, i, lane);
}

// Sixteen partial sums.
struct LineSum {
  V part[kLineVectors];
  HWY_INLINE LineSum() {
    for (int64_t lane = 0; lane < kLineVectors; ++lane) part[lane] = zero();
  }
  HWY_INLINE void add(int64_t lane, V v) { part[lane] = part[lane] + v; }
  HWY_INLINE float total() const {
    HWY_ALIGN float sums[kLine];
    for (int64_t lane = 0; lane < kLineVectors; ++lane) store(part[lane], sums + lane * kLanes);
    for (int64_t width = kLine / 2; width > 0; width /= 2) {
      for (int64_t i = 0; i < width; ++i) sums[i] = sums[i] + sums[i + width];
    }
    return sums[0];
  }
};

// Sixteen partial maxima; NaN wins.
struct LineMax {
  V part[kLineVectors];
  HWY_INLINE LineMax() {
    for (int64_t lane = 0; lane < kLineVectors; ++lane) part[lane] = splat(-__builtin_inff());
  }
  HWY_INLINE void add(int64_t lane, V v) { part[lane] = max(part[lane], v); }
  HWY_INLINE float total() const {
    V best = part[0];
    for (int64_t lane = 1; lane < kLineVectors; ++lane) best = max(best, part[lane]);
    HWY_ALIGN float lanes[kLanes];
    hn::Store(best, D(), lanes);
    float result = lanes[0];
    for (int64_t i = 1; i < kLanes; ++i) result = (result > lanes[i] || result != result) ? result : lanes[i];
    return result;
  }
};

struct RowMax {
  const float* x;
  LineMax best;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    best.add(lane, place.get(x + i, -__builtin_inff()));
  }
};

// The largest of x[0 .. count).
HWY_INLINE float row_max(const float* x, int64_t count) {
  RowMax step{x, LineMax()};
  for_each_vector(count, step);
  return step.best.total();
}

// The first index at which x equals `value`, or `count`.
HWY_INLINE int64_t find_first(const float* x, int64_t count, float value) {
  const V wanted = splat(value);
  int64_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    const auto found = hn::FindFirstTrue(D(), hn::Eq(load(x + i), wanted));
    if (found >= 0) return i + static_cast<int64_t>(found);
  }
  while (i < count && x[i] != value) ++i;
  return i;
}

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_KERNELS_ROW_INL_H
