// All rows of C against one panel of B: tiles of even heights below each other. Included once per instruction set.
#if defined(NOPT_GEMM_STRIP_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_GEMM_STRIP_INL_H
#undef NOPT_GEMM_STRIP_INL_H
#else
#define NOPT_GEMM_STRIP_INL_H
#endif

#include "gemm/reader-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

HWY_INLINE int64_t padded(int64_t columns) {
  return (columns + kLanes - 1) / kLanes * kLanes;
}

// Even heights: 32 rows are 6 6 5 5 5 5, not 6 6 6 6 6 2, which would leave the multipliers idle.
struct Heights {
  HWY_INLINE Heights(int64_t rows, int64_t most) {
    const int64_t tiles = (rows + most - 1) / most;
    low = rows / tiles;
    high_tiles = rows - low * tiles;
    low_tiles = tiles - high_tiles;
  }
  HWY_INLINE int64_t first() const { return high_tiles > 0 ? low + 1 : low; }
  HWY_INLINE void remove_first() { (high_tiles > 0 ? high_tiles : low_tiles) -= 1; }

  int64_t low;  // rows of the lower tiles; the higher ones, which come first, have one more
  int64_t low_tiles;
  int64_t high_tiles;
};

// Where B is read: a panel that is packed already, or a part of B as stored, to be read in place or to be packed.
enum class Panel { kPacked, kInPlace, kToPack };

// `count` tiles below each other; moves *strip below them.
template <int kVectors, class Reader>
HWY_INLINE void compute_below(Tile* strip, int64_t height, int64_t count) {
  if (count == 0) return;
  const TileStep step = {height * strip->a_row, 0, height * strip->ldc};
  compute_height<tile_rows(kVectors), kVectors, Reader>(*strip, step, height, count);
  strip->a += count * step.a;
  strip->c += count * step.c;
}

template <int kVectors, class Reader>
HWY_INLINE void compute_all(Tile* strip, const Heights& heights) {
  compute_below<kVectors, Reader>(strip, heights.low + 1, heights.high_tiles);
  compute_below<kVectors, Reader>(strip, heights.low, heights.low_tiles);
}

// Where the rows of B are read from memory: in place, or by the first tile, which packs them for the others.
template <int kVectors, class Reader>
HWY_INLINE void compute_from_memory(Tile* strip, Heights* heights, Panel panel) {
  if (panel == Panel::kInPlace) {
    compute_below<kVectors, Reader>(strip, heights->low + 1, heights->high_tiles);
    compute_below<kVectors, Reader>(strip, heights->low, heights->low_tiles);
    heights->high_tiles = heights->low_tiles = 0;
    return;
  }
  compute_below<kVectors, Packing<Reader>>(strip, heights->first(), 1);
  heights->remove_first();
  strip->b = strip->packed;
  strip->b_step = kVectors * kLanes;
}

template <int kVectors, class Reader>
HWY_INLINE void compute_packed(Tile* strip, const Heights& heights) {
  compute_below<kVectors, Reader>(strip, heights.low + 1, heights.high_tiles);
  compute_below<kVectors, Reader>(strip, heights.low, heights.low_tiles);
}

template <int kVectors>
void multiply_strip(Tile* strip, int64_t rows, Panel panel) {
  Heights heights(rows, tile_rows(kVectors));
  const bool whole = strip->last == kLanes, streamed = strip->next != nullptr;
  if (panel != Panel::kPacked) {
    if (whole && streamed) {
      compute_from_memory<kVectors, LookingAhead<WholeVectors>>(strip, &heights, panel);
    } else if (whole) {
      compute_from_memory<kVectors, WholeVectors>(strip, &heights, panel);
    } else {
      compute_from_memory<kVectors, RaggedVectors>(strip, &heights, panel);
    }
  }
  if (streamed) return compute_packed<kVectors, FetchingNext>(strip, heights);
  compute_packed<kVectors, WholeVectors>(strip, heights);
}

// A panel of `columns` columns, at most kTileColumns. A packed one is padded(columns) wide; one to be packed is packed
// afterwards, and *strip then reads it there. *strip ends below the last row. (No copies of it: a vector that is loaded
// from fields just stored has to wait for them.)
inline void multiply_panel(Tile* strip, int64_t rows, int64_t columns, Panel panel) {
  const int64_t vectors = padded(columns) / kLanes;
  strip->last = columns - (vectors - 1) * kLanes;
  if (vectors == 1) return multiply_strip<1>(strip, rows, panel);
  if (vectors == 2) return multiply_strip<2>(strip, rows, panel);
#if HWY_TARGET == HWY_AVX3
  if (vectors == 3) return multiply_strip<3>(strip, rows, panel);
  return multiply_strip<4>(strip, rows, panel);
#endif
}

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_GEMM_STRIP_INL_H
