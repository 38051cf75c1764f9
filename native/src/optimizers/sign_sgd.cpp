// Sign SGD and Signum: Bernstein, Wang, Azizzadenesheli and Anandkumar 2018, https://arxiv.org/abs/1802.04434,
// algorithms 1 and 2.
//   momentum: m <- beta m + (1 - beta) g, u = m; otherwise u = g
//   w <- w - step sign(u)
#define NOPT_SLOTS(slot) slot(m, momentum)
#define NOPT_SCALARS(scalar) scalar(beta) scalar(one_minus_beta) scalar(step)
#define NOPT_VARIANTS(variant) variant(momentum)
#define HWY_TARGET_INCLUDE "optimizers/sign_sgd.cpp"
#include "optimizers/rule-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct SignSgd {
  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* s, const V* a) {
    V u = g;
    if constexpr ((kVariant & momentum) != 0) u = s[m] = a[beta] * s[m] + a[one_minus_beta] * g;
    return w - a[step] * sign(u);
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_OPTIMIZER(sign_sgd, SignSgd)
