// Averaged gradient descent: Polyak and Juditsky 1992, "Acceleration of stochastic approximation by averaging", with
// the schedules of Bottou's "Stochastic gradient descent tricks" (2012), section 5.
//   w <- shrink w - step g      ax <- w while mu is 1, then ax + mu (w - ax)
#define NOPT_SLOTS(slot) slot(ax, 0)
#define NOPT_SCALARS(scalar) scalar(shrink) scalar(step) scalar(mu)
#define NOPT_VARIANTS(variant)
#define HWY_TARGET_INCLUDE "optimizers/asgd.cpp"
#include "optimizers/rule-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct Asgd {
  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* s, const V* a) {
    w = a[shrink] * w - a[step] * g;
    s[ax] = hn::IfThenElse(a[mu] < splat(1.0f), s[ax] + a[mu] * (w - s[ax]), w);
    return w;
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_OPTIMIZER(asgd, Asgd)
