// Schedule-free AdamW: Defazio et al. 2024, https://arxiv.org/abs/2405.15682, algorithm 1, in terms of y and z.
//   v <- beta2 v + (1 - beta2) g^2      u = (step g) / (sqrt(v) + eps) + decay w
//   z <- z - u      w <- z + keep ((w - z_old) + beta1 u)
// The weights are y = (1 - beta1) z + beta1 x, where gradients are taken; z starts as the weights. keep = 1 - c, with c
// the share of the new z in the average x. The host folds the bias correction into step and eps.
#define NOPT_SLOTS(slot) slot(z, 0) slot(v, 0)
#define NOPT_SCALARS(scalar) \
  scalar(beta1) scalar(step) scalar(decay) scalar(keep) scalar(beta2) scalar(one_minus_beta2) scalar(eps)
#define NOPT_VARIANTS(variant)
#define NOPT_HAS_QUOTIENTS 1
#define HWY_TARGET_INCLUDE "optimizers/schedule_free_adamw.cpp"
#include "optimizers/rule-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct ScheduleFreeAdamW {
  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* s, const V* a) {
    s[v] = a[beta2] * s[v] + a[one_minus_beta2] * (g * g);
    const V u = quotient<kVariant>(a[step] * g, hn::Sqrt(s[v]) + a[eps]) + a[decay] * w;
    const V lead = w - s[z];
    s[z] = s[z] - u;
    return s[z] + a[keep] * (lead + a[beta1] * u);
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_OPTIMIZER(schedule_free_adamw, ScheduleFreeAdamW)
