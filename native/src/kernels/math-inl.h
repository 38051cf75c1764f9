// exp, expm1, log, log1p, tanh, the logistic function and the cube root on vectors of floats. Included once per
// instruction set.
//
// Only + - * / and bit operations, no FMA: every instruction set gives the same bits. The reductions and the
// polynomials of exp, log and tanh are those of the Cephes library (Moshier), single precision. Results below the
// smallest normal float (2^-126) are 0, whatever the floating-point mode. NaN stays NaN. Largest errors are measured in
// tests/native/math_test.cpp.
#if defined(NOPT_KERNELS_MATH_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_KERNELS_MATH_INL_H
#undef NOPT_KERNELS_MATH_INL_H
#else
#define NOPT_KERNELS_MATH_INL_H
#endif

#include "kernels/simd-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

using DI = hn::RebindToSigned<D>;
using VI = hn::Vec<DI>;

// ln 2 in two parts: the first has so few bits that its product with an exponent is exact.
constexpr float kLn2High = 0.693359375f;
constexpr float kLn2Low = -2.12194440e-4f;
constexpr float kInfinity = __builtin_inff();
constexpr float kNaN = __builtin_nanf("");
constexpr float kSmallestNormal = 1.17549435e-38f;

// c[0] x^(n-1) + c[1] x^(n-2) + ... + c[n-1]
template <int n>
HWY_INLINE V polynomial(V x, const float (&c)[n]) {
  V sum = splat(c[0]);
  for (int i = 1; i < n; ++i) sum = sum * x + splat(c[i]);
  return sum;
}

// 2^n for n in [-126, 127].
HWY_INLINE V power_of_two(VI n) {
  return hn::BitCast(D(), hn::ShiftLeft<23>(n + hn::Set(DI(), 127)));
}

// x = n ln 2 + r with a whole n and |r| <= ln 2 / 2.
struct Reduced {
  VI n;
  V r;
};

HWY_INLINE Reduced reduce(V x) {
  constexpr float kShifter = 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer, kept in the low bits
  const V shifted = x * splat(1.44269504f) + splat(kShifter);
  const V n = shifted - splat(kShifter);
  return {hn::BitCast(DI(), shifted) - hn::BitCast(DI(), splat(kShifter)),
          (x - n * splat(kLn2High)) - n * splat(kLn2Low)};
}

// exp(r) - 1 for |r| <= ln 2 / 2.
HWY_INLINE V expm1_of_reduced(V r) {
  static constexpr float kCoefficients[] = {1.9875691500e-4f, 1.3981999507e-3f, 8.3334519073e-3f,
                                            4.1665795894e-2f, 1.6666665459e-1f, 5.0000001201e-1f};
  return polynomial(r, kCoefficients) * (r * r) + r;
}

constexpr float kHighestExponent = 88.7228317f;  // exp of the next float overflows

HWY_INLINE V exp(V x) {
  constexpr float kLowest = -87.3365402f;  // exp of it is the smallest normal number
  const Reduced y = reduce(clamp(x, splat(kLowest), splat(kHighestExponent)));
  const V power = expm1_of_reduced(y.r) + splat(1.0f);
  // In two factors, because 2^128 is no float.
  const VI half = hn::ShiftRight<1>(y.n);
  V result = (power * power_of_two(half)) * power_of_two(y.n - half);
  result = hn::IfThenElse(x > splat(kHighestExponent), splat(kInfinity), result);
  return hn::IfThenElse(x < splat(kLowest), zero(), result);
}

// exp(x) - 1, accurate near 0: 2^n (exp(r) - 1) + (2^n - 1), where 2^n - 1 is exact or rounds to 2^n.
HWY_INLINE V expm1(V x) {
  constexpr float kLowest = -80.0f;  // -1 long before that
  const Reduced y = reduce(clamp(x, splat(kLowest), splat(kHighestExponent)));
  // Half of it first, because 2^128 is no float.
  const V half = power_of_two(y.n - hn::Set(DI(), 1));
  const V half_result = half * expm1_of_reduced(y.r) + (half - splat(0.5f));
  return hn::IfThenElse(x > splat(kHighestExponent), splat(kInfinity), half_result + half_result);
}

