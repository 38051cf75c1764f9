// A matrix cut into short runs of elements, for operations that look at each element by itself.
#ifndef NOPT_KERNELS_MATRIX_PIECES_H
#define NOPT_KERNELS_MATRIX_PIECES_H

#include <cstdint>

#include "kernels/matrix.h"

namespace nopt {

// Elements [column, column + count) of a row. The pieces of matrices of one shape correspond if they are cut alike.
struct MatrixPiece {
  int64_t row;
  int64_t column;
  int64_t count;

  float* of(const nopt_matrix& matrix) const {
    return matrix.data == nullptr ? nullptr : float_row(matrix, row) + column;
  }
};

// Rows that lie side by side in all matrices are one long row: a parameter is cut as an array.
class MatrixPieces {
 public:
  MatrixPieces(const nopt_matrix& shape, bool has_gaps, int64_t piece_size)
      : columns_(has_gaps ? shape.columns : shape.rows * shape.columns),
        size_(piece_size),
        per_row_((columns_ + piece_size - 1) / piece_size),
        count_((has_gaps ? shape.rows : 1) * per_row_) {}

  int64_t count() const { return count_; }

  MatrixPiece operator[](int64_t index) const {
    const int64_t column = index % per_row_ * size_;
    return {index / per_row_, column, columns_ - column < size_ ? columns_ - column : size_};
  }

 private:
  int64_t columns_;
  int64_t size_;
  int64_t per_row_;
  int64_t count_;
};

inline bool has_row_gaps(const nopt_matrix& matrix) {
  return matrix.data != nullptr && matrix.rows > 1 && matrix.stride != matrix.columns;
}

}  // namespace nopt

#endif  // NOPT_KERNELS_MATRIX_PIECES_H
