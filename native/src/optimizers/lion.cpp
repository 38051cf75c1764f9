// Lion: Chen et al. 2023, https://arxiv.org/abs/2302.06675, program 1.
//   w <- w - step sign(beta1 m + (1 - beta1) g)      m <- beta2 m + (1 - beta2) g
#define NOPT_SLOTS(slot) slot(m, 0)
#define NOPT_SCALARS(scalar) scalar(beta1) scalar(one_minus_beta1) scalar(beta2) scalar(one_minus_beta2) scalar(step)
#define NOPT_VARIANTS(variant)
#define HWY_TARGET_INCLUDE "optimizers/lion.cpp"
#include "optimizers/rule-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct Lion {
  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* s, const V* a) {
    const V direction = sign(a[beta1] * s[m] + a[one_minus_beta1] * g);
    s[m] = a[beta2] * s[m] + a[one_minus_beta2] * g;
    return w - a[step] * direction;
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_OPTIMIZER(lion, Lion)
