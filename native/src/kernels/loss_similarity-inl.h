// Losses of a row as a whole: cosine similarity, categorical hinge. Included once per instruction set.
#if defined(NOPT_KERNELS_LOSS_SIMILARITY_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_KERNELS_LOSS_SIMILARITY_INL_H
#undef NOPT_KERNELS_LOSS_SIMILARITY_INL_H
#else
#define NOPT_KERNELS_LOSS_SIMILARITY_INL_H
#endif

#include "kernels/loss_row.h"
#include "kernels/row-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct LargestSize {
  const float* x;
  LineMax best;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    best.add(lane, hn::Abs(place.get(x + i)));
  }
};

// What a row is divided by so that its squares neither overflow nor vanish: its largest element; 1 for a row of zeros.
HWY_INLINE float size_of_row(const float* x, int64_t count) {
  LargestSize step{x, LineMax()};
  for_each_vector(count, step);
  const float size = step.best.total();
  return size == 0.0f ? 1.0f : size;
}

HWY_INLINE float root_of(float x) {
  return hn::GetLane(hn::Sqrt(splat(x)));
}

struct CosineSums {
  const LossRow& row;
  V y_size;
  V t_size;
  LineSum product;
  LineSum y_squares;
  LineSum t_squares;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    const V y = place.get(row.y + i) / y_size;
    const V t = place.get(row.t + i) / t_size;
    product.add(lane, y * t);
    y_squares.add(lane, y * y);
    t_squares.add(lane, t * t);
  }
};

// dy = factor (own y - other t), y and t divided by their sizes.
struct CosineGradient {
  const LossRow& row;
  V y_size;
  V t_size;
  V factor;
  V own;
  V other;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    const V y = place.get(row.y + i) / y_size;
    const V t = place.get(row.t + i) / t_size;
    place.put(factor * (own * y - other * t), row.dy + i);
  }
};

// -cos, cos = y t / (max(|y|, epsilon) max(|t|, epsilon)). Gradient cos y / |y|^2 - t / (|y| |t|); where |y| is at most
// epsilon the first term is 0.
double cosine_loss(const LossRow& row, const LossSettings& settings) {
  const float y_size = size_of_row(row.y, row.columns);
  const float t_size = size_of_row(row.t, row.columns);
  CosineSums sums{row, splat(y_size), splat(t_size), LineSum(), LineSum(), LineSum()};
  for_each_vector(row.columns, sums);
  const float y_squares = sums.y_squares.total();
  const float y_length = root_of(y_squares);
  const float t_length = root_of(sums.t_squares.total());
  const float y_limit = settings.epsilon / y_size;
  const float t_limit = settings.epsilon / t_size;
  const float lengths = (y_length < y_limit ? y_limit : y_length) * (t_length < t_limit ? t_limit : t_length);
  const float cosine = sums.product.total() / lengths;
  if (row.dy != nullptr) {
    const float own = y_length > y_limit ? cosine / y_squares : 0.0f;
    CosineGradient gradient{row,        splat(y_size),        splat(t_size), splat(row.scale / y_size),
                            splat(own), splat(1.0f / lengths)};
    for_each_vector(row.columns, gradient);
  }
  return -static_cast<double>(cosine);
}

struct HingeSums {
  const LossRow& row;
  LineSum right;
  LineMax wrong;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    const V y = place.get(row.y + i);
    const V t = place.get(row.t + i);
    right.add(lane, t * y);
    // Lanes beyond the row must not be the largest.
    wrong.add(lane, place.get(row.y + i, -__builtin_inff()) * (splat(1.0f) - t));
  }
};

struct HingeGradient {
  const LossRow& row;
  V scale;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    place.put(hn::Neg(scale * place.get(row.t + i)), row.dy + i);
  }
};

// max(wrong - right + 1, 0), right = sum t y, wrong = max (1 - t) y. Gradient where it is above 0: -t, and 1 - t more
// at the (first) largest. NaN makes the whole row NaN.
double categorical_hinge_loss(const LossRow& row) {
  HingeSums sums{row, LineSum(), LineMax()};
  for_each_vector(row.columns, sums);
  const float wrong = sums.wrong.total();
  const float value = (wrong - sums.right.total()) + 1.0f;
  if (row.dy != nullptr) {
    int64_t at = 0;
    while (at < row.columns - 1 && (1.0f - row.t[at]) * row.y[at] != wrong) ++at;
    // 0 where the value is not above 0; NaN where it is NaN.
    const float scale = value <= 0.0f ? 0.0f : value > 0.0f ? row.scale : value;
    HingeGradient gradient{row, splat(scale)};
    for_each_vector(row.columns, gradient);
    row.dy[at] = row.dy[at] + scale * (1.0f - row.t[at]);
  }
  return value <= 0.0f ? 0.0 : static_cast<double>(value);
}

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_KERNELS_LOSS_SIMILARITY_INL_H
