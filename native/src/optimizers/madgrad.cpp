// MADGRAD: Defazio and Jelassi 2021, https://arxiv.org/abs/2101.11075, algorithm 1.
//   v <- v + gain g^2      s <- s + gain g      z = x0 - s / (cbrt(v) + eps)
//   w <- w + (1 - mu) (z - w)
// x0 holds the weights as they were before the first step; gain = (lr + eps) sqrt(t).
#define NOPT_SLOTS(slot) slot(v, 0) slot(sum, 0) slot(x0, 0)
#define NOPT_SCALARS(scalar) scalar(gain) scalar(eps) scalar(one_minus_mu)
#define NOPT_VARIANTS(variant)
#define NOPT_HAS_QUOTIENTS 1
#define HWY_TARGET_INCLUDE "optimizers/madgrad.cpp"
#include "hwy/foreach_target.h"
#include "kernels/math-inl.h"
#include "optimizers/rule-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct Madgrad {
  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* s, const V* a) {
    s[v] = s[v] + a[gain] * (g * g);
    s[sum] = s[sum] + a[gain] * g;
    const V z = s[x0] - quotient<kVariant>(s[sum], cube_root(s[v]) + a[eps]);
    return w + a[one_minus_mu] * (z - w);
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_OPTIMIZER(madgrad, Madgrad)
