// Divisions of the rules: true ones, or with NOPT_STEP_FAST_MATH products with an estimate of the reciprocal. Included once
// per instruction set.
//
// A true root and a true division share one unit of the processor, which is what a step waits for as long as its arrays
// are in the caches. Half of its work done elsewhere is enough: an estimated root as well was slower, not faster.
#if defined(NOPT_OPTIMIZERS_QUOTIENT_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_OPTIMIZERS_QUOTIENT_INL_H
#undef NOPT_OPTIMIZERS_QUOTIENT_INL_H
#else
#define NOPT_OPTIMIZERS_QUOTIENT_INL_H
#endif

#include "kernels/simd-inl.h"

// Whether the rule divides.
#ifndef NOPT_HAS_QUOTIENTS
#define NOPT_HAS_QUOTIENTS 0
#endif

NOPT_KERNEL_NAMESPACE_BEGIN

// Beside the bits of the variants in the kVariant of a rule: divisions may be estimated.
constexpr uint32_t kFastMath = 1u << 31;

// Newton steps that bring the processor's estimate (14 bits on AVX-512, 12 on AVX2) to the precision of a float. Without
// fused multiplication and addition they would lose some of it; there divisions stay true ones.
#if HWY_TARGET == HWY_AVX3
constexpr int kNewtonSteps = 1;
#elif HWY_TARGET == HWY_AVX2
constexpr int kNewtonSteps = 2;
#else
constexpr int kNewtonSteps = 0;
#endif
constexpr bool kEstimatesQuotients = NOPT_HAS_QUOTIENTS != 0 && kNewtonSteps > 0;

// x / y. Estimated: relative error at most 1.5e-7, where a true division has 0.6e-7; y counts as 2^125 where it is larger
// (its reciprocal would be subnormal), and 0 as y makes NaN.
template <uint32_t kVariant>
HWY_INLINE V quotient(V x, V y) {
#if HWY_TARGET == HWY_AVX2 || HWY_TARGET == HWY_AVX3
  if constexpr ((kVariant & kFastMath) != 0) {
    y = hn::Min(splat(4.2535296e37f), y);
    V reciprocal = hn::ApproximateReciprocal(y);
    for (int i = 0; i < kNewtonSteps; ++i) {
      reciprocal = hn::MulAdd(reciprocal, hn::NegMulAdd(y, reciprocal, splat(1.0f)), reciprocal);
    }
    return x * reciprocal;
  }
#endif
  return x / y;
}

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_OPTIMIZERS_QUOTIENT_INL_H
