#include "core/scratch.h"

#include <cstddef>
#include <new>

namespace nopt {
namespace {

constexpr std::align_val_t kAlignment{64};
constexpr int64_t kGranuleFloats = 4096;

class ScratchBuffers {
 public:
  ~ScratchBuffers() {
    for (Buffer& buffer : buffers_) ::operator delete(buffer.data, kAlignment);
  }

  float* get(int slot, int64_t count) {
    Buffer& buffer = buffers_[slot];
    if (count > buffer.capacity) grow(buffer, count);
    return buffer.data;
  }

 private:
  struct Buffer {
    float* data;
    int64_t capacity;
  };

  static void grow(Buffer& buffer, int64_t count) {
    if (count > INT64_MAX / 8) throw std::bad_alloc();
    const int64_t capacity = (count + kGranuleFloats - 1) / kGranuleFloats * kGranuleFloats;
    void* data = ::operator new(static_cast<std::size_t>(capacity) * sizeof(float), kAlignment);
    ::operator delete(buffer.data, kAlignment);
    buffer.data = static_cast<float*>(data);
    buffer.capacity = capacity;
  }

  Buffer buffers_[kScratchSlotCount] = {};
};

}  // namespace

float* scratch_floats(int slot, int64_t count) {
  thread_local ScratchBuffers buffers;
  return buffers.get(slot, count);
}

}  // namespace nopt
