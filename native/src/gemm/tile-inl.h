// The micro-kernel: a tile of C in registers. Included once per instruction set.
#if defined(NOPT_GEMM_TILE_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_GEMM_TILE_INL_H
#undef NOPT_GEMM_TILE_INL_H
#else
#define NOPT_GEMM_TILE_INL_H
#endif

#include "hwy/cache_control.h"
#include "kernels/simd-inl.h"

// Loops over the vectors of a tile must be unrolled, or the tile does not stay in registers.
#ifndef NOPT_UNROLL
#if HWY_COMPILER_CLANG
#define NOPT_UNROLL _Pragma("clang loop unroll(full)")
#else
#define NOPT_UNROLL _Pragma("GCC unroll 12")
#endif
#endif

NOPT_KERNEL_NAMESPACE_BEGIN

// 32 registers hold 6 x 4 vectors of C, 4 of B and one of A; 16 registers hold 6 x 2. A narrow tile is higher, because
// each multiplier needs several independent sums to be busy.
#if HWY_TARGET == HWY_AVX3
constexpr int kTileVectors = 4;
constexpr int tile_rows(int vectors) {
  return vectors == 4 ? 6 : vectors == 3 ? 8 : 12;
}
#else
constexpr int kTileVectors = 2;
constexpr int tile_rows(int vectors) {
  return vectors == 2 ? 6 : 12;
}
#endif
constexpr int64_t kTileColumns = kTileVectors * kLanes;

// What one tile reads and writes. Element (r, k) of A is a[r * a_row + k * a_step], row k of B begins at b + k *
// b_step.
struct Tile {
  const float* a;
  int64_t a_row;
  int64_t a_step;
  const float* b;
  int64_t b_step;
  int64_t depth;
  float beta;
  float* c;
  int64_t ldc;
  int64_t last;       // lanes of the last vector that lie in C, 1 to kLanes
  float* packed;      // where readers that pack put the rows of B: [depth, vectors * kLanes]
  const float* next;  // for FetchingNext: the rows of the panel after this one
  int64_t next_step;
};

// From one tile to the next.
struct TileStep {
  int64_t a;
  int64_t b;
  int64_t c;
};

// c = sum + beta c
template <class Place>
HWY_INLINE void write_vector(const Place& place, float beta, V sum, float* c) {
  place.put(beta == 0.0f ? sum : sum + splat(beta) * place.get(c), c);
}

// The rows of a tile to C; `last` is the place of the last vector of each.
template <int kRows, int kVectors, class Last>
HWY_INLINE void write_rows(const V (&sum)[kRows][kVectors], float beta, float* c, int64_t ldc, const Last& last) {
  NOPT_UNROLL
  for (int r = 0; r < kRows; ++r) {
    NOPT_UNROLL
    for (int j = 0; j + 1 < kVectors; ++j) write_vector(WholeVector(), beta, sum[r][j], c + j * kLanes);
    write_vector(last, beta, sum[r][kVectors - 1], c + (kVectors - 1) * kLanes);
    c += ldc;
  }
}

template <int kRows, int kVectors>
HWY_INLINE void write_tile(const V (&sum)[kRows][kVectors], const Tile& tile, float* c) {
  if (tile.last == kLanes && tile.beta == 0.0f) return write_rows(sum, 0.0f, c, tile.ldc, WholeVector());
  if (tile.last == kLanes) return write_rows(sum, tile.beta, c, tile.ldc, WholeVector());
  if (tile.beta == 0.0f) return write_rows(sum, 0.0f, c, tile.ldc, FirstLanes{tile.last});
  write_rows(sum, tile.beta, c, tile.ldc, FirstLanes{tile.last});
}

// The tile of C on its way while the sums are computed.
template <int kRows, int kVectors>
HWY_INLINE void fetch_rows(const float* c, int64_t ldc) {
  NOPT_UNROLL
  for (int r = 0; r < kRows; ++r) {
    NOPT_UNROLL
    for (int j = 0; j < kVectors; j += static_cast<int>(kLineVectors)) hwy::Prefetch(c + j * kLanes);
    c += ldc;
  }
}

// `count` tiles, `step` apart. MulAdd is one rounding where the instruction set has FMA and two elsewhere: products
// agree between instruction sets within rounding, not by bits.
template <int kRows, int kVectors, class Reader>
void compute_tiles(const Tile& tile, const TileStep& step, int64_t count) {
  const int64_t a_row = tile.a_row, a_step = tile.a_step, b_step = tile.b_step;
  for (int64_t t = 0; t < count; ++t) {
    V sum[kRows][kVectors];
    NOPT_UNROLL
    for (int r = 0; r < kRows; ++r) {
      NOPT_UNROLL
      for (int j = 0; j < kVectors; ++j) sum[r][j] = zero();
    }
    const float* a = tile.a + t * step.a;
    const float* b = tile.b + t * step.b;
    Reader reader(tile, t);
    float* const c = tile.c + t * step.c;
    if constexpr (Reader::kFetchesC) fetch_rows<kRows, kVectors>(c, tile.ldc);
    for (int64_t k = tile.depth; k > 0; --k) {
      V row[kVectors];
      reader.template read<kVectors>(b, row);
      NOPT_UNROLL
      for (int r = 0; r < kRows; ++r) {
        const V element = splat(a[r * a_row]);
        NOPT_UNROLL
        for (int j = 0; j < kVectors; ++j) sum[r][j] = hn::MulAdd(element, row[j], sum[r][j]);
      }
      a += a_step;
      b += b_step;
    }
    write_tile(sum, tile, c);
  }
}

// Finds the instantiation for tiles of `height` rows, in [1, kRows].
template <int kRows, int kVectors, class Reader>
HWY_INLINE void compute_height(const Tile& tile, const TileStep& step, int64_t height, int64_t count) {
  if constexpr (kRows > 1) {
    if (height < kRows) return compute_height<kRows - 1, kVectors, Reader>(tile, step, height, count);
  }
  compute_tiles<kRows, kVectors, Reader>(tile, step, count);
}

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_GEMM_TILE_INL_H
