#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "gemm/own.cpp"
#include "hwy/foreach_target.h"

#include "core/isa_table.h"
#include "core/scratch.h"
#include "gemm/own.h"
#include "gemm/pack-inl.h"
#include "gemm/tile-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// Steps of k between two visits of C: the panel of B then stays in the second-level cache. The edges are fixed, and
// partial sums are added in their order.
constexpr int64_t kDepth = 512;

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

// Columns [column, column + columns) of B from step `depth_begin` on: in place, or packed.
HWY_INLINE void take_panel(const GemmProduct& p, int64_t depth_begin, int64_t column, int64_t columns, Tile* strip) {
  const bool whole = columns % kLanes == 0;
  if (!p.transpose_b && whole && p.m < kOwnPackRows) {
    strip->b = p.b + depth_begin * p.ldb + column;
    strip->b_step = p.ldb;
    return;
  }
  const int64_t width = padded(columns);
  float* const packed = scratch_floats(kScratchGemmB, kDepth * kTileColumns);
  if (p.transpose_b) {
    pack_transposed(p.b + column * p.ldb + depth_begin, p.ldb, strip->depth, columns, width, packed);
  } else {
    pack_rows(p.b + depth_begin * p.ldb + column, p.ldb, strip->depth, columns, width, packed);
  }
  strip->b = packed;
  strip->b_step = width;
}

// Rows of A in place; a transposed A is packed to [depth, m] where its own stride would spread each step over distant
// lines.
HWY_INLINE void take_a(const GemmProduct& p, int64_t depth_begin, Tile* strip) {
  if (!p.transpose_a) {
    strip->a = p.a + depth_begin;
    strip->a_row = p.lda;
    strip->a_step = 1;
    return;
  }
  const float* const a = p.a + depth_begin * p.lda;
  strip->a_row = 1;
  if (p.n <= kTileColumns || p.m == p.lda) {
    strip->a = a;
    strip->a_step = p.lda;
    return;
  }
  const int64_t width = padded(p.m);
  float* const packed = scratch_floats(kScratchGemmA, kDepth * width);
  pack_rows(a, p.lda, strip->depth, p.m, width, packed);
  strip->a = packed;
  strip->a_step = width;
}

void multiply(const GemmProduct& p) {
  for (int64_t depth_begin = 0; depth_begin < p.k; depth_begin += kDepth) {
    Tile strip;
    strip.depth = p.k - depth_begin < kDepth ? p.k - depth_begin : kDepth;
    strip.beta = depth_begin == 0 ? p.beta : 1.0f;
    strip.ldc = p.ldc;
    take_a(p, depth_begin, &strip);
    for (int64_t column = 0; column < p.n; column += kTileColumns) {
      const int64_t columns = p.n - column < kTileColumns ? p.n - column : kTileColumns;
      take_panel(p, depth_begin, column, columns, &strip);
      strip.c = p.c + column;
      multiply_panel(strip, p.m, columns);
    }
  }
}

NOPT_KERNEL_NAMESPACE_END

#if HWY_ONCE
namespace nopt {
namespace {
constexpr IsaTable<void(const GemmProduct&)> kMultiply = NOPT_ISA_TABLE(multiply);
}

void own_gemm(Isa isa, const GemmProduct& product) {
  kMultiply[isa](product);
}

}  // namespace nopt
#endif
