// The vector type of all kernels and the few operations that Highway leaves open. Included once per instruction set.
//
// A kernel file is compiled once for every target: it sets HWY_TARGET_INCLUDE to its own path, includes
// hwy/foreach_target.h and this file, and puts its code into NOPT_KERNEL_NAMESPACE_BEGIN .. END. The anonymous
// namespace matters: a function with external linkage that two targets share would be merged by the linker, and AVX-512
// code could end up in the scalar path.
#if defined(NOPT_KERNELS_SIMD_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_KERNELS_SIMD_INL_H
#undef NOPT_KERNELS_SIMD_INL_H
#else
#define NOPT_KERNELS_SIMD_INL_H
#endif

#include <cstddef>
#include <cstdint>

#include "hwy/highway.h"

#ifndef NOPT_KERNEL_NAMESPACE_BEGIN
#define NOPT_KERNEL_NAMESPACE_BEGIN \
  HWY_BEFORE_NAMESPACE();           \
  namespace nopt {                  \
  namespace HWY_NAMESPACE {         \
  namespace {
#define NOPT_KERNEL_NAMESPACE_END \
  }                               \
  }                               \
  }                               \
  HWY_AFTER_NAMESPACE();
#endif

NOPT_KERNEL_NAMESPACE_BEGIN

namespace hn = hwy::HWY_NAMESPACE;

// Kernels walk in lines of 16 floats (64 bytes) whatever the width of the vectors: 16 vectors of one float, 4 of four,
// 2 of eight, 1 of sixteen. Sums use one accumulator for each position in the line, so that they do not depend on the
// width.
constexpr int64_t kLine = 16;
using D = hn::CappedTag<float, kLine>;
using V = hn::Vec<D>;
using M = hn::Mask<D>;
constexpr int64_t kLanes = static_cast<int64_t>(hn::MaxLanes(D()));
constexpr int64_t kLineVectors = kLine / kLanes;

HWY_INLINE V splat(float value) {
  return hn::Set(D(), value);
}
HWY_INLINE V zero() {
  return hn::Zero(D());
}
HWY_INLINE V load(const float* p) {
  return hn::LoadU(D(), p);
}
HWY_INLINE void store(V v, float* p) {
  hn::StoreU(v, D(), p);
}

// The first `count` < kLanes floats at p, the other lanes `fill`. No byte beyond them is read.
HWY_INLINE V load_first(const float* p, int64_t count, float fill = 0.0f) {
#if HWY_TARGET == HWY_AVX2 || HWY_TARGET == HWY_AVX3
  const M mask = hn::FirstN(D(), static_cast<size_t>(count));
  return hn::IfThenElse(mask, hn::MaskedLoad(mask, D(), p), splat(fill));
#else
  HWY_ALIGN float lanes[kLanes];
  for (int64_t i = 0; i < kLanes; ++i) lanes[i] = i < count ? p[i] : fill;
  return hn::Load(D(), lanes);
#endif
}

// Writes the first `count` < kLanes lanes and no other byte.
HWY_INLINE void store_first(V v, float* p, int64_t count) {
#if HWY_TARGET == HWY_AVX2 || HWY_TARGET == HWY_AVX3
  hn::BlendedStore(v, hn::FirstN(D(), static_cast<size_t>(count)), D(), p);
#else
  HWY_ALIGN float lanes[kLanes];
  hn::Store(v, D(), lanes);
  for (int64_t i = 0; i < count; ++i) p[i] = lanes[i];
#endif
}

// A place in memory for one vector: a whole one, or its first `count` lanes. Loops are written once over these two.
struct WholeVector {
  HWY_INLINE V get(const float* p, float /*fill*/ = 0.0f) const { return load(p); }
  HWY_INLINE void put(V v, float* p) const { store(v, p); }
  HWY_INLINE V only(V v) const { return v; }
};
struct FirstLanes {
  int64_t count;
  HWY_INLINE V get(const float* p, float fill = 0.0f) const { return load_first(p, count, fill); }
  HWY_INLINE void put(V v, float* p) const { store_first(v, p, count); }
  // Zeros in the other lanes.
  HWY_INLINE V only(V v) const {
    return hn::IfThenElseZero(hn::FirstN(D(), static_cast<size_t>(count)), v);
  }
};

// Maximum and minimum in which a NaN wins whatever operand it is in.
// (NaN is found with IsNaN: Highway's != is an ordered comparison on AVX-512, where a != a is never true.)
HWY_INLINE V max(V a, V b) {
  return hn::IfThenElse(hn::Or(a > b, hn::IsNaN(a)), a, b);
}
HWY_INLINE V min(V a, V b) {
  return hn::IfThenElse(hn::Or(a < b, hn::IsNaN(a)), a, b);
}

// v limited to [low, high]; NaN stays NaN. The instructions of x86 give their second operand where one is NaN.
HWY_INLINE V clamp(V v, V low, V high) {
#if HWY_TARGET == HWY_SSE4 || HWY_TARGET == HWY_AVX2 || HWY_TARGET == HWY_AVX3
  return hn::Min(high, hn::Max(low, v));
#else
  v = hn::IfThenElse(v < low, low, v);
  return hn::IfThenElse(v > high, high, v);
#endif
}

// 1 or -1; zeros, NaN and the subnormal numbers that are flushed to zero are kept as they are. (The product with the
// smallest normal number is 2.)
HWY_INLINE V sign(V v) {
  return clamp(v * splat(1.7014118e38f), splat(-1.0f), splat(1.0f));
}

// Zeros of their sign for subnormal numbers. Arithmetic does that by itself; this is for values that are only copied.
HWY_INLINE V flush_subnormals(V v) {
  return hn::IfThenElse(hn::Abs(v) < splat(1.17549435e-38f), hn::CopySign(zero(), v), v);
}

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_KERNELS_SIMD_INL_H
