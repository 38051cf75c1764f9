// Checks of matrices, numbers and flags in the arguments of an operation. Each names the argument, its value and the
// limit.
#ifndef NOPT_ABI_MATRIX_CHECK_H
#define NOPT_ABI_MATRIX_CHECK_H

#include <cstdint>

#include "abi/error.h"

namespace nopt {

inline bool is_absent(const nopt_matrix& matrix) {
  return matrix.data == nullptr;
}

// Bytes of an element; 0 for a value that is no nopt_dtype.
int64_t dtype_size(int32_t dtype);
const char* dtype_name(int32_t dtype);

// Present; element type, layout, alignment; positive rows and columns; stride >= columns; a size that fits the address
// space.
nopt_status check_matrix(const OpSite& site, const char* name, const nopt_matrix& matrix,
                         int32_t dtype = NOPT_DTYPE_F32);
nopt_status check_optional_matrix(const OpSite& site, const char* name, const nopt_matrix& matrix,
                                  int32_t dtype = NOPT_DTYPE_F32);

// The matrix, where present, is [rows, columns]; the names are those of the sizes it is compared with, such as
// "x.columns".
struct NamedSize {
  const char* name;
  int64_t value;
};
nopt_status check_shape(const OpSite& site, const char* name, const nopt_matrix& matrix, NamedSize rows,
                        NamedSize columns);

// Finite, also after rounding to 32 bits.
nopt_status check_finite(const OpSite& site, const char* name, double value);

// In [0, 1].
nopt_status check_fraction(const OpSite& site, const char* name, double value);

// A range of `count` elements of a random stream, counted in 64 bits.
nopt_status check_stream_range(const OpSite& site, uint64_t offset, uint64_t count);

nopt_status check_flags(const OpSite& site, uint32_t flags, uint32_t known);
nopt_status check_reserved(const OpSite& site, int32_t reserved);

// Aligned for a number of 8 bytes that an operation writes; null is.
nopt_status check_result_pointer(const OpSite& site, const char* name, const void* pointer);

}  // namespace nopt

#endif  // NOPT_ABI_MATRIX_CHECK_H
