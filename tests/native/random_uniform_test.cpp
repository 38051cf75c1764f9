// Uniform numbers: the documented layout, the half-open range, and independence of blocks, strides and threads.
#include "kernels/random_uniform.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/philox.h"
#include "isa_support.h"
#include "test_data.h"

namespace nopt {
namespace {

nopt_random_uniform_args args_for(GuardedArray& y, int64_t rows, int64_t columns, int64_t stride) {
  nopt_random_uniform_args args = {};
  args.struct_size = sizeof(args);
  args.seed = 0x123456789abcdef0u;
  args.stream = 0xfedcba9876543210u;
  args.low = -0.25;
  args.high = 0.75;
  args.y = matrix_of(y, rows, columns, stride);
  return args;
}

TEST(RandomUniform, Elements_AreTheWordsThatTheHeaderNames) {
  for (uint64_t offset : {uint64_t{0}, uint64_t{3}, uint64_t{0xffffffffffu}}) {
    GuardedArray y(5 * 9);
    nopt_random_uniform_args args = args_for(y, 5, 7, 9);
    args.offset = offset;
    run_random_uniform(execution_on(Isa::kScalar), args);
    for (uint64_t i = 0; i < 35; ++i) {
      const uint32_t word = philox_block(args.seed, args.stream, (offset + i) / 4).word[(offset + i) % 4];
      const float fraction = static_cast<float>(word >> 8) / 16777216.0f;
      EXPECT_EQ(y[static_cast<int64_t>(i / 7 * 9 + i % 7)], -0.25f + fraction * 1.0f);
    }
    EXPECT_TRUE(y.guards_are_intact());
  }
}

TEST(RandomUniform, Stream_InTwoParts_IsTheStreamInOne) {
  GuardedArray whole(100);
  GuardedArray parts(100);
  nopt_random_uniform_args args = args_for(whole, 1, 100, 100);
  run_random_uniform(execution_on(Isa::kScalar), args);
  args.y = matrix_of(parts.data(), 1, 37);
  run_random_uniform(execution_on(Isa::kScalar), args);
  args.y = matrix_of(parts.data() + 37, 1, 63);
  args.offset = 37;
  run_random_uniform(execution_on(Isa::kScalar), args);
  expect_same_bits(parts, whole, "y");
}

// Between 1 and 2 a float has 23 bits of fraction and a word gives 24. The word of this element has all of them set:
// the sum is halfway between the last float below 2 and 2, and rounds to 2.
TEST(RandomUniform, Element_WhoseSumRoundsUpToHigh_StaysBelowIt) {
  constexpr uint64_t kOffset = 9320226;
  ASSERT_EQ(philox_block(0, 0, kOffset / 4).word[kOffset % 4] >> 8, 0xffffffu);
  GuardedArray y(1);
  nopt_random_uniform_args args = args_for(y, 1, 1, 1);
  args.seed = 0;
  args.stream = 0;
  args.offset = kOffset;
  args.low = 1.0;
  args.high = 2.0;
  run_random_uniform(execution_on(Isa::kScalar), args);
  EXPECT_EQ(y[0], std::nextafterf(2.0f, 1.0f));
}

TEST(RandomUniform, Elements_OfAMillion_FillTheRangeEvenly) {
  constexpr int64_t kCount = 1 << 20;
  GuardedArray y(kCount);
  run_random_uniform(execution_on(best_isa()), args_for(y, 1024, 1024, 1024));
  std::vector<int64_t> tenths(10);
  for (int64_t i = 0; i < kCount; ++i) {
    ASSERT_TRUE(y[i] >= -0.25f && y[i] < 0.75f) << y[i];
    ++tenths[static_cast<size_t>((static_cast<double>(y[i]) + 0.25) * 10)];
  }
  // Six standard deviations of a binomial count.
  for (int64_t count : tenths) EXPECT_NEAR(static_cast<double>(count), kCount / 10.0, 6 * std::sqrt(kCount * 0.09));
}

TEST(RandomUniform, Elements_OnSeveralThreads_HaveTheBitsOfOne) {
  GuardedArray expected(300 * 301);
  run_random_uniform(execution_on(best_isa()), args_for(expected, 300, 301, 301));
  for (int threads : {2, 3, 7}) {
    GuardedArray actual(300 * 301);
    run_random_uniform(execution_on(best_isa(), threads), args_for(actual, 300, 301, 301));
    expect_same_bits(actual, expected, "y");
  }
}

}  // namespace
}  // namespace nopt
