// Adagrad: Duchi, Hazan and Singer 2011, "Adaptive subgradient methods for online learning and stochastic
// optimization", JMLR 12, figure 1 with a diagonal matrix.
//   v <- v + g^2      w <- w - step g / (sqrt(v + eps_inside) + eps_outside)
// Keras has its epsilon inside the root, PyTorch outside. PyTorch's decay of the rate is in step.
#define NOPT_SLOTS(slot) slot(v, 0)
#define NOPT_SCALARS(scalar) scalar(eps_inside) scalar(eps_outside) scalar(step)
#define NOPT_VARIANTS(variant)
#define NOPT_HAS_QUOTIENTS 1
#define HWY_TARGET_INCLUDE "optimizers/adagrad.cpp"
#include "optimizers/rule-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct Adagrad {
  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* s, const V* a) {
    s[v] = s[v] + g * g;
    return w - quotient<kVariant>(a[step] * g, hn::Sqrt(s[v] + a[eps_inside]) + a[eps_outside]);
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_OPTIMIZER(adagrad, Adagrad)
