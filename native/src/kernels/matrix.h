// Rows of a caller's matrix as typed pointers. The ABI has checked type and sizes.
#ifndef NOPT_KERNELS_MATRIX_H
#define NOPT_KERNELS_MATRIX_H

#include <cstdint>

#include "nativeopt/nativeopt.h"

namespace nopt {

inline float* floats(const nopt_matrix& matrix) {
  return static_cast<float*>(matrix.data);
}

// Row `row`; null for an absent matrix.
inline float* float_row(const nopt_matrix& matrix, int64_t row) {
  return matrix.data == nullptr ? nullptr : floats(matrix) + row * matrix.stride;
}

// Bytes of the elements of a matrix; 0 for an absent one.
inline int64_t float_bytes(const nopt_matrix& matrix) {
  return matrix.data == nullptr ? 0 : matrix.rows * matrix.columns * static_cast<int64_t>(sizeof(float));
}

}  // namespace nopt

#endif  // NOPT_KERNELS_MATRIX_H
