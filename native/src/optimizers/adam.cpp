// Adam: Kingma and Ba 2015, https://arxiv.org/abs/1412.6980, algorithm 1 with the efficient order of section 2;
// AMSGrad: Reddi, Kale and Kumar 2018, https://arxiv.org/abs/1904.09237, algorithm 2.
//   m <- beta1 m + (1 - beta1) g      v <- beta2 v + (1 - beta2) g^2      amsgrad: vhat <- max(vhat, v)
//   w <- w - step m / (sqrt(v or vhat) + eps)
// step = lr sqrt(1 - beta2^t) / (1 - beta1^t). Keras uses eps as it is; for PyTorch the host scales it by sqrt(1 -
// beta2^t).
#define NOPT_SLOTS(slot) slot(m, 0) slot(v, 0) slot(vhat, amsgrad)
#define NOPT_SCALARS(scalar) \
  scalar(beta1) scalar(one_minus_beta1) scalar(beta2) scalar(one_minus_beta2) scalar(step) scalar(eps)
#define NOPT_VARIANTS(variant) variant(amsgrad)
#define NOPT_HAS_QUOTIENTS 1
#define HWY_TARGET_INCLUDE "optimizers/adam.cpp"
#include "optimizers/rule-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct Adam {
  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* s, const V* a) {
    s[m] = a[beta1] * s[m] + a[one_minus_beta1] * g;
    s[v] = a[beta2] * s[v] + a[one_minus_beta2] * (g * g);
    V moment = s[v];
    if constexpr ((kVariant & amsgrad) != 0) moment = s[vhat] = max(s[vhat], s[v]);
    return w - quotient<kVariant>(a[step] * s[m], hn::Sqrt(moment) + a[eps]);
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_OPTIMIZER(adam, Adam)
