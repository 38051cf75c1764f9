// C = op(A) op(B) + beta C, panel of B by panel. Included once per instruction set.
#if defined(NOPT_GEMM_PANELS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_GEMM_PANELS_INL_H
#undef NOPT_GEMM_PANELS_INL_H
#else
#define NOPT_GEMM_PANELS_INL_H
#endif

#include "gemm/own.h"
#include "gemm/pack-inl.h"
#include "gemm/product.h"
#include "gemm/strip-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

static_assert(kTileColumns <= kOwnPanelColumns, "a packed panel must fit into the workspace");

// Columns of a panel. So few rows that one tile of a narrower panel holds them read B once, and there is nothing to
// pack it for.
HWY_INLINE int64_t panel_columns(int64_t rows) {
#if HWY_TARGET == HWY_AVX3
  if (rows > tile_rows(4) && rows <= tile_rows(3)) return 3 * kLanes;
  if (rows > tile_rows(3) && rows <= tile_rows(2)) return 2 * kLanes;
#endif
  static_cast<void>(rows);
  return kTileColumns;
}

// The part of the product whose k lies in [begin, begin + strip.depth).
HWY_INLINE void multiply_depth(const GemmProduct& p, int64_t begin, const OwnPlan& plan, Tile& strip,
                               float* workspace) {
  const int64_t width = panel_columns(p.m);
  const Panel panel = p.transpose_b ? Panel::kPacked : plan.packed ? Panel::kToPack : Panel::kInPlace;
  const float* const a = strip.a;
  strip.packed = workspace;
  for (int64_t column = 0; column < p.n; column += width) {
    const int64_t columns = p.n - column < width ? p.n - column : width;
    strip.a = a;
    strip.c = p.c + column;
    if (p.transpose_b) {
      pack_transposed(p.b + column * p.ldb + begin, p.ldb, strip.depth, columns, workspace);
      strip.b = workspace;
      strip.b_step = padded(columns);
      strip.next = plan.streamed ? strip.b : nullptr;
    } else {
      strip.b = p.b + begin * p.ldb + column;
      strip.b_step = p.ldb;
      strip.next = plan.streamed ? strip.b + (column + width < p.n ? width : 0) : nullptr;
      strip.next_step = p.ldb;
    }
    multiply_panel(&strip, p.m, columns, panel);
  }
}

// A is read where it lies: a transposed A gives the elements of one step from one cache line.
void multiply_panels(const GemmProduct& p, const OwnPlan& plan, float* workspace) {
  for (int64_t begin = 0; begin < p.k; begin += plan.depth) {
    Tile strip = {};
    strip.a = p.transpose_a ? p.a + begin * p.lda : p.a + begin;
    strip.a_row = p.transpose_a ? 1 : p.lda;
    strip.a_step = p.transpose_a ? p.lda : 1;
    strip.depth = p.k - begin < plan.depth ? p.k - begin : plan.depth;
    strip.beta = begin == 0 ? p.beta : 1.0f;
    strip.ldc = p.ldc;
    multiply_depth(p, begin, plan, strip, workspace);
  }
}

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_GEMM_PANELS_INL_H