// Minus infinity for zeros and subnormal numbers, NaN below.
HWY_INLINE V log(V x) {
  static constexpr float kCoefficients[] = {7.0376836292e-2f,  -1.1514610310e-1f, 1.1676998740e-1f,
                                            -1.2420140846e-1f, 1.4249322787e-1f,  -1.6668057665e-1f,
                                            2.0000714765e-1f,  -2.4999993993e-1f, 3.3333331174e-1f};
  // x = 2^e f with f in [sqrt(1/2), sqrt(2))
  const VI bits = hn::BitCast(DI(), x);
  const VI mantissa = hn::Or(hn::And(bits, hn::Set(DI(), 0x007fffff)), hn::Set(DI(), 0x3f000000));
  const V low_half = hn::BitCast(D(), mantissa);  // [1/2, 1)
  const auto below = low_half < splat(0.707106781f);
  V e = hn::ConvertTo(D(), hn::ShiftRight<23>(bits) - hn::Set(DI(), 126));
  e = hn::IfThenElse(below, e - splat(1.0f), e);
  const V f = hn::IfThenElse(below, low_half + low_half, low_half) - splat(1.0f);
  const V f2 = f * f;
  V tail = polynomial(f, kCoefficients) * f * f2;
  tail = tail + e * splat(kLn2Low);
  tail = tail - splat(0.5f) * f2;
  V result = (f + tail) + e * splat(kLn2High);
  result = hn::IfThenElse(x < splat(kInfinity), result, x);
  result = hn::IfThenElse(x < splat(kSmallestNormal), splat(-kInfinity), result);
  return hn::IfThenElse(x <= splat(-kSmallestNormal), splat(kNaN), result);
}

// log(1 + x), accurate near 0: the rounding of 1 + x is divided out (Kahan).
HWY_INLINE V log1p(V x) {
  const V u = splat(1.0f) + x;
  const V d = u - splat(1.0f);
  const V corrected = log(u) * (x / d);
  const V result = hn::IfThenElse(hn::Eq(d, zero()), x, corrected);
  return hn::IfThenElse(hn::Eq(u, splat(kInfinity)), u, result);
}

// 1 / (1 + exp(-x)), accurate on both sides; e is exp(-|x|).
HWY_INLINE V sigmoid_from_exp(V x, V e) {
  const V numerator = hn::IfThenElse(x < zero(), e, splat(1.0f));
  return numerator / (splat(1.0f) + e);
}

HWY_INLINE V sigmoid(V x) {
  return sigmoid_from_exp(x, exp(hn::Neg(hn::Abs(x))));
}

constexpr float kTanhNearZero = 0.625f;

// tanh(x) - x for |x| < 0.625.
HWY_INLINE V tanh_minus_x_near_zero(V x) {
  static constexpr float kCoefficients[] = {-5.70498872745e-3f, 2.06390887954e-2f, -5.37397155531e-2f,
                                            1.33314422036e-1f, -3.33332819422e-1f};
  const V x2 = x * x;
  return polynomial(x2, kCoefficients) * x2 * x;
}

HWY_INLINE V tanh(V x) {
  const V size = hn::Abs(x);
  const V near_zero = tanh_minus_x_near_zero(x) + x;
  const V far = splat(1.0f) - splat(2.0f) / (exp(size + size) + splat(1.0f));
  return hn::IfThenElse(size < splat(kTanhNearZero), near_zero, hn::CopySign(far, x));
}

// Zeros and subnormal numbers, infinities and NaN are kept as they are.
HWY_INLINE V cube_root(V x) {
  const V size = hn::Abs(x);
  // The bits of a float grow like its logarithm: a third of them, moved back to the bias, is within 6 percent.
  const V third_of_bits = hn::ConvertTo(D(), hn::BitCast(DI(), size)) * splat(1.0f / 3.0f);
  V y = hn::BitCast(D(), hn::ConvertTo(DI(), third_of_bits) + hn::Set(DI(), 709921077));
  // Newton: the error becomes its square. The quotient stays far from overflow and underflow.
  for (int i = 0; i < 4; ++i) y = y + (size / (y * y) - y) * splat(1.0f / 3.0f);
  const auto ordinary = hn::And(size >= splat(kSmallestNormal), size < splat(kInfinity));
  return hn::IfThenElse(ordinary, hn::CopySign(y, x), x);
}

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_KERNELS_MATH_INL_H
