// Nesterov's accelerated gradient in the form of Sutskever, Martens, Dahl and Hinton, ICML 2013, section 2, written for
// the parameters at the looked-ahead point:
//   v <- mu v + gain g      w <- w - step (mu v + gain g)      with the new v on the right
// gain and step as in momentum.cpp.
#define NOPT_SLOTS(slot) slot(v, 0)
#define NOPT_SCALARS(scalar) scalar(mu) scalar(gain) scalar(step)
#define NOPT_VARIANTS(variant)
#define HWY_TARGET_INCLUDE "optimizers/nesterov.cpp"
#include "optimizers/rule-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct Nesterov {
  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* s, const V* a) {
    const V push = a[gain] * g;
    s[v] = a[mu] * s[v] + push;
    return w - a[step] * (a[mu] * s[v] + push);
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_OPTIMIZER(nesterov, Nesterov)
