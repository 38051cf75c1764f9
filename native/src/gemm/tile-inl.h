// The micro-kernel: a tile of C in registers. Included once per instruction set.
#if defined(NOPT_GEMM_TILE_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_GEMM_TILE_INL_H
#undef NOPT_GEMM_TILE_INL_H
#else
#define NOPT_GEMM_TILE_INL_H
#endif

#include "kernels/simd-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// 32 registers hold 6 x 4 vectors of C, 4 of B and one of A; 16 registers hold 6 x 2. A narrow tile is higher, because
// each multiplier needs several independent sums to be busy.
#if HWY_TARGET == HWY_AVX3
constexpr int kTileVectors = 4;
#else
constexpr int kTileVectors = 2;
#endif
constexpr int64_t kTileColumns = kTileVectors * kLanes;
constexpr int tile_rows(int vectors) {
  return vectors <= kTileVectors / 2 ? 12 : 6;
}

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
  int64_t last;  // lanes of the last vector that lie in C, 1 to kLanes
};

// c = sum + beta c
template <class Place>
HWY_INLINE void write_vector(const Place& place, float beta, V sum, float* c) {
  place.put(beta == 0.0f ? sum : sum + splat(beta) * place.get(c), c);
}

// kVectors vectors wide. MulAdd is one rounding where the instruction set has FMA and two elsewhere: products agree
// between instruction sets within rounding, not by bits.
template <int kRows, int kVectors>
void compute_tile(const Tile& tile) {
  V sum[kRows][kVectors];
  for (int r = 0; r < kRows; ++r) {
    for (int j = 0; j < kVectors; ++j) sum[r][j] = zero();
  }
  const float* a = tile.a;
  const float* b = tile.b;
  for (int64_t k = 0; k < tile.depth; ++k) {
    V row[kVectors];
    for (int j = 0; j < kVectors; ++j) row[j] = load(b + j * kLanes);
    for (int r = 0; r < kRows; ++r) {
      const V element = splat(a[r * tile.a_row]);
      for (int j = 0; j < kVectors; ++j) sum[r][j] = hn::MulAdd(element, row[j], sum[r][j]);
    }
    a += tile.a_step;
    b += tile.b_step;
  }
  for (int r = 0; r < kRows; ++r) {
    float* const c = tile.c + r * tile.ldc;
    for (int j = 0; j + 1 < kVectors; ++j) write_vector(WholeVector(), tile.beta, sum[r][j], c + j * kLanes);
    float* const end = c + (kVectors - 1) * kLanes;
    if (tile.last == kLanes) {
      write_vector(WholeVector(), tile.beta, sum[r][kVectors - 1], end);
    } else {
      write_vector(FirstLanes{tile.last}, tile.beta, sum[r][kVectors - 1], end);
    }
  }
}

// Finds the instantiation for `rows` in [1, kRows].
template <int kRows, int kVectors>
HWY_INLINE void compute_rows(const Tile& tile, int64_t rows) {
  if constexpr (kRows > 1) {
    if (rows < kRows) return compute_rows<kRows - 1, kVectors>(tile, rows);
  }
  compute_tile<kRows, kVectors>(tile);
}

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_GEMM_TILE_INL_H
