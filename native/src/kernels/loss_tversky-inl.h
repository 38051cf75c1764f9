// Tversky loss, 1 - s / d with s = sum t y, d = s + alpha sum (1 - t) y + beta sum t (1 - y) + epsilon (Salehi et al.
// 2017), of a row or of a batch. Included once per instruction set.
#if defined(NOPT_KERNELS_LOSS_TVERSKY_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_KERNELS_LOSS_TVERSKY_INL_H
#undef NOPT_KERNELS_LOSS_TVERSKY_INL_H
#else
#define NOPT_KERNELS_LOSS_TVERSKY_INL_H
#endif

#include "kernels/loss_row.h"
#include "kernels/row-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct TverskySums {
  const LossRow& row;
  LineSum common;
  LineSum only_y;
  LineSum only_t;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    const V one = splat(1.0f);
    const V y = place.get(row.y + i);
    const V t = place.get(row.t + i);
    common.add(lane, t * y);
    only_y.add(lane, (one - t) * y);
    only_t.add(lane, t * (one - y));
  }
};

TverskyTotals tversky_totals(const LossRow& row) {
  TverskySums sums{row, LineSum(), LineSum(), LineSum()};
  for_each_vector(row.columns, sums);
  return {static_cast<double>(sums.common.total()), static_cast<double>(sums.only_y.total()),
          static_cast<double>(sums.only_t.total())};
}

// dy = scale (index (t + alpha (1 - t) - beta t) - t) / divisor
struct TverskyGradient {
  const LossRow& row;
  V alpha;
  V beta;
  V index;
  V share;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    const V t = place.get(row.t + i);
    const V slope = (t + alpha * (splat(1.0f) - t)) - beta * t;
    place.put(share * (index * slope - t), row.dy + i);
  }
};

void tversky_gradient(const LossRow& row, const LossSettings& settings, const TverskyTotals& totals) {
  const double divisor = totals.divisor(settings);
  const float share = static_cast<float>(static_cast<double>(row.scale) / divisor);
  const float index = static_cast<float>(totals.common / divisor);
  TverskyGradient gradient{row, splat(settings.alpha), splat(settings.beta), splat(index), splat(share)};
  for_each_vector(row.columns, gradient);
}

double tversky_loss(const LossRow& row, const LossSettings& settings) {
  const TverskyTotals totals = tversky_totals(row);
  if (row.dy != nullptr) tversky_gradient(row, settings, totals);
  return totals.value(settings);
}

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_KERNELS_LOSS_TVERSKY_INL_H
