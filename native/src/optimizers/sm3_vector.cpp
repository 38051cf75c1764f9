// SM3 for vectors: Anil, Gupta, Koren and Singer 2019, https://arxiv.org/abs/1901.11150, where each element is a set of
// its own. Matrices: matrix/sm3.cpp.
//   n <- share g^2 + beta2 n      m <- beta1 m + (1 - beta1) g / sqrt(n + eps), 0 where n is      w <- w - rate m
#define NOPT_SLOTS(slot) slot(n, 0) slot(m, 0)
#define NOPT_SCALARS(scalar) scalar(beta1) scalar(one_minus_beta1) scalar(beta2) scalar(share) scalar(eps) scalar(rate)
#define NOPT_VARIANTS(variant)
#define NOPT_HAS_QUOTIENTS 1
#define HWY_TARGET_INCLUDE "optimizers/sm3_vector.cpp"
#include "optimizers/rule-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct Sm3Vector {
  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* s, const V* a) {
    s[n] = a[share] * (g * g) + a[beta2] * s[n];
    const V u = hn::IfThenElse(s[n] > zero(), quotient<kVariant>(g, hn::Sqrt(s[n] + a[eps])), s[n]);
    s[m] = a[beta1] * s[m] + a[one_minus_beta1] * u;
    return w - a[rate] * s[m];
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_OPTIMIZER(sm3_vector, Sm3Vector)
