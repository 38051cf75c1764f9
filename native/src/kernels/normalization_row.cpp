// Layer normalization: Ba, Kiros and Hinton, "Layer Normalization", 2016, https://arxiv.org/abs/1607.06450. Without a
// mean: Zhang and Sennrich, "Root Mean Square Layer Normalization", 2019, https://arxiv.org/abs/1910.07467.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/normalization_row.cpp"
#include "hwy/foreach_target.h"

#include "core/isa_table.h"
#include "core/parallel.h"
#include "kernels/matrix.h"
#include "kernels/normalization.h"
#include "kernels/row-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct RowSum {
  const float* x;
  LineSum sum;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    sum.add(lane, place.get(x + i));
  }
};

// Sum of (x - mean)^2.
struct SquareSum {
  const float* x;
  float mean;
  LineSum sum;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    const V d = place.get(x + i, mean) - splat(mean);
    sum.add(lane, d * d);
  }
};

// y = (x - mean) * inverse * gamma + beta
struct NormalizeRow {
  const float* x;
  float mean;
  float inverse;
  const float* gamma;
  const float* beta;
  float* y;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    V v = (place.get(x + i) - splat(mean)) * splat(inverse);
    if (gamma != nullptr) v = v * place.get(gamma + i);
    if (beta != nullptr) v = v + place.get(beta + i);
    place.put(v, y + i);
  }
};

HWY_INLINE float inverse_root(float variance, float epsilon) {
  return hn::GetLane(splat(1.0f) / hn::Sqrt(splat(variance) + splat(epsilon)));
}

void row_forward(const nopt_normalization_forward_args& args, int64_t begin, int64_t end) {
  const int64_t columns = args.x.columns;
  const float count = static_cast<float>(columns);
  for (int64_t row = begin; row < end; ++row) {
    const float* const x = float_row(args.x, row);
    float mean = 0.0f;
    if (args.normalization == NOPT_NORMALIZATION_LAYER) {
      RowSum step{x, LineSum()};
      for_each_vector(columns, step);
      mean = step.sum.total() / count;
    }
    SquareSum squares{x, mean, LineSum()};
    for_each_vector(columns, squares);
    const float inverse = inverse_root(squares.sum.total() / count, static_cast<float>(args.epsilon));
    if (args.mean.data != nullptr) *float_row(args.mean, row) = mean;
    if (args.inverse.data != nullptr) *float_row(args.inverse, row) = inverse;
    NormalizeRow step{x, mean, inverse, floats(args.gamma), floats(args.beta), float_row(args.y, row)};
    for_each_vector(columns, step);
  }
}

// Sums over the row of g = dy * gamma and of g * normalized x.
struct RowGradientSums {
  const float* x;
  const float* dy;
  const float* gamma;
  float mean;
  float inverse;
  LineSum g_sum;
  LineSum gx_sum;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    V g = place.get(dy + i);
    if (gamma != nullptr) g = g * place.get(gamma + i);
    const V normalized = (place.get(x + i, mean) - splat(mean)) * splat(inverse);
    g_sum.add(lane, g);
    gx_sum.add(lane, g * normalized);
  }
};

// dx = inverse (g - mean g - normalized x * mean (g normalized x))
struct RowInputGradient {
  const float* x;
  const float* dy;
  const float* gamma;
  float mean;
  float inverse;
  float mean_g;
  float mean_gx;
  float* dx;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    V g = place.get(dy + i);
    if (gamma != nullptr) g = g * place.get(gamma + i);
    const V normalized = (place.get(x + i) - splat(mean)) * splat(inverse);
    place.put(((g - splat(mean_g)) - normalized * splat(mean_gx)) * splat(inverse), dx + i);
  }
};

HWY_INLINE float row_mean(const nopt_matrix& mean, int64_t row) {
  return mean.data == nullptr ? 0.0f : *float_row(mean, row);
}

void row_input_gradient(const nopt_normalization_backward_args& args, int64_t begin, int64_t end) {
  const float count = static_cast<float>(args.x.columns);
  for (int64_t row = begin; row < end; ++row) {
    const float* const x = float_row(args.x, row);
    const float* const dy = float_row(args.dy, row);
    const float mean = row_mean(args.mean, row);
    const float inverse = *float_row(args.inverse, row);
    RowGradientSums sums{x, dy, floats(args.gamma), mean, inverse, LineSum(), LineSum()};
    for_each_vector(args.x.columns, sums);
    const bool centred = args.normalization == NOPT_NORMALIZATION_LAYER;
    RowInputGradient step{x,
                          dy,
                          floats(args.gamma),
                          mean,
                          inverse,
                          centred ? sums.g_sum.total() / count : 0.0f,
                          sums.gx_sum.total() / count,
                          float_row(args.dx, row)};
    for_each_vector(args.x.columns, step);
  }
}

