// Prodigy: Mishchenko and Defazio 2023, https://arxiv.org/abs/2306.06101, algorithm 4 (Adam).
// First pass, with the estimate d of the step before, and the sums of both over all parameters:
//   m <- beta1 m + (1 - beta1) d g      v <- beta2 v + (1 - beta2) (d g)^2      sum <- beta3 sum + sum_gain d g
//   progress = <g, way>      length = |sum|_1
// Second pass, with the d that the host estimates from them inside eps:
//   u = step m / (sqrt(v) + eps) + decay w      way <- way + u      w <- w - u
// way is x0 - w of the paper; as a sum of steps it is exact where they are too small to change a float much.
#define NOPT_SLOTS(slot) slot(m, 0) slot(v, 0) slot(sum, 0) slot(way, 0)
#define NOPT_MEASURED_SLOTS (1u << m | 1u << v | 1u << sum)
#define NOPT_SCALARS(scalar)                                                                                  \
  scalar(beta1) scalar(one_minus_beta1) scalar(beta2) scalar(one_minus_beta2) scalar(beta3) scalar(estimate)  \
      scalar(sum_gain) scalar(eps) scalar(step) scalar(decay)
#define NOPT_VARIANTS(variant)
#define NOPT_NUMBERS(number) number(progress) number(length)
#define NOPT_HAS_QUOTIENTS 1
#define HWY_TARGET_INCLUDE "optimizers/prodigy.cpp"
#include "optimizers/layerwise-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct Prodigy {
  template <uint32_t kVariant>
  static HWY_INLINE void measure(V, V g, V* slots, const V* a, V* terms) {
    const V scaled = a[estimate] * g;
    slots[m] = a[beta1] * slots[m] + a[one_minus_beta1] * scaled;
    slots[v] = a[beta2] * slots[v] + a[one_minus_beta2] * (scaled * scaled);
    slots[sum] = a[beta3] * slots[sum] + a[sum_gain] * scaled;
    terms[0] = g * slots[way];
    terms[1] = hn::Abs(slots[sum]);
  }

  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V, V* slots, const V* a) {
    const V u = quotient<kVariant>(a[step] * slots[m], hn::Sqrt(slots[v]) + a[eps]) + a[decay] * w;
    slots[way] = slots[way] + u;
    return w - u;
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_GLOBAL(prodigy, Prodigy)
