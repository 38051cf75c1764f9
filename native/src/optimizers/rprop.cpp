// Resilient backpropagation: Riedmiller and Braun 1993, "A direct adaptive method for faster backpropagation learning",
// without going back after a change of sign.
//   same = sign(g) sign(previous)      step <- step * (eta_plus, eta_minus or 1 for 1, -1 or 0), within the limits
//   where same is -1: g <- 0           w <- w - sign(g) step      previous <- g
#define NOPT_SLOTS(slot) slot(previous, 0) slot(step, 0)
#define NOPT_SCALARS(scalar) scalar(eta_minus) scalar(eta_plus) scalar(step_min) scalar(step_max)
#define NOPT_VARIANTS(variant)
#define HWY_TARGET_INCLUDE "optimizers/rprop.cpp"
#include "optimizers/rule-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct Rprop {
  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V* s, const V* a) {
    const V direction = sign(g);
    const V same = direction * sign(s[previous]);
    const M turned = same < zero();
    // same + 1 is 1 for 0 and NaN for NaN.
    const V eta = hn::IfThenElse(same > zero(), a[eta_plus], hn::IfThenElse(turned, a[eta_minus], same + splat(1.0f)));
    s[step] = clamp(s[step] * eta, a[step_min], a[step_max]);
    // A subnormal gradient is kept as the zero of its sign, which is its direction.
    s[previous] = hn::IfThenElse(turned, zero(), hn::IfThenElse(direction == zero(), direction, g));
    return w - hn::IfThenElse(turned, zero(), direction) * s[step];
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_OPTIMIZER(rprop, Rprop)
