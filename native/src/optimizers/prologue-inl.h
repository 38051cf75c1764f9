// What happens to the gradient before the rule sees it: nopt_prologue in nativeopt.h, in the order given there.
// Included once per instruction set.
#if defined(NOPT_OPTIMIZERS_PROLOGUE_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_OPTIMIZERS_PROLOGUE_INL_H
#undef NOPT_OPTIMIZERS_PROLOGUE_INL_H
#else
#define NOPT_OPTIMIZERS_PROLOGUE_INL_H
#endif

#include "kernels/simd-inl.h"
#include "nativeopt/nativeopt.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// A stage with its neutral value is skipped, not computed: 0 * w is NaN where w is infinite, and a sum with 0 loses the
// sign of a negative zero.
class Prologue {
 public:
  // flags: nopt_step_flags.
  HWY_INLINE Prologue(const nopt_prologue& p, uint32_t flags)
      : stages_(((flags & NOPT_STEP_IGNORE_NON_FINITE) != 0 ? kFinite : 0u) | (p.gradient_scale != 1 ? kScale : 0u) |
                (p.l1 != 0 ? kL1 : 0u) | (p.l2 != 0 ? kL2 : 0u) | (p.clip_value != 0 ? kClip : 0u) |
                ((flags & NOPT_STEP_MAXIMIZE) != 0 ? kMaximize : 0u) | (p.weight_decay != 0 ? kDecay : 0u) |
                (p.weight_factor != 1 ? kShrink : 0u)),
        scale_(rounded(p.gradient_scale)),
        l1_(rounded(p.l1)),
        l2_(rounded(p.l2)),
        clip_(rounded(p.clip_value)),
        decay_(rounded(p.weight_decay)),
        factor_(rounded(p.weight_factor)) {}

  HWY_INLINE bool does_nothing() const { return stages_ == 0; }
  HWY_INLINE bool penalizes_nothing() const { return (stages_ & (kFinite | kScale | kL1 | kL2)) == 0; }

  // The stages up to l2, which make the gradient that is clipped.
  HWY_INLINE V penalized(V w, V g) const {
    if ((stages_ & kFinite) != 0) g = hn::IfThenElseZero(hn::IsFinite(g), g);
    if ((stages_ & kScale) != 0) g = g * scale_;
    if ((stages_ & kL1) != 0) g = g + l1_ * sign(w);
    if ((stages_ & kL2) != 0) g = g + l2_ * w;
    return g;
  }

  HWY_INLINE void apply(V& w, V& g) const {
    g = penalized(w, g);
    if ((stages_ & kClip) != 0) g = clamp(g, hn::Neg(clip_), clip_);
    if ((stages_ & kMaximize) != 0) g = hn::Neg(g);
    if ((stages_ & kDecay) != 0) g = g + decay_ * w;
    if ((stages_ & kShrink) != 0) w = w * factor_;
  }

 private:
  static constexpr uint32_t kScale = 1, kL1 = 2, kL2 = 4, kClip = 8, kMaximize = 16, kDecay = 32, kShrink = 64,
                            kFinite = 128;

  static HWY_INLINE V rounded(double value) { return splat(static_cast<float>(value)); }

  // 1, -1, or 0: for both zeros and for NaN, which reaches the result through w itself.
  static HWY_INLINE V sign(V w) {
    return hn::IfThenElse(w > zero(), splat(1.0f), hn::IfThenElse(w < zero(), splat(-1.0f), zero()));
  }

  uint32_t stages_;
  V scale_, l1_, l2_, clip_, decay_, factor_;
};

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_OPTIMIZERS_PROLOGUE_INL_H
