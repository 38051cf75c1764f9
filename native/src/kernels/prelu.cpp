#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/prelu.cpp"
#include "hwy/foreach_target.h"

#include "core/isa_table.h"
#include "kernels/prelu.h"
#include "kernels/row-inl.h"
#include "kernels/row_blocks.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// The slope of each column, or the same for all.
struct Slopes {
  const float* first;
  bool shared;
  template <class Place>
  HWY_INLINE V get(const Place& place, int64_t column) const {
    return shared ? splat(*first) : place.get(first + column);
  }
};

// out = x > 0: v, else slope v. Forward v is x, backward dy.
struct PreluRow {
  const float* x;
  const float* v;
  Slopes slopes;
  float* out;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    const V value = place.get(v + i);
    place.put(hn::IfThenElse(place.get(x + i) > zero(), value, value * slopes.get(place, i)), out + i);
  }
};

void prelu_row(const float* x, const float* v, const float* slopes, bool shared, float* out, int64_t count) {
  PreluRow step{x, v, {slopes, shared}, out};
  for_each_vector(count, step);
}

template <class Place>
HWY_INLINE V slope_gradient(const Place& place, const float* x, const float* dy) {
  const V value = place.get(x);
  return hn::IfThenZeroElse(value > zero(), value * place.get(dy));
}

struct PreluColumns {
  const float* x;
  int64_t x_stride;
  const float* dy;
  int64_t dy_stride;
  int64_t rows;
  bool accumulate;
  float* dslopes;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t column, int64_t /*lane*/) {
    V total = zero();
    for (int64_t row = 0; row < rows; ++row)
      total = total + slope_gradient(place, x + row * x_stride + column, dy + row * dy_stride + column);
    place.put(accumulate ? place.get(dslopes + column) + total : total, dslopes + column);
  }
};

// dslopes of some columns.
void prelu_columns(const float* x, int64_t x_stride, const float* dy, int64_t dy_stride, int64_t rows, int64_t columns,
                   bool accumulate, float* dslopes) {
  PreluColumns step{x, x_stride, dy, dy_stride, rows, accumulate, dslopes};
  for_each_vector(columns, step);
}

struct PreluSharedRow {
  const float* x;
  const float* dy;
  LineSum* sum;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    sum->add(lane, slope_gradient(place, x + i, dy + i));
  }
};

// The gradient of the one slope: sixteen partial sums over all rows, one for each position in a line.
float prelu_shared(const float* x, int64_t x_stride, const float* dy, int64_t dy_stride, int64_t rows,
                   int64_t columns) {
  LineSum sum;
  for (int64_t row = 0; row < rows; ++row) {
    PreluSharedRow step{x + row * x_stride, dy + row * dy_stride, &sum};
    for_each_vector(columns, step);
  }
  return sum.total();
}

NOPT_KERNEL_NAMESPACE_END

#if HWY_ONCE
namespace nopt {
namespace {

constexpr IsaTable<void(const float*, const float*, const float*, bool, float*, int64_t)> kPreluRow =
    NOPT_ISA_TABLE(prelu_row);
constexpr IsaTable<void(const float*, int64_t, const float*, int64_t, int64_t, int64_t, bool, float*)> kPreluColumns =
    NOPT_ISA_TABLE(prelu_columns);
constexpr IsaTable<float(const float*, int64_t, const float*, int64_t, int64_t, int64_t)> kPreluShared =
    NOPT_ISA_TABLE(prelu_shared);

constexpr int64_t kBlockColumns = 128;

void run_rows(const Execution& execution, const nopt_matrix& x, const nopt_matrix& v, const nopt_matrix& slopes,
              const nopt_matrix& out) {
  for_row_blocks(execution, x, 1, [&](int64_t first, int64_t rows) {
    for (int64_t row = first; row < first + rows; ++row) {
      kPreluRow[execution.isa](float_row(x, row), float_row(v, row), floats(slopes), slopes.columns == 1,
                               float_row(out, row), x.columns);
    }
  });
}

void run_dslopes(const Execution& execution, const nopt_activation_backward_args& args) {
  const bool accumulate = (args.flags & NOPT_BACKWARD_ACCUMULATE) != 0;
  float* const dslopes = floats(args.dslopes);
  if (args.dslopes.columns == 1) {
    const float sum = kPreluShared[execution.isa](floats(args.x), args.x.stride, floats(args.dy), args.dy.stride,
                                                  args.x.rows, args.x.columns);
    *dslopes = accumulate ? *dslopes + sum : sum;
    return;
  }
  const int64_t block_count = (args.x.columns + kBlockColumns - 1) / kBlockColumns;
  parallel_for(execution, block_count, 2 * float_bytes(args.x), [&](int64_t block) {
    const int64_t column = block * kBlockColumns;
    const int64_t columns = args.x.columns - column < kBlockColumns ? args.x.columns - column : kBlockColumns;
    kPreluColumns[execution.isa](floats(args.x) + column, args.x.stride, floats(args.dy) + column, args.dy.stride,
                                 args.x.rows, columns, accumulate, dslopes + column);
  });
}

}  // namespace

void run_prelu(const Execution& execution, const nopt_activation_args& args) {
  run_rows(execution, args.x, args.x, args.slopes, args.y);
}

// dslopes first: dx may be dy.
void run_prelu_backward(const Execution& execution, const nopt_activation_backward_args& args) {
  if (args.dslopes.data != nullptr) run_dslopes(execution, args);
  if (args.dx.data != nullptr) run_rows(execution, args.x, args.dy, args.slopes, args.dx);
}

}  // namespace nopt
#endif
