// Copies of panels of op(B) in the order in which the micro-kernel reads them: [depth, padded(columns)]. Included once
// per instruction set.
#if defined(NOPT_GEMM_PACK_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_GEMM_PACK_INL_H
#undef NOPT_GEMM_PACK_INL_H
#else
#define NOPT_GEMM_PACK_INL_H
#endif

#include "gemm/strip-inl.h"
#include "gemm/transpose-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// B as stored is [depth, columns].
HWY_INLINE void pack_rows(const float* b, int64_t ldb, int64_t depth, int64_t columns, float* panel) {
  const int64_t whole = columns / kLanes * kLanes;
  for (int64_t k = 0; k < depth; ++k) {
    for (int64_t j = 0; j < whole; j += kLanes) store(load(b + j), panel + j);
    if (whole < columns) store(load_first(b + whole, columns - whole), panel + whole);
    b += ldb;
    panel += padded(columns);
  }
}

// B as stored is [columns, depth].
HWY_INLINE void pack_transposed(const float* b, int64_t ldb, int64_t depth, int64_t columns, float* panel) {
  const int64_t width = padded(columns);
  transpose_matrix(b, ldb, columns, depth,
                   [=](V lanes, int64_t k, int64_t column, int64_t) { store(lanes, panel + k * width + column); });
}

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_GEMM_PACK_INL_H
