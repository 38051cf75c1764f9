// Fromage: Bernstein et al. 2020, https://arxiv.org/abs/2002.03432, algorithm 1.
//   w <- shrink (w - lr ratio g), where ratio = |w| / |g| over the tensor, and 1 where either is 0
// Norms are at least min_norm; shrink = 1 / sqrt(1 + lr^2), and step = lr shrink.
#define NOPT_SLOTS(slot)
#define NOPT_SCALARS(scalar) scalar(step) scalar(shrink) scalar(min_norm)
#define NOPT_VARIANTS(variant)
#define NOPT_NUMBERS(number)
#define HWY_TARGET_INCLUDE "optimizers/fromage.cpp"
#include "optimizers/layerwise-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct Fromage {
  template <uint32_t kVariant>
  static HWY_INLINE void measure(V w, V g, V*, const V*, V* terms) {
    terms[0] = w * w;
    terms[1] = g * g;
  }

  static double combine(uint32_t, const double* sums, const double* scalars, double*) {
    const double w_norm = at_least(__builtin_sqrt(sums[0]), scalars[min_norm]);
    const double g_norm = at_least(__builtin_sqrt(sums[1]), scalars[min_norm]);
    return scalars[step] * (w_norm == 0 || g_norm == 0 ? 1 : w_norm / g_norm);
  }

  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V*, const V* a) {
    return a[shrink] * w - a[kFactor] * g;
  }

  // NaN stays NaN.
  static double at_least(double norm, double limit) { return norm <= limit ? limit : norm; }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_LAYERWISE(fromage, Fromage)
