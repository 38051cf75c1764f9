// Heavy-ball momentum: Polyak 1964, "Some methods of speeding up the convergence of iteration methods".
//   v <- mu v + gain g      w <- w - step v
// Keras keeps the learning rate in the velocity: gain = -lr, step = -1. PyTorch keeps it outside: gain = 1 - dampening,
// step = lr.
#define NOPT_SLOTS(slot) slot(v, 0)
#define NOPT_SCALARS(scalar) scalar(mu) scalar(gain) scalar(step)
#define NOPT_VARIANTS(variant)
#define HWY_TARGET_INCLUDE "optimizers/momentum.cpp"
#include "optimizers/rule-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct Momentum {
  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* s, const V* a) {
    s[v] = a[mu] * s[v] + a[gain] * g;
    return w - a[step] * s[v];
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_OPTIMIZER(momentum, Momentum)
