// AdEMAMix: Pagliardini, Ablin and Grangier 2024, https://arxiv.org/abs/2409.03137, section 3.
//   m1 <- beta1 m1 + (1 - beta1) g      m2 <- beta3 m2 + (1 - beta3) g      v <- beta2 v + (1 - beta2) g^2
//   w <- w - (step m1 + slow_step m2) / (sqrt(v + eps_root) + eps)
// The host folds alpha and the bias corrections of m1 and v into step, slow_step, eps_root and eps; m2 has none.
#define NOPT_SLOTS(slot) slot(m1, 0) slot(m2, 0) slot(v, 0)
#define NOPT_SCALARS(scalar)                                                                                        \
  scalar(beta1) scalar(one_minus_beta1) scalar(beta2) scalar(one_minus_beta2) scalar(beta3) scalar(one_minus_beta3) \
      scalar(step) scalar(slow_step) scalar(eps_root) scalar(eps)
#define NOPT_VARIANTS(variant)
#define NOPT_HAS_QUOTIENTS 1
#define HWY_TARGET_INCLUDE "optimizers/ademamix.cpp"
#include "optimizers/rule-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct AdEmaMix {
  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* s, const V* a) {
    s[m1] = a[beta1] * s[m1] + a[one_minus_beta1] * g;
    s[m2] = a[beta3] * s[m2] + a[one_minus_beta3] * g;
    s[v] = a[beta2] * s[v] + a[one_minus_beta2] * (g * g);
    return w - quotient<kVariant>(a[step] * s[m1] + a[slow_step] * s[m2], hn::Sqrt(s[v] + a[eps_root]) + a[eps]);
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_OPTIMIZER(ademamix, AdEmaMix)
