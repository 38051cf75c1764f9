// Schedule-free SGD: Defazio et al. 2024, https://arxiv.org/abs/2405.15682, equations 2 to 4, in terms of y and z.
//   u = step g + decay w      z <- z - u      w <- z + keep ((w - z_old) + beta1 u)
// The weights are y = (1 - beta1) z + beta1 x, where gradients are taken; z starts as the weights. keep = 1 - c, with c
// the share of the new z in the average x.
#define NOPT_SLOTS(slot) slot(z, 0)
#define NOPT_SCALARS(scalar) scalar(beta1) scalar(step) scalar(decay) scalar(keep)
#define NOPT_VARIANTS(variant)
#define HWY_TARGET_INCLUDE "optimizers/schedule_free_sgd.cpp"
#include "optimizers/rule-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct ScheduleFreeSgd {
  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* s, const V* a) {
    const V u = a[step] * g + a[decay] * w;
    const V lead = w - s[z];
    s[z] = s[z] - u;
    return s[z] + a[keep] * (lead + a[beta1] * u);
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_OPTIMIZER(schedule_free_sgd, ScheduleFreeSgd)
