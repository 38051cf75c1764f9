#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/column_sum.cpp"
#include "hwy/foreach_target.h"

#include "core/isa_table.h"
#include "core/parallel.h"
#include "kernels/column_sum.h"
#include "kernels/matrix.h"
#include "kernels/row-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct ColumnSum {
  const float* x;
  int64_t stride;
  int64_t rows;
  bool accumulate;
  float* sum;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t column, int64_t /*lane*/) {
    V total = zero();
    for (int64_t row = 0; row < rows; ++row) total = total + place.get(x + row * stride + column);
    place.put(accumulate ? place.get(sum + column) + total : total, sum + column);
  }
};

void column_sum(const float* x, int64_t stride, int64_t rows, int64_t columns, bool accumulate, float* sum) {
  ColumnSum step{x, stride, rows, accumulate, sum};
  for_each_vector(columns, step);
}

NOPT_KERNEL_NAMESPACE_END

#if HWY_ONCE
namespace nopt {
namespace {
constexpr IsaTable<void(const float*, int64_t, int64_t, int64_t, bool, float*)> kColumnSum = NOPT_ISA_TABLE(column_sum);
constexpr int64_t kBlockColumns = 128;
}  // namespace

void run_column_sum(const Execution& execution, const nopt_matrix& matrix, bool accumulate, float* sum) {
  const int64_t block_count = (matrix.columns + kBlockColumns - 1) / kBlockColumns;
  parallel_for(execution, block_count, float_bytes(matrix), [&](int64_t block) {
    const int64_t column = block * kBlockColumns;
    const int64_t columns = matrix.columns - column < kBlockColumns ? matrix.columns - column : kBlockColumns;
    kColumnSum[execution.isa](floats(matrix) + column, matrix.stride, matrix.rows, columns, accumulate, sum + column);
  });
}

}  // namespace nopt
#endif
