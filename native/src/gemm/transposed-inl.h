// C^T = op(B)^T op(A)^T, panel of op(A)^T by panel, and each piece of it transposed into C. Included once per
// instruction set.
//
// Rows of B as stored are then read where they lie, and of A, which is small, the transpose is packed: that is how
// dx = dy w^T of a small batch gets along without packing w. And where C is narrow, its rows fill vectors.
#if defined(NOPT_GEMM_TRANSPOSED_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_GEMM_TRANSPOSED_INL_H
#undef NOPT_GEMM_TRANSPOSED_INL_H
#else
#define NOPT_GEMM_TRANSPOSED_INL_H
#endif

#include "gemm/own.h"
#include "gemm/pack-inl.h"
#include "gemm/product.h"
#include "gemm/strip-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// c = piece^T + beta c with a piece [rows, kOwnPanelColumns] of C^T.
HWY_INLINE void write_transposed(const float* piece, int64_t rows, int64_t columns, float beta, float* c, int64_t ldc) {
  transpose_matrix(piece, kOwnPanelColumns, rows, columns, [=](V sum, int64_t row, int64_t column, int64_t lanes) {
    float* const to = c + row * ldc + column;
    if (lanes == kLanes) return write_vector(WholeVector(), beta, sum, to);
    write_vector(FirstLanes{lanes}, beta, sum, to);
  });
}

// Rows [row, row + rows) of C against all rows of op(B)^T, for the k that strip covers.
HWY_INLINE void multiply_transposed_panel(const GemmProduct& p, Tile& strip, int64_t row, int64_t rows, float beta,
                                          float* piece) {
  strip.ldc = kOwnPanelColumns;
  const float* const a = strip.a;
  Panel panel = !p.transpose_a ? Panel::kPacked : p.n > 12 ? Panel::kToPack : Panel::kInPlace;
  for (int64_t column = 0; column < p.n; column += kOwnPieceRows) {
    const int64_t columns = p.n - column < kOwnPieceRows ? p.n - column : kOwnPieceRows;
    strip.a = a + column * strip.a_row;
    strip.c = piece;
    multiply_panel(&strip, columns, rows, panel);
    if (panel == Panel::kToPack) panel = Panel::kPacked;
    write_transposed(piece, columns, rows, beta, p.c + row * p.ldc + column, p.ldc);
  }
}

void multiply_transposed(const GemmProduct& p, int64_t depth, float* workspace) {
  float* const packed = workspace + kOwnPieceRows * kOwnPanelColumns;
  for (int64_t begin = 0; begin < p.k; begin += depth) {
    Tile strip = {};
    const float* const a = p.transpose_b ? p.b + begin : p.b + begin * p.ldb;
    strip.a_row = p.transpose_b ? p.ldb : 1;
    strip.a_step = p.transpose_b ? 1 : p.ldb;
    strip.depth = p.k - begin < depth ? p.k - begin : depth;
    strip.packed = packed;
    for (int64_t row = 0; row < p.m; row += kTileColumns) {
      const int64_t rows = p.m - row < kTileColumns ? p.m - row : kTileColumns;
      if (p.transpose_a) {
        strip.b = p.a + begin * p.lda + row;
        strip.b_step = p.lda;
      } else {
        pack_transposed(p.a + row * p.lda + begin, p.lda, strip.depth, rows, packed);
        strip.b = packed;
        strip.b_step = padded(rows);
      }
      strip.a = a;
      multiply_transposed_panel(p, strip, row, rows, begin == 0 ? p.beta : 1.0f, workspace);
    }
  }
}

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_GEMM_TRANSPOSED_INL_H
