// AMSGrad with the maximum over the bias-corrected second moment; the one over the plain v is a variant of adam.cpp.
// Reddi, Kale and Kumar 2018, https://arxiv.org/abs/1904.09237, algorithm 2.
//   m <- beta1 m + (1 - beta1) g      v <- beta2 v + (1 - beta2) g^2      vhat <- max(vhat, correction v)
//   w <- w - (step m) / (sqrt(vhat + eps_root) + eps)
#define NOPT_SLOTS(slot) slot(m, 0) slot(v, 0) slot(vhat, 0)
#define NOPT_SCALARS(scalar)                                                                                  \
  scalar(beta1) scalar(one_minus_beta1) scalar(beta2) scalar(one_minus_beta2) scalar(correction) scalar(step) \
      scalar(eps_root) scalar(eps)
#define NOPT_VARIANTS(variant)
#define NOPT_HAS_QUOTIENTS 1
#define HWY_TARGET_INCLUDE "optimizers/amsgrad.cpp"
#include "optimizers/rule-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct AmsGrad {
  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* s, const V* a) {
    s[m] = a[beta1] * s[m] + a[one_minus_beta1] * g;
    s[v] = a[beta2] * s[v] + a[one_minus_beta2] * (g * g);
    s[vhat] = max(s[vhat], a[correction] * s[v]);
    return w - quotient<kVariant>(a[step] * s[m], hn::Sqrt(s[vhat] + a[eps_root]) + a[eps]);
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_OPTIMIZER(amsgrad, AmsGrad)
