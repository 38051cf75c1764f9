// Transposition in registers. Included once per instruction set.
#if defined(NOPT_GEMM_TRANSPOSE_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_GEMM_TRANSPOSE_INL_H
#undef NOPT_GEMM_TRANSPOSE_INL_H
#else
#define NOPT_GEMM_TRANSPOSE_INL_H
#endif

#include "kernels/simd-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// Addresses of kLanes rows.
struct LaneRows {
  // The rows of a matrix from `first` on; those beyond its end are its last one, whose lanes nobody uses.
  HWY_INLINE LaneRows(const float* first, int64_t stride, int64_t rows) {
    for (int64_t i = 0; i < kLanes; ++i) row[i] = first + (i < rows ? i : rows - 1) * stride;
  }
  const float* row[kLanes];
};

constexpr int64_t kTransposedColumns = 4;

#if HWY_TARGET == HWY_SCALAR

HWY_INLINE void transpose(const LaneRows& rows, int64_t column, V* out) {
  for (int64_t i = 0; i < kTransposedColumns; ++i) out[i] = load(rows.row[0] + column + i);
}

#else

// Four floats of each of the rows i, i + 4, i + 8 and so on, beside each other.
HWY_INLINE V load_blocks(const LaneRows& rows, int64_t i, int64_t column) {
  const hn::CappedTag<float, 4> d4;
  const auto block = [&](int64_t b) { return hn::LoadU(d4, rows.row[i + 4 * b] + column); };
#if HWY_TARGET == HWY_AVX3
  const hn::CappedTag<float, 8> d8;
  return hn::Combine(D(), hn::Combine(d8, block(3), block(2)), hn::Combine(d8, block(1), block(0)));
#elif HWY_TARGET == HWY_AVX2
  return hn::Combine(D(), block(1), block(0));
#else
  return block(0);
#endif
}

// out[i] is column + i of the rows: lane r comes from row r. Within blocks of four lanes this is a transposition of
// 4 x 4, and load_blocks has put the blocks where they belong.
HWY_INLINE void transpose(const LaneRows& rows, int64_t column, V* out) {
  const hn::RebindToUnsigned<D> d32;
  const hn::Repartition<uint64_t, D> d64;
  const auto r0 = hn::BitCast(d32, load_blocks(rows, 0, column));
  const auto r1 = hn::BitCast(d32, load_blocks(rows, 1, column));
  const auto r2 = hn::BitCast(d32, load_blocks(rows, 2, column));
  const auto r3 = hn::BitCast(d32, load_blocks(rows, 3, column));
  const auto low01 = hn::BitCast(d64, hn::InterleaveLower(d32, r0, r1));
  const auto low23 = hn::BitCast(d64, hn::InterleaveLower(d32, r2, r3));
  const auto high01 = hn::BitCast(d64, hn::InterleaveUpper(d32, r0, r1));
  const auto high23 = hn::BitCast(d64, hn::InterleaveUpper(d32, r2, r3));
  out[0] = hn::BitCast(D(), hn::InterleaveLower(d64, low01, low23));
  out[1] = hn::BitCast(D(), hn::InterleaveUpper(d64, low01, low23));
  out[2] = hn::BitCast(D(), hn::InterleaveLower(d64, high01, high23));
  out[3] = hn::BitCast(D(), hn::InterleaveUpper(d64, high01, high23));
}

#endif

// Writes the transpose of a [rows, columns] matrix through put(V, row of the transpose, first column of the transpose,
// columns there).
template <class Put>
HWY_INLINE void transpose_matrix(const float* from, int64_t stride, int64_t rows, int64_t columns, const Put& put) {
  for (int64_t r = 0; r < rows; r += kLanes) {
    const int64_t lanes = rows - r < kLanes ? rows - r : kLanes;
    const LaneRows lane_rows(from + r * stride, stride, lanes);
    int64_t column = 0;
    for (; column + kTransposedColumns <= columns; column += kTransposedColumns) {
      V out[kTransposedColumns];
      transpose(lane_rows, column, out);
      for (int64_t i = 0; i < kTransposedColumns; ++i) put(out[i], column + i, r, lanes);
    }
    for (; column < columns; ++column) {
      HWY_ALIGN float one[kLanes];
      for (int64_t i = 0; i < kLanes; ++i) one[i] = lane_rows.row[i][column];
      put(hn::Load(D(), one), column, r, lanes);
    }
  }
}

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_GEMM_TRANSPOSE_INL_H
