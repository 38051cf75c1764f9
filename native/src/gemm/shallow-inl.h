// Products whose sums are short, such as x^T dy of a small batch: limited by how fast C can be written, so it is
// written row of tiles by row of tiles, from one end to the other. Included once per instruction set.
#if defined(NOPT_GEMM_SHALLOW_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_GEMM_SHALLOW_INL_H
#undef NOPT_GEMM_SHALLOW_INL_H
#else
#define NOPT_GEMM_SHALLOW_INL_H
#endif

#include "gemm/own.h"
#include "gemm/pack-inl.h"
#include "gemm/product.h"
#include "gemm/strip-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// All panels of op(B), one after the other.
HWY_INLINE void pack_all(const GemmProduct& p, float* packed) {
  for (int64_t column = 0; column < p.n; column += kTileColumns) {
    const int64_t columns = p.n - column < kTileColumns ? p.n - column : kTileColumns;
    if (p.transpose_b) {
      pack_transposed(p.b + column * p.ldb, p.ldb, p.k, columns, packed + column * p.k);
    } else {
      pack_rows(p.b + column, p.ldb, p.k, columns, packed + column * p.k);
    }
  }
}

// One tile of a packed panel.
HWY_INLINE void compute_tile(const Tile& tile, int64_t height, int64_t vectors) {
  const TileStep none = {0, 0, 0};
  if (vectors == 1) return compute_height<tile_rows(1), 1, WholeVectors>(tile, none, height, 1);
  if (vectors == 2) return compute_height<tile_rows(2), 2, WholeVectors>(tile, none, height, 1);
#if HWY_TARGET == HWY_AVX3
  if (vectors == 3) return compute_height<tile_rows(3), 3, WholeVectors>(tile, none, height, 1);
  return compute_height<tile_rows(4), 4, WholeVectors>(tile, none, height, 1);
#endif
}

// Rows of C that are one tile high.
HWY_INLINE void multiply_row_of_tiles(Tile& tile, int64_t height, int64_t columns, float* packed) {
  const TileStep step = {0, kTileColumns * tile.depth, kTileColumns};
  const int64_t tiles = columns / kTileColumns;
  tile.b = packed;
  if (tiles > 0) {
    tile.last = kLanes;
    tile.b_step = kTileColumns;
    compute_height<tile_rows(kTileVectors), kTileVectors, WholeVectors>(tile, step, height, tiles);
  }
  const int64_t rest = columns - tiles * kTileColumns;
  if (rest == 0) return;
  tile.b += tiles * step.b;
  tile.c += tiles * step.c;
  tile.b_step = padded(rest);
  tile.last = rest - (padded(rest) - kLanes);
  compute_tile(tile, height, padded(rest) / kLanes);
}

void multiply_shallow(const GemmProduct& p, float* workspace) {
  pack_all(p, workspace);
  Tile tile = {};
  tile.a_row = p.transpose_a ? 1 : p.lda;
  tile.a_step = p.transpose_a ? p.lda : 1;
  tile.depth = p.k;
  tile.beta = p.beta;
  tile.ldc = p.ldc;
  const int64_t vectors = p.n < kTileColumns ? padded(p.n) / kLanes : kTileVectors;
  const Heights heights(p.m, tile_rows(static_cast<int>(vectors)));
  int64_t row = 0;
  for (int64_t t = 0; t < heights.high_tiles + heights.low_tiles; ++t) {
    const int64_t height = t < heights.high_tiles ? heights.low + 1 : heights.low;
    tile.a = p.a + row * tile.a_row;
    tile.c = p.c + row * p.ldc;
    multiply_row_of_tiles(tile, height, p.n, workspace);
    row += height;
  }
}

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_GEMM_SHALLOW_INL_H
