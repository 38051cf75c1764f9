// Which buffers of an operation share memory. An output may share memory with no other buffer.
#ifndef NOPT_ABI_OVERLAP_CHECK_H
#define NOPT_ABI_OVERLAP_CHECK_H

#include <cstdint>

#include "abi/error.h"

namespace nopt {

enum class Use { kInput, kOutput };

// The buffers of one operation, gathered and then compared in pairs.
class BufferList {
 public:
  static constexpr int kCapacity = 64;

  // Absent matrices and null pointers are left out.
  void add(const char* name, const nopt_matrix& matrix, Use use);
  void add(const char* name, const void* data, int64_t bytes, Use use);
  // Element `index` of a list of arrays: "slots[1]".
  void add_element(const char* name, int64_t index, const void* data, int64_t bytes, Use use);

  nopt_status check(const OpSite& site) const;

 private:
  struct Buffer {
    const char* name;
    int64_t index;  // -1: no element of a list
    const char* data;
    int64_t row_bytes;
    int64_t stride_bytes;
    int64_t rows;
    Use use;

    // Bytes from the first to behind the last.
    int64_t extent() const { return (rows - 1) * stride_bytes + row_bytes; }
  };

  static bool overlap(const Buffer& a, const Buffer& b);
  void push(const Buffer& buffer);

  Buffer buffers_[kCapacity];
  int count_ = 0;
};

// The same elements in the same places: what in-place use means.
bool same_matrix(const nopt_matrix& a, const nopt_matrix& b);

}  // namespace nopt

#endif  // NOPT_ABI_OVERLAP_CHECK_H
