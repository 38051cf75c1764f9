// Copies of parts of A and B in the order in which the micro-kernel reads them. Included once per instruction set.
#if defined(NOPT_GEMM_PACK_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_GEMM_PACK_INL_H
#undef NOPT_GEMM_PACK_INL_H
#else
#define NOPT_GEMM_PACK_INL_H
#endif

#include "kernels/simd-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// A panel of B is [depth, width]: `columns` columns of B, filled up with zeros to the width of the micro-kernel.

// B as stored is [depth, columns].
HWY_INLINE void pack_rows(const float* b, int64_t ldb, int64_t depth, int64_t columns, int64_t width, float* panel) {
  for (int64_t k = 0; k < depth; ++k) {
    const float* from = b + k * ldb;
    float* to = panel + k * width;
    int64_t j = 0;
    for (; j + kLanes <= columns; j += kLanes) store(load(from + j), to + j);
    if (j < columns) {
      store(load_first(from + j, columns - j), to + j);
      j += kLanes;
    }
    for (; j < width; j += kLanes) store(zero(), to + j);
  }
}

// One column of op(B), which is a row of B as stored.
HWY_INLINE void pack_column(const float* row, int64_t from, int64_t depth, int64_t width, float* column) {
  for (int64_t k = from; k < depth; ++k) column[k * width] = row[k];
}

// Four columns of op(B), four steps of k at a time.
HWY_INLINE int64_t pack_four_columns(const float* b, int64_t ldb, int64_t depth, int64_t width, float* panel) {
#if HWY_TARGET == HWY_SCALAR
  static_cast<void>(b), static_cast<void>(ldb), static_cast<void>(depth), static_cast<void>(width),
      static_cast<void>(panel);
  return 0;
#else
  const hn::CappedTag<float, 4> d4;
  const hn::RebindToUnsigned<decltype(d4)> du;
  const hn::Repartition<uint64_t, decltype(du)> d2;
  int64_t k = 0;
  for (; k + 4 <= depth; k += 4) {
    const auto r0 = hn::BitCast(du, hn::LoadU(d4, b + k));
    const auto r1 = hn::BitCast(du, hn::LoadU(d4, b + ldb + k));
    const auto r2 = hn::BitCast(du, hn::LoadU(d4, b + 2 * ldb + k));
    const auto r3 = hn::BitCast(du, hn::LoadU(d4, b + 3 * ldb + k));
    const auto low01 = hn::BitCast(d2, hn::InterleaveLower(du, r0, r1));
    const auto low23 = hn::BitCast(d2, hn::InterleaveLower(du, r2, r3));
    const auto high01 = hn::BitCast(d2, hn::InterleaveUpper(du, r0, r1));
    const auto high23 = hn::BitCast(d2, hn::InterleaveUpper(du, r2, r3));
    float* const to = panel + k * width;
    hn::StoreU(hn::BitCast(d4, hn::InterleaveLower(d2, low01, low23)), d4, to);
    hn::StoreU(hn::BitCast(d4, hn::InterleaveUpper(d2, low01, low23)), d4, to + width);
    hn::StoreU(hn::BitCast(d4, hn::InterleaveLower(d2, high01, high23)), d4, to + 2 * width);
    hn::StoreU(hn::BitCast(d4, hn::InterleaveUpper(d2, high01, high23)), d4, to + 3 * width);
  }
  return k;
#endif
}

// B as stored is [columns, depth].
HWY_INLINE void pack_transposed(const float* b, int64_t ldb, int64_t depth, int64_t columns, int64_t width,
                                float* panel) {
  int64_t j = 0;
  for (; j + 4 <= columns; j += 4) {
    const int64_t done = pack_four_columns(b + j * ldb, ldb, depth, width, panel + j);
    for (int64_t i = 0; i < 4; ++i) pack_column(b + (j + i) * ldb, done, depth, width, panel + j + i);
  }
  for (; j < columns; ++j) pack_column(b + j * ldb, 0, depth, width, panel + j);
  for (; j < width; ++j) {
    for (int64_t k = 0; k < depth; ++k) panel[k * width + j] = 0.0f;
  }
}

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_GEMM_PACK_INL_H
