// Follow the regularized leader: McMahan et al. 2013, "Ad click prediction: a view from the trenches", algorithm 1.
//   n' = n + g^2      z <- z + (g + shrinkage w) - (n'^p - n^p) / learning_rate w      n <- n'
//   w <- (clamp(z, -l1, l1) - z) / (n^p / learning_rate + l2)
// p is 1/2, or with the variant `power` the scalar of that name in [0, 1].
#define NOPT_SLOTS(slot) slot(n, 0) slot(z, 0)
#define NOPT_SCALARS(scalar) scalar(learning_rate) scalar(l1) scalar(l2) scalar(shrinkage) scalar(exponent)
#define NOPT_VARIANTS(variant) variant(power)
#define NOPT_HAS_QUOTIENTS 1
#define HWY_TARGET_INCLUDE "optimizers/ftrl.cpp"
#include "optimizers/rule-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct Ftrl {
  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* s, const V* a) {
    const V sum = s[n] + g * g;
    const V root = raise<kVariant>(sum, a);
    const V sigma = quotient<kVariant>(root - raise<kVariant>(s[n], a), a[learning_rate]);
    s[z] = s[z] + (g + a[shrinkage] * w) - sigma * w;
    s[n] = sum;
    return quotient<kVariant>(clamp(s[z], hn::Neg(a[l1]), a[l1]) - s[z],
                              quotient<kVariant>(root, a[learning_rate]) + a[l2]);
  }

  // x^p for p = 0.b1 b2 b3 ... as sqrt(x^b1 sqrt(x^b2 ...)), from the last bit of a float on: each root halves the
  // errors so far, and all instruction sets agree to the bit.
  template <uint32_t kVariant>
  static HWY_INLINE V raise(V x, const V* a) {
    if constexpr ((kVariant & power) == 0) return hn::Sqrt(x);
    V bits = hn::Floor(a[exponent] * splat(16777216.0f));
    V y = splat(1.0f);
    for (int i = 0; i < 24; ++i) {
      const V half = hn::Floor(bits * splat(0.5f));
      y = hn::Sqrt(hn::IfThenElse(half + half < bits, y * x, y));
      bits = half;
    }
    return hn::IfThenElse(bits > zero(), y * x, y);
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_OPTIMIZER(ftrl, Ftrl)
