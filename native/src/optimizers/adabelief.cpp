// AdaBelief: Zhuang et al. 2020, https://arxiv.org/abs/2010.07468, algorithm 2.
//   m <- beta1 m + (1 - beta1) g      v <- beta2 v + (1 - beta2) (g - m)^2 + eps_root
//   w <- w - (step m) / (sqrt(v) + eps)             nesterov: w <- w - (step m + gradient_step g) / (sqrt(v) + eps)
// The host folds the bias corrections into step, gradient_step and eps.
#define NOPT_SLOTS(slot) slot(m, 0) slot(v, 0)
#define NOPT_SCALARS(scalar)                                                                                \
  scalar(beta1) scalar(one_minus_beta1) scalar(beta2) scalar(one_minus_beta2) scalar(eps_root) scalar(step) \
      scalar(gradient_step) scalar(eps)
#define NOPT_VARIANTS(variant) variant(nesterov)
#define NOPT_HAS_QUOTIENTS 1
#define HWY_TARGET_INCLUDE "optimizers/adabelief.cpp"
#include "optimizers/rule-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct AdaBelief {
  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* s, const V* a) {
    s[m] = a[beta1] * s[m] + a[one_minus_beta1] * g;
    const V surprise = g - s[m];
    s[v] = a[beta2] * s[v] + a[one_minus_beta2] * (surprise * surprise) + a[eps_root];
    V u = a[step] * s[m];
    if constexpr ((kVariant & nesterov) != 0) u = u + a[gradient_step] * g;
    return w - quotient<kVariant>(u, hn::Sqrt(s[v]) + a[eps]);
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_OPTIMIZER(adabelief, AdaBelief)
