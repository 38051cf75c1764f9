#include "abi/overlap_check.h"

#include <cinttypes>
#include <cstdio>
#include <stdexcept>

#include "abi/matrix_check.h"

namespace nopt {

void BufferList::push(const Buffer& buffer) {
  if (buffer.data == nullptr || buffer.row_bytes == 0) return;
  if (count_ == kCapacity) throw std::length_error("too many buffers in one operation");
  buffers_[count_++] = buffer;
}

void BufferList::add(const char* name, const nopt_matrix& matrix, Use use) {
  const int64_t size = dtype_size(matrix.dtype);
  push(
      {name, -1, static_cast<const char*>(matrix.data), matrix.columns * size, matrix.stride * size, matrix.rows, use});
}

void BufferList::add(const char* name, const void* data, int64_t bytes, Use use) {
  add_element(name, -1, data, bytes, use);
}

void BufferList::add_element(const char* name, int64_t index, const void* data, int64_t bytes, Use use) {
  push({name, index, static_cast<const char*>(data), bytes, bytes, 1, use});
}

// Matrices with the same stride may interleave, as two ranges of columns of one larger matrix do: they are disjoint if
// the rows of one fit between the rows of the other.
bool BufferList::overlap(const Buffer& a, const Buffer& b) {
  if (a.data + a.extent() <= b.data || b.data + b.extent() <= a.data) return false;
  const std::uintptr_t begin_a = reinterpret_cast<std::uintptr_t>(a.data);
  const std::uintptr_t begin_b = reinterpret_cast<std::uintptr_t>(b.data);
  if (begin_b < begin_a) return overlap(b, a);
  const std::uintptr_t distance = begin_b - begin_a;
  if (a.rows == 1 || a.stride_bytes != b.stride_bytes) return true;
  const int64_t column = static_cast<int64_t>(distance % static_cast<std::uintptr_t>(a.stride_bytes));
  return column < a.row_bytes || column + b.row_bytes > a.stride_bytes;
}

nopt_status BufferList::check(const OpSite& site) const {
  for (int i = 0; i < count_; ++i) {
    for (int j = 0; j < i; ++j) {
      const Buffer& a = buffers_[i];
      const Buffer& b = buffers_[j];
      if ((a.use == Use::kInput && b.use == Use::kInput) || !overlap(a, b)) continue;
      char index_a[32] = "";
      char index_b[32] = "";
      if (a.index >= 0) std::snprintf(index_a, sizeof(index_a), "[%" PRId64 "]", a.index);
      if (b.index >= 0) std::snprintf(index_b, sizeof(index_b), "[%" PRId64 "]", b.index);
      return fail_at(site, NOPT_ERROR_OVERLAP, "%s%s, at %p, shares memory with %s%s, at %p", a.name, index_a,
                     static_cast<const void*>(a.data), b.name, index_b, static_cast<const void*>(b.data));
    }
  }
  return NOPT_OK;
}

bool same_matrix(const nopt_matrix& a, const nopt_matrix& b) {
  return a.data == b.data && a.rows == b.rows && a.columns == b.columns && a.stride == b.stride && a.dtype == b.dtype;
}

}  // namespace nopt
