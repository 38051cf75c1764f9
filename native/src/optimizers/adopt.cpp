// ADOPT: Taniguchi et al. 2024, https://arxiv.org/abs/2411.02853, algorithm 2.
//   u = g / max(sqrt(v), eps), with the v of the step before      clipped: u limited to [-clip, clip]
//   m <- beta1 m + (1 - beta1) u      v <- beta2 v + (1 - beta2) g^2
//   w <- w - step m      nesterov: w <- w - step (beta1 m + (1 - beta1) u)
// The first step only sets v: the host then has beta1 = 1 and beta2 = 0.
#define NOPT_SLOTS(slot) slot(m, 0) slot(v, 0)
#define NOPT_SCALARS(scalar) \
  scalar(beta1) scalar(one_minus_beta1) scalar(beta2) scalar(one_minus_beta2) scalar(eps) scalar(clip) scalar(step)
#define NOPT_VARIANTS(variant) variant(clipped) variant(nesterov)
#define NOPT_HAS_QUOTIENTS 1
#define HWY_TARGET_INCLUDE "optimizers/adopt.cpp"
#include "optimizers/rule-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct Adopt {
  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* s, const V* a) {
    V u = quotient<kVariant>(g, max(hn::Sqrt(s[v]), a[eps]));
    if constexpr ((kVariant & clipped) != 0) u = clamp(u, hn::Neg(a[clip]), a[clip]);
    s[m] = a[beta1] * s[m] + a[one_minus_beta1] * u;
    s[v] = a[beta2] * s[v] + a[one_minus_beta2] * (g * g);
    if constexpr ((kVariant & nesterov) != 0) return w - a[step] * (a[beta1] * s[m] + a[one_minus_beta1] * u);
    return w - a[step] * s[m];
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_OPTIMIZER(adopt, Adopt)
