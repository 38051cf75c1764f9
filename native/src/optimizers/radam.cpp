// RAdam: Liu et al. 2020, https://arxiv.org/abs/1908.03265, algorithm 2.
//   m <- beta1 m + (1 - beta1) g      v <- beta2 v + (1 - beta2) g^2
//   w <- w - step m / (sqrt(v) + eps)      where rectified is 1
//   w <- w - step m                        where it is 0: v has seen too few gradients to divide by
// The bias corrections and the rectification are in step.
#define NOPT_SLOTS(slot) slot(m, 0) slot(v, 0)
#define NOPT_SCALARS(scalar) \
  scalar(beta1) scalar(one_minus_beta1) scalar(beta2) scalar(one_minus_beta2) scalar(eps) scalar(rectified) scalar(step)
#define NOPT_VARIANTS(variant)
#define NOPT_HAS_QUOTIENTS 1
#define HWY_TARGET_INCLUDE "optimizers/radam.cpp"
#include "optimizers/rule-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct RAdam {
  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* s, const V* a) {
    s[m] = a[beta1] * s[m] + a[one_minus_beta1] * g;
    s[v] = a[beta2] * s[v] + a[one_minus_beta2] * (g * g);
    const V d = hn::IfThenElse(a[rectified] > zero(), hn::Sqrt(s[v]) + a[eps], splat(1.0f));
    return w - quotient<kVariant>(a[step] * s[m], d);
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_OPTIMIZER(radam, RAdam)
