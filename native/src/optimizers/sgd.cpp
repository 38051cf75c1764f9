// Stochastic gradient descent: Robbins and Monro 1951, "A stochastic approximation method".
//   w <- w - learning_rate g
#define NOPT_SLOTS(slot)
#define NOPT_SCALARS(scalar) scalar(learning_rate)
#define NOPT_VARIANTS(variant)
#define HWY_TARGET_INCLUDE "optimizers/sgd.cpp"
#include "optimizers/rule-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct Sgd {
  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* /*s*/, const V* a) {
    return w - a[learning_rate] * g;
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_OPTIMIZER(sgd, Sgd)
