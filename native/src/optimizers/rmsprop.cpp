// RMSprop: Tieleman and Hinton 2012, Coursera "Neural networks for machine learning", lecture 6.5; centered: Graves
// 2013, https://arxiv.org/abs/1308.0850, equations 38 to 45.
//   v <- rho v + (1 - rho) g^2      centered: m <- rho m + (1 - rho) g, s = v - mean_weight m^2; otherwise s = v
//   d = sqrt(s + eps_inside) + eps_outside
//   w <- w - step g / d             momentum: b <- mu b + gain g / d, w <- w - step b
//   nesterov: w <- w - step (mu b + gain g / d)
// Keras has its epsilon inside the root and the learning rate in gain; PyTorch has both outside. A bias correction is in
// mean_weight, gain, step and the epsilons.
#define NOPT_SLOTS(slot) slot(v, 0) slot(m, centered) slot(b, momentum)
#define NOPT_SCALARS(scalar) \
  scalar(rho) scalar(one_minus_rho) scalar(eps_inside) scalar(eps_outside) scalar(mu) scalar(gain) scalar(step) \
      scalar(mean_weight)
#define NOPT_VARIANTS(variant) variant(centered) variant(momentum) variant(nesterov)
#define NOPT_HAS_QUOTIENTS 1
#define HWY_TARGET_INCLUDE "optimizers/rmsprop.cpp"
#include "optimizers/rule-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct RmsProp {
  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* s, const V* a) {
    s[v] = a[rho] * s[v] + a[one_minus_rho] * (g * g);
    V variance = s[v];
    if constexpr ((kVariant & centered) != 0) {
      s[m] = a[rho] * s[m] + a[one_minus_rho] * g;
      variance = s[v] - a[mean_weight] * (s[m] * s[m]);
    }
    const V d = hn::Sqrt(variance + a[eps_inside]) + a[eps_outside];
    if constexpr ((kVariant & momentum) != 0) {
      const V u = quotient<kVariant>(a[gain] * g, d);
      s[b] = a[mu] * s[b] + u;
      if constexpr ((kVariant & nesterov) != 0) return w - a[step] * (a[mu] * s[b] + u);
      return w - a[step] * s[b];
    }
    return w - quotient<kVariant>(a[step] * g, d);
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_OPTIMIZER(rmsprop, RmsProp)
