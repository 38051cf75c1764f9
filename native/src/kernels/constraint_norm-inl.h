// What a norm means for the weights it was taken over: nopt_constraint in nativeopt.h. Included once per instruction set.
#if defined(NOPT_KERNELS_CONSTRAINT_NORM_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_KERNELS_CONSTRAINT_NORM_INL_H
#undef NOPT_KERNELS_CONSTRAINT_NORM_INL_H
#else
#define NOPT_KERNELS_CONSTRAINT_NORM_INL_H
#endif

#include "kernels/simd-inl.h"
#include "nativeopt/nativeopt.h"

NOPT_KERNEL_NAMESPACE_BEGIN

class NormRule {
 public:
  HWY_INLINE explicit NormRule(const nopt_constraint_args& args)
      : constraint_(args.constraint),
        minimum_(rounded(args.minimum)),
        maximum_(rounded(args.maximum)),
        rate_(rounded(args.rate)),
        rest_(rounded(1 - args.rate)),
        epsilon_(rounded(args.epsilon)) {}

  // What apply() multiplies by, or divides by.
  HWY_INLINE V factor(V norm) const {
    const V divisor = epsilon_ + norm;
    switch (constraint_) {
      case NOPT_CONSTRAINT_MAX_NORM:
        return min(norm, maximum_) / divisor;
      case NOPT_CONSTRAINT_UNIT_NORM:
        return divisor;
      default:
        return (rate_ * clamp(norm, minimum_, maximum_) + rest_ * norm) / divisor;
    }
  }

  HWY_INLINE V apply(V w, V factor) const {
    return constraint_ == NOPT_CONSTRAINT_UNIT_NORM ? w / factor : w * factor;
  }

 private:
  static HWY_INLINE V rounded(double value) { return splat(static_cast<float>(value)); }

  int32_t constraint_;
  V minimum_, maximum_, rate_, rest_, epsilon_;
};

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_KERNELS_CONSTRAINT_NORM_INL_H