// total[c] += dy[c] * normalized x[c], one row; without x: += dy[c]
struct AddParameterGradients {
  const float* x;
  const float* dy;
  float mean;
  float inverse;
  float* total_dy;
  float* total_dyx;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    const V g = place.get(dy + i);
    const V normalized = (place.get(x + i) - splat(mean)) * splat(inverse);
    place.put(place.get(total_dy + i) + g, total_dy + i);
    place.put(place.get(total_dyx + i) + g * normalized, total_dyx + i);
  }
};

void row_parameter_gradients(const nopt_normalization_backward_args& args, const ColumnRange& range) {
  HWY_ALIGN float total_dy[kNormalizationColumns];
  HWY_ALIGN float total_dyx[kNormalizationColumns];
  for (int64_t i = 0; i < range.count; ++i) total_dy[i] = total_dyx[i] = 0.0f;
  for (int64_t row = 0; row < args.x.rows; ++row) {
    AddParameterGradients step{float_row(args.x, row) + range.first,
                               float_row(args.dy, row) + range.first,
                               row_mean(args.mean, row),
                               *float_row(args.inverse, row),
                               total_dy,
                               total_dyx};
    for_each_vector(range.count, step);
  }
  const bool accumulate = (args.flags & NOPT_NORMALIZATION_ACCUMULATE) != 0;
  const auto write = [&](const nopt_matrix& sum, const float* total) {
    if (sum.data == nullptr) return;
    float* const out = floats(sum) + range.first;
    for (int64_t i = 0; i < range.count; ++i) out[i] = accumulate ? out[i] + total[i] : total[i];
  };
  write(args.dbeta, total_dy);
  write(args.dgamma, total_dyx);
}

NOPT_KERNEL_NAMESPACE_END

#if HWY_ONCE
namespace nopt {
namespace {

constexpr IsaTable<void(const nopt_normalization_forward_args&, int64_t, int64_t)> kForward =
    NOPT_ISA_TABLE(row_forward);
constexpr IsaTable<void(const nopt_normalization_backward_args&, int64_t, int64_t)> kInputGradient =
    NOPT_ISA_TABLE(row_input_gradient);
constexpr IsaTable<void(const nopt_normalization_backward_args&, const ColumnRange&)> kParameterGradients =
    NOPT_ISA_TABLE(row_parameter_gradients);

constexpr int64_t kBlockElements = 16384;
constexpr int64_t kPasses = 4;  // over the matrices of one operation

// body(begin, end) for blocks of rows of a matrix.
template <class Body>
void for_row_blocks(const Execution& execution, const nopt_matrix& x, const Body& body) {
  const int64_t block_rows = x.columns < kBlockElements ? kBlockElements / x.columns : 1;
  const int64_t block_count = (x.rows + block_rows - 1) / block_rows;
  parallel_for(execution, block_count, kPasses * float_bytes(x), [&](int64_t block) {
    const int64_t begin = block * block_rows;
    body(begin, x.rows - begin < block_rows ? x.rows : begin + block_rows);
  });
}

}  // namespace

void run_row_forward(const Execution& execution, const nopt_normalization_forward_args& args) {
  for_row_blocks(execution, args.x, [&](int64_t begin, int64_t end) { kForward[execution.isa](args, begin, end); });
}

void run_row_backward(const Execution& execution, const nopt_normalization_backward_args& args) {
  if (args.dgamma.data != nullptr || args.dbeta.data != nullptr) {
    const int64_t columns = args.x.columns;
    const int64_t block_count = (columns + kNormalizationColumns - 1) / kNormalizationColumns;
    parallel_for(execution, block_count, kPasses * float_bytes(args.x), [&](int64_t block) {
      const int64_t first = block * kNormalizationColumns;
      const int64_t rest = columns - first;
      kParameterGradients[execution.isa](args, {first, rest < kNormalizationColumns ? rest : kNormalizationColumns});
    });
  }
  if (args.dx.data != nullptr) {
    for_row_blocks(execution, args.x,
                   [&](int64_t begin, int64_t end) { kInputGradient[execution.isa](args, begin, end); });
  }
}

}  // namespace nopt
#endif
