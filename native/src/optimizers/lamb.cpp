// LAMB: You et al. 2020, https://arxiv.org/abs/1904.00962, algorithm 2.
//   m <- beta1 m + (1 - beta1) g      v <- beta2 v + (1 - beta2) g^2
//   u = mean_step m / (sqrt(v + eps_root) + eps) + decay w
//   w <- w - lr ratio u, where ratio = |w| / |u| over the tensor, and 1 where either is 0
// The host folds the bias corrections into mean_step and the epsilons. Keras has no decay here: it shrinks w before.
#define NOPT_SLOTS(slot) slot(m, 0) slot(v, 0)
#define NOPT_MEASURED_SLOTS (1u << m | 1u << v)
#define NOPT_SCALARS(scalar)                                                                                        \
  scalar(beta1) scalar(one_minus_beta1) scalar(beta2) scalar(one_minus_beta2) scalar(mean_step) scalar(eps_root)    \
      scalar(eps) scalar(decay) scalar(lr)
#define NOPT_VARIANTS(variant)
#define NOPT_NUMBERS(number)
#define NOPT_HAS_QUOTIENTS 1
#define HWY_TARGET_INCLUDE "optimizers/lamb.cpp"
#include "optimizers/layerwise-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct Lamb {
  template <uint32_t kVariant>
  static HWY_INLINE V direction(V w, const V* s, const V* a) {
    return quotient<kVariant>(a[mean_step] * s[m], hn::Sqrt(s[v] + a[eps_root]) + a[eps]) + a[decay] * w;
  }

  template <uint32_t kVariant>
  static HWY_INLINE void measure(V w, V g, V* s, const V* a, V* terms) {
    s[m] = a[beta1] * s[m] + a[one_minus_beta1] * g;
    s[v] = a[beta2] * s[v] + a[one_minus_beta2] * (g * g);
    const V u = direction<kVariant>(w, s, a);
    terms[0] = w * w;
    terms[1] = u * u;
  }

  static double combine(uint32_t, const double* sums, const double* scalars, double*) {
    return scalars[lr] * norm_ratio(sums[0], sums[1]);
  }

  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V, V* s, const V* a) {
    return w - a[kFactor] * direction<kVariant>(w, s, a);
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_LAYERWISE(lamb, Lamb)
