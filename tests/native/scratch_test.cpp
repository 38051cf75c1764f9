#include "core/scratch.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <new>
#include <thread>

namespace nopt {
namespace {

TEST(Scratch, Buffers_AreAlignedAndDistinct) {
  float* previous = nullptr;
  for (int slot = 0; slot < kScratchSlotCount; ++slot) {
    float* data = scratch_floats(slot, 100);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(data) % 64, 0u);
    EXPECT_NE(data, previous);
    previous = data;
  }
}

TEST(Scratch, Buffer_AskedForAgain_IsKept) {
  float* data = scratch_floats(kScratchGemm, 20000);
  EXPECT_EQ(scratch_floats(kScratchGemm, 20000), data);
  EXPECT_EQ(scratch_floats(kScratchGemm, 1), data);
}

TEST(Scratch, Buffer_OfAnotherThread_IsAnother) {
  float* mine = scratch_floats(kScratchGemm, 10);
  float* others = nullptr;
  std::thread([&] {
    others = scratch_floats(kScratchGemm, 10);
    others[9] = 1.0f;
  }).join();
  EXPECT_NE(mine, others);
}

TEST(Scratch, Buffer_TooLargeForTheMachine_ThrowsAndKeepsTheOld) {
  float* data = scratch_floats(kScratchGemm, 10);
  EXPECT_THROW(scratch_floats(kScratchGemm, INT64_MAX), std::bad_alloc);
  EXPECT_EQ(scratch_floats(kScratchGemm, 10), data);
}

}  // namespace
}  // namespace nopt
