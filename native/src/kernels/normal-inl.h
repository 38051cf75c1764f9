// The standard normal distribution on vectors of floats. Included once per instruction set.
#if defined(NOPT_KERNELS_NORMAL_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_KERNELS_NORMAL_INL_H
#undef NOPT_KERNELS_NORMAL_INL_H
#else
#define NOPT_KERNELS_NORMAL_INL_H
#endif

#include "kernels/math-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// Probability below x, (1 + erf(x / sqrt 2)) / 2, and density at x.
struct Normal {
  V below;
  V density;
};

// exp(-a^2 / 2) for 0 <= a <= 20. a^2 would be rounded, and exp makes much of it: a is split into a part of 12 bits,
// whose square is exact, and a rest.
HWY_INLINE V exp_of_minus_half_square(V a) {
  static constexpr float kCoefficients[] = {1.0f / 24.0f, -1.0f / 6.0f, 0.5f, -1.0f, 1.0f};
  const VI rounded = hn::BitCast(DI(), a) + hn::Set(DI(), 0x800);
  const V high = hn::BitCast(D(), hn::And(rounded, hn::Set(DI(), ~0xfff)));
  const V rest = (a - high) * (a + high) * splat(0.5f);  // at most 0.05 where the result is not 0
  return exp(splat(-0.5f) * (high * high)) * polynomial(rest, kCoefficients);
}

// The upper tail is exp(-a^2 / 2) R(a) with a = |x|; (1 + a) R(a) is a polynomial in t = (a - 3) / (a + 3), minimax on
// 0 <= a <= 13.2 with a relative error of 5e-9. Beyond, the tail is no normal float.
HWY_INLINE Normal normal(V x) {
  static constexpr float kCoefficients[] = {4.347584456e-05f,  5.593153715e-06f,  -4.711633112e-04f, -3.356516240e-04f,
                                            2.993415642e-03f,  1.154067869e-03f,  -2.272727092e-02f, 4.516471192e-02f,
                                            -1.643231230e-02f, -9.652678394e-02f, 4.860557948e-01f};
  const V a = clamp(hn::Abs(x), zero(), splat(20.0f));
  const V e = exp_of_minus_half_square(a);
  const V t = (a - splat(3.0f)) / (a + splat(3.0f));
  const V tail = e * (polynomial(t, kCoefficients) / (splat(1.0f) + a));
  return {hn::IfThenElse(x < zero(), tail, splat(1.0f) - tail), e * splat(0.398942280f)};
}

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_KERNELS_NORMAL_INL_H
