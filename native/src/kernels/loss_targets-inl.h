// The targets of a categorical row, wherever they come from: smoothed and weighed by class. Included once per
// instruction set.
#if defined(NOPT_KERNELS_LOSS_TARGETS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_KERNELS_LOSS_TARGETS_INL_H
#undef NOPT_KERNELS_LOSS_TARGETS_INL_H
#else
#define NOPT_KERNELS_LOSS_TARGETS_INL_H
#endif

#include "kernels/loss_probability-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// 0 beyond the row.
template <class Place>
HWY_INLINE V weighed(const Place& place, V t, const float* weights, int64_t i) {
  return inside(place, weights == nullptr ? t : t * place.get(weights + i));
}

struct RowTargets {
  const float* t;
  const float* weights;
  SmoothedTargets smoothing;
  HWY_INLINE RowTargets(const LossRow& row, const LossSettings& settings)
      : t(row.t), weights(settings.class_weights), smoothing(settings) {}
  template <class Place>
  HWY_INLINE V get(const Place& place, int64_t i) const {
    return weighed(place, smoothing.of(place.get(t + i)), weights, i);
  }
};

// 1 at the label, else 0.
struct LabelTargets {
  int64_t label;
  const float* weights;
  V on;
  V off;
  HWY_INLINE LabelTargets(const LossRow& row, const LossSettings& settings)
      : label(row.label),
        weights(settings.class_weights),
        on(splat(settings.kept + settings.spread)),
        off(splat(settings.spread)) {}
  template <class Place>
  HWY_INLINE V get(const Place& place, int64_t i) const {
    const int64_t ahead = label - i;
    const int32_t lane = ahead >= 0 && ahead < kLanes ? static_cast<int32_t>(ahead) : -1;
    const auto at_label = hn::Eq(hn::Iota(DI(), 0), hn::Set(DI(), lane));
    return weighed(place, hn::IfThenElse(hn::RebindMask(D(), at_label), on, off), weights, i);
  }
};

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_KERNELS_LOSS_TARGETS_INL_H
