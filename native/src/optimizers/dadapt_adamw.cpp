// D-Adaptation for AdamW: Defazio and Mishchenko 2023, https://arxiv.org/abs/2301.07733, algorithm 5.
// First pass, with the estimate d of the step before inside the gains, and two sums over all parameters:
//   progress = <g, sum / (sqrt(v) + eps)>
//   m <- beta1 m + mean_gain g      v <- beta2 v + (1 - beta2) g^2      sum <- beta3 sum + sum_gain g
//   length = |sum|_1
// Second pass: w <- w - (m / (sqrt(v) + eps) + decay w)
// beta3 = sqrt(beta2). The host estimates d from the sums for the next step.
#define NOPT_SLOTS(slot) slot(m, 0) slot(v, 0) slot(sum, 0)
#define NOPT_MEASURED_SLOTS (1u << m | 1u << v | 1u << sum)
#define NOPT_SCALARS(scalar)                                                                               \
  scalar(beta1) scalar(mean_gain) scalar(beta2) scalar(one_minus_beta2) scalar(beta3) \
      scalar(sum_gain) scalar(eps) scalar(decay)
#define NOPT_VARIANTS(variant)
#define NOPT_NUMBERS(number) number(progress) number(length)
#define NOPT_HAS_QUOTIENTS 1
#define HWY_TARGET_INCLUDE "optimizers/dadapt_adamw.cpp"
#include "optimizers/layerwise-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct DAdaptAdamW {
  template <uint32_t kVariant>
  static HWY_INLINE void measure(V, V g, V* slots, const V* a, V* terms) {
    terms[0] = g * quotient<kVariant>(slots[sum], hn::Sqrt(slots[v]) + a[eps]);
    slots[m] = a[beta1] * slots[m] + a[mean_gain] * g;
    slots[v] = a[beta2] * slots[v] + a[one_minus_beta2] * (g * g);
    slots[sum] = a[beta3] * slots[sum] + a[sum_gain] * g;
    terms[1] = hn::Abs(slots[sum]);
  }

  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V, V* slots, const V* a) {
    return w - (quotient<kVariant>(slots[m], hn::Sqrt(slots[v]) + a[eps]) + a[decay] * w);
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_GLOBAL(dadapt_adamw, DAdaptAdamW)
