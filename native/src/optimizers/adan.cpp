// Adan: Xie, Zhou, Li, Lin and Yan 2022, https://arxiv.org/abs/2208.06677, algorithm 1.
//   d = change (g - previous)      previous <- g
//   m <- beta1 m + (1 - beta1) g      v <- beta2 v + (1 - beta2) d      n <- beta3 n + (1 - beta3) (g + weight d)^2
//   w <- w - (step m + change_step v) / (sqrt(n + eps_root) + eps)
// change is 0 in the first step, which has no previous gradient, and 1 later. The host folds the bias corrections into
// step, change_step, eps_root and eps.
#define NOPT_SLOTS(slot) slot(m, 0) slot(v, 0) slot(n, 0) slot(previous, 0)
#define NOPT_SCALARS(scalar)                                                                                        \
  scalar(beta1) scalar(one_minus_beta1) scalar(beta2) scalar(one_minus_beta2) scalar(beta3) scalar(one_minus_beta3) \
      scalar(change) scalar(weight) scalar(step) scalar(change_step) scalar(eps_root) scalar(eps)
#define NOPT_VARIANTS(variant)
#define NOPT_HAS_QUOTIENTS 1
#define HWY_TARGET_INCLUDE "optimizers/adan.cpp"
#include "optimizers/rule-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct Adan {
  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* s, const V* a) {
    const V d = a[change] * (g - s[previous]);
    s[previous] = g;
    s[m] = a[beta1] * s[m] + a[one_minus_beta1] * g;
    s[v] = a[beta2] * s[v] + a[one_minus_beta2] * d;
    const V ahead = g + a[weight] * d;
    s[n] = a[beta3] * s[n] + a[one_minus_beta3] * (ahead * ahead);
    return w - quotient<kVariant>(a[step] * s[m] + a[change_step] * s[v], hn::Sqrt(s[n] + a[eps_root]) + a[eps]);
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_OPTIMIZER(adan, Adan)
