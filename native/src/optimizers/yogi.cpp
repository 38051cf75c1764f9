// Yogi: Zaheer, Reddi, Sachan, Kale and Kumar 2018, "Adaptive Methods for Nonconvex Optimization", algorithm 2.
//   m <- beta1 m + (1 - beta1) g      v <- v - (1 - beta2) sign(v - g^2) g^2
//   w <- w - (step m) / (sqrt(v) + eps)
// The host folds the bias corrections into step and eps.
#define NOPT_SLOTS(slot) slot(m, 0) slot(v, 0)
#define NOPT_SCALARS(scalar) scalar(beta1) scalar(one_minus_beta1) scalar(one_minus_beta2) scalar(step) scalar(eps)
#define NOPT_VARIANTS(variant)
#define NOPT_HAS_QUOTIENTS 1
#define HWY_TARGET_INCLUDE "optimizers/yogi.cpp"
#include "optimizers/rule-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct Yogi {
  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* s, const V* a) {
    s[m] = a[beta1] * s[m] + a[one_minus_beta1] * g;
    const V square = g * g;
    s[v] = s[v] - sign(s[v] - square) * (a[one_minus_beta2] * square);
    return w - quotient<kVariant>(a[step] * s[m], hn::Sqrt(s[v]) + a[eps]);
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_OPTIMIZER(yogi, Yogi)
