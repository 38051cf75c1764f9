// LARS: You, Gitman and Ginsburg 2017, https://arxiv.org/abs/1708.03888, algorithm 1.
//   ratio = trust_coefficient |w| / (|g| + eps) over the tensor, and 1 where either norm is 0 or adapts is 0
//   u = lr ratio g      w <- w - u      momentum: b <- mu b + u, w <- w - b      nesterov: w <- w - (mu b + u)
// Weight decay is in g.
#define NOPT_SLOTS(slot) slot(b, momentum)
#define NOPT_SCALARS(scalar) scalar(lr) scalar(mu) scalar(trust_coefficient) scalar(eps) scalar(adapts)
#define NOPT_VARIANTS(variant) variant(momentum) variant(nesterov)
#define NOPT_NUMBERS(number)
#define HWY_TARGET_INCLUDE "optimizers/lars.cpp"
#include "optimizers/layerwise-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct Lars {
  template <uint32_t kVariant>
  static HWY_INLINE void measure(V w, V g, V*, const V*, V* terms) {
    terms[0] = w * w;
    terms[1] = g * g;
  }

  static double combine(uint32_t, const double* sums, const double* scalars, double*) {
    if (scalars[adapts] == 0 || sums[0] == 0 || sums[1] == 0) return scalars[lr];
    return scalars[lr] *
           (scalars[trust_coefficient] * __builtin_sqrt(sums[0]) / (__builtin_sqrt(sums[1]) + scalars[eps]));
  }

  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* s, const V* a) {
    const V u = a[kFactor] * g;
    if constexpr ((kVariant & momentum) == 0) return w - u;
    s[b] = a[mu] * s[b] + u;
    if constexpr ((kVariant & nesterov) != 0) return w - (a[mu] * s[b] + u);
    return w - s[b];
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_LAYERWISE(lars, Lars)
