// Batch normalization: Ioffe and Szegedy, "Batch Normalization", 2015, https://arxiv.org/abs/1502.03167, algorithm 1.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/normalization_batch.cpp"
#include "hwy/foreach_target.h"

#include "core/isa_table.h"
#include "core/parallel.h"
#include "kernels/matrix.h"
#include "kernels/normalization.h"
#include "kernels/row-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// Vectors of one number for each column of a block; a null matrix gives null.
HWY_INLINE float* at(const nopt_matrix& matrix, const ColumnRange& range) {
  return matrix.data == nullptr ? nullptr : floats(matrix) + range.first;
}

// total[c] += x[c]
struct AddRow {
  const float* x;
  float* total;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    place.put(place.get(total + i) + place.get(x + i), total + i);
  }
};

// total[c] += (x[c] - mean[c])^2
struct AddSquares {
  const float* x;
  const float* mean;
  float* total;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    const V d = place.get(x + i) - place.get(mean + i);
    place.put(place.get(total + i) + d * d, total + i);
  }
};

// v[c] = v[c] / count
struct Divide {
  float* v;
  V count;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    place.put(place.get(v + i) / count, v + i);
  }
};

// inverse[c] = 1 / sqrt(variance[c] + epsilon)
struct Invert {
  const float* variance;
  float* inverse;
  V epsilon;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    place.put(splat(1.0f) / hn::Sqrt(place.get(variance + i, 1.0f) + epsilon), inverse + i);
  }
};

// moving[c] = moving[c] * momentum + statistic[c] * factor * (1 - momentum)
struct Move {
  float* moving;
  const float* statistic;
  V momentum;
  V rest;
  V factor;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    place.put(place.get(moving + i) * momentum + (place.get(statistic + i) * factor) * rest, moving + i);
  }
};

// y[c] = (x[c] - mean[c]) * inverse[c] * gamma[c] + beta[c]
struct Normalize {
  const float* x;
  const float* mean;
  const float* inverse;
  const float* gamma;
  const float* beta;
  float* y;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    V v = (place.get(x + i) - place.get(mean + i)) * place.get(inverse + i);
    if (gamma != nullptr) v = v * place.get(gamma + i);
    if (beta != nullptr) v = v + place.get(beta + i);
    place.put(v, y + i);
  }
};

HWY_INLINE void clear(float* v, int64_t count) {
  for (int64_t i = 0; i < count; ++i) v[i] = 0.0f;
}

// The mean and the variance of each column of the block.
void column_statistics(const nopt_matrix& x, const ColumnRange& range, float* mean, float* variance) {
  const V rows = splat(static_cast<float>(x.rows));
  clear(mean, range.count);
  clear(variance, range.count);
  for (int64_t row = 0; row < x.rows; ++row) {
    AddRow step{float_row(x, row) + range.first, mean};
    for_each_vector(range.count, step);
  }
  Divide mean_step{mean, rows};
  for_each_vector(range.count, mean_step);
  for (int64_t row = 0; row < x.rows; ++row) {
    AddSquares step{float_row(x, row) + range.first, mean, variance};
    for_each_vector(range.count, step);
  }
  Divide variance_step{variance, rows};
  for_each_vector(range.count, variance_step);
}

void move_statistics(const nopt_normalization_forward_args& args, const ColumnRange& range, const float* mean,
                     const float* variance) {
  if (args.moving_mean.data == nullptr) return;
  const V momentum = splat(static_cast<float>(args.momentum));
  const V rest = splat(static_cast<float>(1 - args.momentum));
  const bool unbiased = (args.flags & NOPT_NORMALIZATION_UNBIASED) != 0 && args.x.rows > 1;
  const double rows = static_cast<double>(args.x.rows);
  Move mean_step{at(args.moving_mean, range), mean, momentum, rest, splat(1.0f)};
  for_each_vector(range.count, mean_step);
  Move variance_step{at(args.moving_variance, range), variance, momentum, rest,
                     splat(static_cast<float>(unbiased ? rows / (rows - 1) : 1.0))};
  for_each_vector(range.count, variance_step);
}

void batch_forward(const nopt_normalization_forward_args& args, const ColumnRange& range) {
  HWY_ALIGN float mean[kNormalizationColumns];
  HWY_ALIGN float variance[kNormalizationColumns];
  HWY_ALIGN float inverse[kNormalizationColumns];
  const float* used_mean = mean;
  const float* used_variance = variance;
  if ((args.flags & NOPT_NORMALIZATION_FIXED) != 0) {
    used_mean = at(args.moving_mean, range);
    used_variance = at(args.moving_variance, range);
  } else {
    column_statistics(args.x, range, mean, variance);
    move_statistics(args, range, mean, variance);
  }
  Invert invert{used_variance, inverse, splat(static_cast<float>(args.epsilon))};
  for_each_vector(range.count, invert);
  for (int64_t i = 0; i < range.count; ++i) {
    if (args.mean.data != nullptr) at(args.mean, range)[i] = used_mean[i];
    if (args.inverse.data != nullptr) at(args.inverse, range)[i] = inverse[i];
  }
  for (int64_t row = 0; row < args.x.rows; ++row) {
    Normalize step{
        float_row(args.x, row) + range.first, used_mean, inverse, at(args.gamma, range), at(args.beta, range),
        float_row(args.y, row) + range.first};
    for_each_vector(range.count, step);
  }
}

