// Arrays for tests: with guard values around them, misaligned on demand, filled with repeatable numbers.
#ifndef NOPT_TESTS_TEST_DATA_H
#define NOPT_TESTS_TEST_DATA_H

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <vector>

#include "core/philox.h"
#include "nativeopt/nativeopt.h"

namespace nopt {

inline uint32_t bits_of(float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof(bits));
  return bits;
}

inline float float_of(uint32_t bits) {
  float value;
  std::memcpy(&value, &bits, sizeof(value));
  return value;
}

// Uniform in [low, high), a function of (stream, i).
inline float uniform(uint64_t stream, int64_t i, float low = -1.0f, float high = 1.0f) {
  const uint32_t word = philox_block(7, stream, static_cast<uint64_t>(i)).word[0];
  return low + (high - low) * (static_cast<float>(word >> 8) * 0x1p-24f);
}

// `count` floats between guards; begin() is one float past a 64-byte boundary if `misaligned`, else on it.
class GuardedArray {
 public:
  explicit GuardedArray(int64_t count, bool misaligned = false)
      : count_(count), memory_(static_cast<size_t>(count + 4 * kGuard), kGuardValue) {
    const auto address = reinterpret_cast<uintptr_t>(memory_.data() + kGuard);
    first_ = kGuard + static_cast<int64_t>((64 - address % 64) % 64 / sizeof(float)) + (misaligned ? 1 : 0);
  }
  float* data() { return memory_.data() + first_; }
  const float* data() const { return memory_.data() + first_; }
  float& operator[](int64_t i) { return data()[i]; }
  float operator[](int64_t i) const { return data()[i]; }
  int64_t size() const { return count_; }

  GuardedArray& fill(uint64_t stream, float low = -1.0f, float high = 1.0f) {
    for (int64_t i = 0; i < count_; ++i) data()[i] = uniform(stream, i, low, high);
    return *this;
  }

  bool guards_are_intact() const {
    for (int64_t i = 0; i < static_cast<int64_t>(memory_.size()); ++i) {
      const bool outside = i < first_ || i >= first_ + count_;
      if (outside && bits_of(memory_[static_cast<size_t>(i)]) != bits_of(kGuardValue)) return false;
    }
    return true;
  }

 private:
  static constexpr int64_t kGuard = 32;
  static constexpr float kGuardValue = -12345.678f;
  int64_t count_;
  int64_t first_;
  std::vector<float> memory_;
};

inline void expect_same_bits(const GuardedArray& actual, const GuardedArray& expected, const char* what) {
  ASSERT_EQ(actual.size(), expected.size());
  for (int64_t i = 0; i < actual.size(); ++i) {
    ASSERT_EQ(bits_of(actual[i]), bits_of(expected[i]))
        << what << "[" << i << "] is " << actual[i] << ", expected " << expected[i];
  }
}

inline nopt_matrix matrix_of(void* data, int64_t rows, int64_t columns, int64_t stride = 0,
                             int32_t dtype = NOPT_DTYPE_F32) {
  return {data, rows, columns, stride == 0 ? columns : stride, dtype, NOPT_LAYOUT_ROW_MAJOR};
}

inline nopt_matrix matrix_of(GuardedArray& array, int64_t rows, int64_t columns, int64_t stride = 0) {
  return matrix_of(array.data(), rows, columns, stride);
}

}  // namespace nopt

#endif  // NOPT_TESTS_TEST_DATA_H
