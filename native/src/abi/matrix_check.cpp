#include "abi/matrix_check.h"

#include <cfloat>
#include <cinttypes>
#include <cmath>

namespace nopt {
namespace {

nopt_status check_element(const OpSite& site, const char* name, const nopt_matrix& m, int32_t dtype) {
  if (m.dtype != dtype) {
    return fail_at(site, NOPT_ERROR_DTYPE, "%s.dtype is %" PRId32 " (%s), and must be %" PRId32 " (%s)", name, m.dtype,
                   dtype_name(m.dtype), dtype, dtype_name(dtype));
  }
  if (m.layout != NOPT_LAYOUT_ROW_MAJOR) {
    return fail_at(site, NOPT_ERROR_ARGUMENT, "%s.layout is %" PRId32 ", and must be 0 (row-major)", name, m.layout);
  }
  if (reinterpret_cast<std::uintptr_t>(m.data) % static_cast<std::uintptr_t>(dtype_size(dtype)) != 0) {
    return fail_at(site, NOPT_ERROR_ALIGNMENT, "%s.data is at %p, and must be at a multiple of %" PRId64 " bytes", name,
                   m.data, dtype_size(dtype));
  }
  return NOPT_OK;
}

// rows * stride elements must be addressable, although the last row may end after `columns`.
nopt_status check_extent(const OpSite& site, const char* name, const nopt_matrix& m) {
  if (m.rows < 1)
    return fail_at(site, NOPT_ERROR_SHAPE, "%s.rows is %" PRId64 ", and must be at least 1", name, m.rows);
  if (m.columns < 1)
    return fail_at(site, NOPT_ERROR_SHAPE, "%s.columns is %" PRId64 ", and must be at least 1", name, m.columns);
  if (m.stride < m.columns) {
    return fail_at(site, NOPT_ERROR_SHAPE,
                   "%s.stride is %" PRId64 ", and must be at least %s.columns, which is %" PRId64, name, m.stride, name,
                   m.columns);
  }
  int64_t bytes = 0;
  intptr_t end = 0;
  if (__builtin_mul_overflow(m.rows, m.stride, &bytes) || __builtin_mul_overflow(bytes, dtype_size(m.dtype), &bytes) ||
      __builtin_add_overflow(reinterpret_cast<intptr_t>(m.data), bytes, &end)) {
    return fail_at(site, NOPT_ERROR_SHAPE,
                   "%s has %" PRId64 " rows with a stride of %" PRId64 ": more than can be addressed", name, m.rows,
                   m.stride);
  }
  return NOPT_OK;
}

}  // namespace

int64_t dtype_size(int32_t dtype) {
  switch (dtype) {
    case NOPT_DTYPE_F32:
      return 4;
    case NOPT_DTYPE_F64:
      return 8;
    case NOPT_DTYPE_BF16:
      return 2;
    case NOPT_DTYPE_I32:
      return 4;
    case NOPT_DTYPE_U8:
      return 1;
    default:
      return 0;
  }
}

const char* dtype_name(int32_t dtype) {
  switch (dtype) {
    case NOPT_DTYPE_F32:
      return "f32";
    case NOPT_DTYPE_F64:
      return "f64";
    case NOPT_DTYPE_BF16:
      return "bf16";
    case NOPT_DTYPE_I32:
      return "i32";
    case NOPT_DTYPE_U8:
      return "u8";
    default:
      return "unknown";
  }
}

nopt_status check_matrix(const OpSite& site, const char* name, const nopt_matrix& matrix, int32_t dtype) {
  if (is_absent(matrix)) return fail_at(site, NOPT_ERROR_ARGUMENT, "%s.data is null", name);
  NOPT_CHECK(check_element(site, name, matrix, dtype));
  return check_extent(site, name, matrix);
}

nopt_status check_optional_matrix(const OpSite& site, const char* name, const nopt_matrix& matrix, int32_t dtype) {
  return is_absent(matrix) ? NOPT_OK : check_matrix(site, name, matrix, dtype);
}

nopt_status check_shape(const OpSite& site, const char* name, const nopt_matrix& matrix, NamedSize rows,
                        NamedSize columns) {
  if (is_absent(matrix)) return NOPT_OK;
  if (matrix.rows != rows.value) {
    return fail_at(site, NOPT_ERROR_SHAPE, "%s.rows is %" PRId64 ", %s is %" PRId64, name, matrix.rows, rows.name,
                   rows.value);
  }
  if (matrix.columns != columns.value) {
    return fail_at(site, NOPT_ERROR_SHAPE, "%s.columns is %" PRId64 ", %s is %" PRId64, name, matrix.columns,
                   columns.name, columns.value);
  }
  return NOPT_OK;
}

nopt_status check_finite(const OpSite& site, const char* name, double value) {
  if (std::fabs(value) <= FLT_MAX) return NOPT_OK;
  return fail_at(site, NOPT_ERROR_ARGUMENT, "%s is %g, and must be finite as a 32-bit number", name, value);
}

nopt_status check_fraction(const OpSite& site, const char* name, double value) {
  if (value >= 0 && value <= 1) return NOPT_OK;
  return fail_at(site, NOPT_ERROR_ARGUMENT, "%s is %g, and must be 0 to 1", name, value);
}

nopt_status check_stream_range(const OpSite& site, uint64_t offset, uint64_t count) {
  if (offset <= UINT64_MAX - count) return NOPT_OK;
  return fail_at(site, NOPT_ERROR_ARGUMENT,
                 "offset is %" PRIu64 ", and must be at most %" PRIu64 " for %" PRIu64 " elements", offset,
                 UINT64_MAX - count, count);
}

nopt_status check_flags(const OpSite& site, uint32_t flags, uint32_t known) {
  if ((flags & ~known) == 0) return NOPT_OK;
  return fail_at(site, NOPT_ERROR_ARGUMENT, "flags is 0x%" PRIx32 ", and only bits of 0x%" PRIx32 " are known", flags,
                 known);
}

nopt_status check_reserved(const OpSite& site, int32_t reserved) {
  if (reserved == 0) return NOPT_OK;
  return fail_at(site, NOPT_ERROR_ARGUMENT, "reserved is %" PRId32 ", and must be 0", reserved);
}

nopt_status check_result_pointer(const OpSite& site, const char* name, const void* pointer) {
  if (reinterpret_cast<std::uintptr_t>(pointer) % 8 == 0) return NOPT_OK;
  return fail_at(site, NOPT_ERROR_ALIGNMENT, "%s is at %p, and must be at a multiple of 8 bytes", name, pointer);
}

}  // namespace nopt