// total_dy[c] += dy[c], total_dyx[c] += dy[c] * normalized x[c]
struct AddGradients {
  const float* x;
  const float* dy;
  const float* mean;
  const float* inverse;
  float* total_dy;
  float* total_dyx;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    const V normalized = (place.get(x + i) - place.get(mean + i)) * place.get(inverse + i);
    const V g = place.get(dy + i);
    place.put(place.get(total_dy + i) + g, total_dy + i);
    place.put(place.get(total_dyx + i) + g * normalized, total_dyx + i);
  }
};

// dx[c] = gamma[c] inverse[c] (dy[c] - mean_dy[c] - normalized x[c] * mean_dyx[c])
struct InputGradient {
  const float* x;
  const float* dy;
  const float* mean;
  const float* inverse;
  const float* gamma;
  const float* mean_dy;
  const float* mean_dyx;
  float* dx;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    const V factor = place.get(inverse + i);
    const V normalized = (place.get(x + i) - place.get(mean + i)) * factor;
    V v = (place.get(dy + i) - place.get(mean_dy + i)) - normalized * place.get(mean_dyx + i);
    v = v * factor;
    if (gamma != nullptr) v = v * place.get(gamma + i);
    place.put(v, dx + i);
  }
};

HWY_INLINE void write_sum(const float* total, bool accumulate, int64_t count, float* sum) {
  if (sum == nullptr) return;
  for (int64_t i = 0; i < count; ++i) sum[i] = accumulate ? sum[i] + total[i] : total[i];
}

void batch_input_gradient(const nopt_normalization_backward_args& args, const ColumnRange& range, float* total_dy,
                          float* total_dyx) {
  if ((args.flags & NOPT_NORMALIZATION_FIXED) != 0) {
    clear(total_dy, range.count);
    clear(total_dyx, range.count);
  }
  const V rows = splat(static_cast<float>(args.x.rows));
  Divide dy_step{total_dy, rows};
  for_each_vector(range.count, dy_step);
  Divide dyx_step{total_dyx, rows};
  for_each_vector(range.count, dyx_step);
  for (int64_t row = 0; row < args.x.rows; ++row) {
    InputGradient step{float_row(args.x, row) + range.first,
                       float_row(args.dy, row) + range.first,
                       at(args.mean, range),
                       at(args.inverse, range),
                       at(args.gamma, range),
                       total_dy,
                       total_dyx,
                       float_row(args.dx, row) + range.first};
    for_each_vector(range.count, step);
  }
}

void batch_backward(const nopt_normalization_backward_args& args, const ColumnRange& range) {
  HWY_ALIGN float total_dy[kNormalizationColumns];
  HWY_ALIGN float total_dyx[kNormalizationColumns];
  const bool accumulate = (args.flags & NOPT_NORMALIZATION_ACCUMULATE) != 0;
  clear(total_dy, range.count);
  clear(total_dyx, range.count);
  for (int64_t row = 0; row < args.x.rows; ++row) {
    AddGradients step{float_row(args.x, row) + range.first,
                      float_row(args.dy, row) + range.first,
                      at(args.mean, range),
                      at(args.inverse, range),
                      total_dy,
                      total_dyx};
    for_each_vector(range.count, step);
  }
  write_sum(total_dy, accumulate, range.count, at(args.dbeta, range));
  write_sum(total_dyx, accumulate, range.count, at(args.dgamma, range));
  if (args.dx.data != nullptr) batch_input_gradient(args, range, total_dy, total_dyx);
}

NOPT_KERNEL_NAMESPACE_END

#if HWY_ONCE
namespace nopt {
namespace {

constexpr IsaTable<void(const nopt_normalization_forward_args&, const ColumnRange&)> kForward =
    NOPT_ISA_TABLE(batch_forward);
constexpr IsaTable<void(const nopt_normalization_backward_args&, const ColumnRange&)> kBackward =
    NOPT_ISA_TABLE(batch_backward);

constexpr int64_t kPasses = 4;  // over the matrices of one operation

template <class Args>
void run_blocks_of(const Execution& execution, const Args& args,
                   const IsaTable<void(const Args&, const ColumnRange&)>& kernel) {
  const int64_t columns = args.x.columns;
  const int64_t block_count = (columns + kNormalizationColumns - 1) / kNormalizationColumns;
  parallel_for(execution, block_count, kPasses * float_bytes(args.x), [&](int64_t block) {
    const int64_t first = block * kNormalizationColumns;
    const int64_t rest = columns - first;
    kernel[execution.isa](args, {first, rest < kNormalizationColumns ? rest : kNormalizationColumns});
  });
}

}  // namespace

void run_batch_forward(const Execution& execution, const nopt_normalization_forward_args& args) {
  run_blocks_of(execution, args, kForward);
}

void run_batch_backward(const Execution& execution, const nopt_normalization_backward_args& args) {
  run_blocks_of(execution, args, kBackward);
}

}  // namespace nopt
#endif
