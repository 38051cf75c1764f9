// The ways in which a tile reads the rows of B. Included once per instruction set.
#if defined(NOPT_GEMM_READER_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_GEMM_READER_INL_H
#undef NOPT_GEMM_READER_INL_H
#else
#define NOPT_GEMM_READER_INL_H
#endif

#include "gemm/tile-inl.h"
#include "hwy/cache_control.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// Whole vectors.
struct WholeVectors {
  static constexpr bool kFetchesC = false;
  HWY_INLINE WholeVectors(const Tile&, int64_t) {}
  template <int kVectors>
  HWY_INLINE void read(const float* b, V* row) {
    NOPT_UNROLL
    for (int j = 0; j < kVectors; ++j) row[j] = load(b + j * kLanes);
  }
};

// The last vector not beyond the end of the row.
struct RaggedVectors {
  static constexpr bool kFetchesC = false;
  HWY_INLINE RaggedVectors(const Tile& tile, int64_t) : last(tile.last) {}
  template <int kVectors>
  HWY_INLINE void read(const float* b, V* row) {
    NOPT_UNROLL
    for (int j = 0; j + 1 < kVectors; ++j) row[j] = load(b + j * kLanes);
    row[kVectors - 1] = load_first(b + (kVectors - 1) * kLanes, last);
  }
  const int64_t last;
};

// With a copy for the tiles below, which then read from one place, whatever the stride of B. The multipliers leave time
// for it.
template <class Reader>
struct Packing {
  static constexpr bool kFetchesC = Reader::kFetchesC;
  HWY_INLINE Packing(const Tile& tile, int64_t index) : reader(tile, index), packed(tile.packed) {}
  template <int kVectors>
  HWY_INLINE void read(const float* b, V* row) {
    reader.template read<kVectors>(b, row);
    NOPT_UNROLL
    for (int j = 0; j < kVectors; ++j) store(row[j], packed + j * kLanes);
    packed += kVectors * kLanes;
  }
  Reader reader;
  float* packed;
};

// The next two are for matrices that come from beyond the second-level cache; on others they would only cost time.

// Rows of B as stored lie on pages of their own, where the processor does not look ahead by itself.
template <class Reader>
struct LookingAhead {
  static constexpr bool kFetchesC = true;
  HWY_INLINE LookingAhead(const Tile& tile, int64_t index) : reader(tile, index), ahead(kStepsAhead * tile.b_step) {}
  template <int kVectors>
  HWY_INLINE void read(const float* b, V* row) {
    NOPT_UNROLL
    for (int j = 0; j < kVectors; j += static_cast<int>(kLineVectors)) hwy::Prefetch(b + ahead + j * kLanes);
    reader.template read<kVectors>(b, row);
  }
  static constexpr int64_t kStepsAhead = 16;
  Reader reader;
  const int64_t ahead;
};

// Each tile brings one line of each row of the next panel into the cache: while four tiles are computed from this
// panel, the next one arrives.
struct FetchingNext {
  static constexpr bool kFetchesC = true;
  HWY_INLINE FetchingNext(const Tile& tile, int64_t index)
      : next(tile.next + (index & 3) * kLine), next_step(tile.next_step) {}
  template <int kVectors>
  HWY_INLINE void read(const float* b, V* row) {
    hwy::Prefetch(next);
    next += next_step;
    NOPT_UNROLL
    for (int j = 0; j < kVectors; ++j) row[j] = load(b + j * kLanes);
  }
  const float* next;
  const int64_t next_step;
};

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_GEMM_READER_INL_H
