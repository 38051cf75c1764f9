#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "gemm/own.cpp"
#include "hwy/foreach_target.h"

#include "core/isa_table.h"
#include "gemm/own.h"
#include "gemm/pack-inl.h"
#include "gemm/tile-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

HWY_INLINE int64_t padded(int64_t columns) {
  return (columns + kLanes - 1) / kLanes * kLanes;
}

// All rows of C against one panel of B that is kVectors wide.
template <int kVectors>
void multiply_strip(const Tile& strip, int64_t rows) {
  // Even heights: 32 rows are 6 6 5 5 5 5, not 6 6 6 6 6 2, which would leave the multipliers idle.
  constexpr int kRows = tile_rows(kVectors);
  const int64_t tiles = (rows + kRows - 1) / kRows;
  for (int64_t t = 0; t < tiles; ++t) {
    const int64_t row = rows * t / tiles;
    const int64_t height = rows * (t + 1) / tiles - row;
    Tile tile = strip;
    tile.a += row * strip.a_row;
    tile.c += row * strip.ldc;
    compute_rows<kRows, kVectors>(tile, height);
  }
}

void multiply_panel(Tile& strip, int64_t rows, int64_t columns) {
  const int64_t vectors = padded(columns) / kLanes;
  strip.last = columns - (vectors - 1) * kLanes;
  if (vectors == 1) return multiply_strip<1>(strip, rows);
  if (vectors == 2) return multiply_strip<2>(strip, rows);
#if HWY_TARGET == HWY_AVX3
  if (vectors == 3) return multiply_strip<3>(strip, rows);
  return multiply_strip<4>(strip, rows);
#endif
}

// Columns [column, column + columns) of B from step `depth_begin` on: in place, or packed into the workspace.
HWY_INLINE void take_panel(const GemmProduct& p, int64_t depth_begin, int64_t column, int64_t columns, float* packed,
                           Tile* strip) {
  const bool whole = columns % kLanes == 0;
  if (!p.transpose_b && whole && p.m < kOwnPackRows) {
    strip->b = p.b + depth_begin * p.ldb + column;
    strip->b_step = p.ldb;
    return;
  }
  const int64_t width = padded(columns);
  if (p.transpose_b) {
    pack_transposed(p.b + column * p.ldb + depth_begin, p.ldb, strip->depth, columns, width, packed);
  } else {
    pack_rows(p.b + depth_begin * p.ldb + column, p.ldb, strip->depth, columns, width, packed);
  }
  strip->b = packed;
  strip->b_step = width;
}

// A is read where it lies: a transposed A gives the six elements of one step from one cache line.
void multiply(const GemmProduct& p, float* workspace) {
  for (int64_t depth_begin = 0; depth_begin < p.k; depth_begin += kOwnDepth) {
    Tile strip;
    strip.a = p.transpose_a ? p.a + depth_begin * p.lda : p.a + depth_begin;
    strip.a_row = p.transpose_a ? 1 : p.lda;
    strip.a_step = p.transpose_a ? p.lda : 1;
    strip.depth = p.k - depth_begin < kOwnDepth ? p.k - depth_begin : kOwnDepth;
    strip.beta = depth_begin == 0 ? p.beta : 1.0f;
    strip.ldc = p.ldc;
    for (int64_t column = 0; column < p.n; column += kTileColumns) {
      const int64_t columns = p.n - column < kTileColumns ? p.n - column : kTileColumns;
      take_panel(p, depth_begin, column, columns, workspace, &strip);
      strip.c = p.c + column;
      multiply_panel(strip, p.m, columns);
    }
  }
}

static_assert(kTileColumns <= kOwnPanelColumns, "a packed panel must fit into the workspace");

NOPT_KERNEL_NAMESPACE_END

#if HWY_ONCE
namespace nopt {
namespace {
constexpr IsaTable<void(const GemmProduct&, float*)> kMultiply = NOPT_ISA_TABLE(multiply);
}

int64_t own_gemm_workspace(int64_t k) {
  return (k < kOwnDepth ? k : kOwnDepth) * kOwnPanelColumns;
}

void own_gemm(Isa isa, const GemmProduct& product, float* workspace) {
  kMultiply[isa](product, workspace);
}

}  // namespace nopt
#endif
