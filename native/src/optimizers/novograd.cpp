// NovoGrad: Ginsburg et al. 2019, https://arxiv.org/abs/1905.11286, algorithm 1.
//   v <- beta2 v + (1 - beta2) |g|^2, one number for the tensor
//   m <- beta1 m + (g / (sqrt(v + eps_root) + eps) + decay w)      w <- w - lr m
// In the first step the host passes 0 for beta2 and 1 for one_minus_beta2: v starts as |g|^2.
#define NOPT_SLOTS(slot) slot(m, 0)
#define NOPT_SCALARS(scalar) \
  scalar(beta1) scalar(beta2) scalar(one_minus_beta2) scalar(eps_root) scalar(eps) scalar(decay) scalar(lr)
#define NOPT_VARIANTS(variant)
#define NOPT_NUMBERS(number) number(v)
#define HWY_TARGET_INCLUDE "optimizers/novograd.cpp"
#include "optimizers/layerwise-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct NovoGrad {
  template <uint32_t kVariant>
  static HWY_INLINE void measure(V, V g, V*, const V*, V* terms) {
    terms[0] = g * g;
  }

  static double combine(uint32_t, const double* sums, const double* scalars, double* numbers) {
    double& v = numbers[0];
    v = scalars[beta2] * v + scalars[one_minus_beta2] * sums[0];
    return 1 / (__builtin_sqrt(v + scalars[eps_root]) + scalars[eps]);
  }

  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* s, const V* a) {
    s[m] = a[beta1] * s[m] + (a[kFactor] * g + a[decay] * w);
    return w - a[lr] * s[m];
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_LAYERWISE(novograd, NovoGrad)
