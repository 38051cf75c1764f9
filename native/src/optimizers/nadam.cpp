// Nadam: Dozat 2016, "Incorporating Nesterov momentum into Adam", algorithm 8.
//   m <- beta1 m + (1 - beta1) g      v <- beta2 v + (1 - beta2) g^2
//   w <- w - (gradient_step g + momentum_step m) / (sqrt(v + eps_root) + eps)
// The host folds the schedule of momenta and the bias corrections into the two steps and the epsilons. With a
// gradient_step of 0 this is Adam with an epsilon under the root.
#define NOPT_SLOTS(slot) slot(m, 0) slot(v, 0)
#define NOPT_SCALARS(scalar)                                                                        \
  scalar(beta1) scalar(one_minus_beta1) scalar(beta2) scalar(one_minus_beta2) scalar(gradient_step) \
      scalar(momentum_step) scalar(eps_root) scalar(eps)
#define NOPT_VARIANTS(variant)
#define NOPT_HAS_QUOTIENTS 1
#define HWY_TARGET_INCLUDE "optimizers/nadam.cpp"
#include "optimizers/rule-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct Nadam {
  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* s, const V* a) {
    s[m] = a[beta1] * s[m] + a[one_minus_beta1] * g;
    s[v] = a[beta2] * s[v] + a[one_minus_beta2] * (g * g);
    return w -
           quotient<kVariant>(a[gradient_step] * g + a[momentum_step] * s[m], hn::Sqrt(s[v] + a[eps_root]) + a[eps]);
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_OPTIMIZER(nadam, Nadam)
