// Adamax: Kingma and Ba 2015, https://arxiv.org/abs/1412.6980, algorithm 2.
//   m <- beta1 m + (1 - beta1) g      u <- max(beta2 u, |g| + eps_inside)
//   w <- w - step m / (u + eps_outside)
// step = lr / (1 - beta1^t). PyTorch has its epsilon inside the maximum, Keras outside.
#define NOPT_SLOTS(slot) slot(m, 0) slot(u, 0)
#define NOPT_SCALARS(scalar) \
  scalar(beta1) scalar(one_minus_beta1) scalar(beta2) scalar(eps_inside) scalar(eps_outside) scalar(step)
#define NOPT_VARIANTS(variant)
#define NOPT_HAS_QUOTIENTS 1
#define HWY_TARGET_INCLUDE "optimizers/adamax.cpp"
#include "optimizers/rule-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct Adamax {
  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* s, const V* a) {
    s[m] = a[beta1] * s[m] + a[one_minus_beta1] * g;
    s[u] = max(a[beta2] * s[u], hn::Abs(g) + a[eps_inside]);
    return w - quotient<kVariant>(a[step] * s[m], s[u] + a[eps_outside]);
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_OPTIMIZER(adamax, Adamax)
