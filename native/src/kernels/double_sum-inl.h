// Sums in double of functions of floats. Included once per instruction set.
//
// As in row-inl.h there are 16 accumulators, one for each position in a line, added as a tree at the end.
#if defined(NOPT_KERNELS_DOUBLE_SUM_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_KERNELS_DOUBLE_SUM_INL_H
#undef NOPT_KERNELS_DOUBLE_SUM_INL_H
#else
#define NOPT_KERNELS_DOUBLE_SUM_INL_H
#endif

#include "kernels/simd-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

using DoubleTag = hn::CappedTag<double, kLine / 2>;
using DoubleV = hn::Vec<DoubleTag>;
using HalfTag = hn::Rebind<float, DoubleTag>;
constexpr int64_t kDoubleLanes = static_cast<int64_t>(hn::MaxLanes(DoubleTag()));
constexpr int64_t kLineDoubleVectors = kLine / kDoubleLanes;

// The vector number `lane` of a line of floats.
HWY_INLINE DoubleV promoted(const float* line, int64_t lane) {
  return hn::PromoteTo(DoubleTag(), hn::LoadU(HalfTag(), line + lane * kDoubleLanes));
}

// Sixteen partial sums.
struct DoubleLineSum {
  DoubleV part[kLineDoubleVectors];
  HWY_INLINE DoubleLineSum() {
    for (int64_t lane = 0; lane < kLineDoubleVectors; ++lane) part[lane] = hn::Zero(DoubleTag());
  }
  HWY_INLINE void add(int64_t lane, DoubleV v) { part[lane] = hn::Add(part[lane], v); }
  HWY_INLINE double total() const {
    double sums[kLine];
    for (int64_t lane = 0; lane < kLineDoubleVectors; ++lane) {
      hn::StoreU(part[lane], DoubleTag(), sums + lane * kDoubleLanes);
    }
    for (int64_t width = kLine / 2; width > 0; width /= 2) {
      for (int64_t i = 0; i < width; ++i) sums[i] = sums[i] + sums[i + width];
    }
    return sums[0];
  }
};

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_KERNELS_DOUBLE_SUM_INL_H
