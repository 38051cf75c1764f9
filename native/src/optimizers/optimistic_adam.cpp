// Optimistic Adam: Daskalakis, Ilyas, Syrgkanis and Zeng 2017, https://arxiv.org/abs/1711.00141, algorithm 1.
//   m <- beta1 m + (1 - beta1) g      v <- beta2 v + (1 - beta2) g^2
//   r = (mean_step m + gradient_step g) / (sqrt(v + eps_root) + eps)
//   w <- w - (lead r - lag previous)      previous <- r
// lead = lr + optimism and lag = optimism; in the first step, which has no previous r, lead = lr and lag = 0. The host
// folds the bias corrections into mean_step, gradient_step, eps_root and eps.
#define NOPT_SLOTS(slot) slot(m, 0) slot(v, 0) slot(previous, 0)
#define NOPT_SCALARS(scalar)                                                                                          \
  scalar(beta1) scalar(one_minus_beta1) scalar(beta2) scalar(one_minus_beta2) scalar(mean_step) scalar(gradient_step) \
      scalar(eps_root) scalar(eps) scalar(lead) scalar(lag)
#define NOPT_VARIANTS(variant)
#define NOPT_HAS_QUOTIENTS 1
#define HWY_TARGET_INCLUDE "optimizers/optimistic_adam.cpp"
#include "optimizers/rule-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct OptimisticAdam {
  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* s, const V* a) {
    s[m] = a[beta1] * s[m] + a[one_minus_beta1] * g;
    s[v] = a[beta2] * s[v] + a[one_minus_beta2] * (g * g);
    const V r = quotient<kVariant>(a[mean_step] * s[m] + a[gradient_step] * g, hn::Sqrt(s[v] + a[eps_root]) + a[eps]);
    const V u = a[lead] * r - a[lag] * s[previous];
    s[previous] = r;
    return w - u;
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_OPTIMIZER(optimistic_adam, OptimisticAdam)
