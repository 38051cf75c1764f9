// Adadelta: Zeiler 2012, https://arxiv.org/abs/1212.5701, algorithm 1.
//   v <- rho v + (1 - rho) g^2      d = sqrt(x + eps) / sqrt(v + eps) g
//   x <- rho x + (1 - rho) d^2      w <- w - step d
// x averages the steps before the learning rate: d, not step d.
#define NOPT_SLOTS(slot) slot(v, 0) slot(x, 0)
#define NOPT_SCALARS(scalar) scalar(rho) scalar(one_minus_rho) scalar(eps) scalar(step)
#define NOPT_VARIANTS(variant)
#define NOPT_HAS_QUOTIENTS 1
#define HWY_TARGET_INCLUDE "optimizers/adadelta.cpp"
#include "optimizers/rule-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct Adadelta {
  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* s, const V* a) {
    s[v] = a[rho] * s[v] + a[one_minus_rho] * (g * g);
    const V d = quotient<kVariant>(hn::Sqrt(s[x] + a[eps]), hn::Sqrt(s[v] + a[eps])) * g;
    s[x] = a[rho] * s[x] + a[one_minus_rho] * (d * d);
    return w - a[step] * d;
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_OPTIMIZER(adadelta, Adadelta)
