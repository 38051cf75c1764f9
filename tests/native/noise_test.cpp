// Dropout and Gaussian noise: which numbers are random, the same on every instruction set and for any number of
// threads.
#include "kernels/noise.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/normal_quantile.h"
#include "core/philox.h"
#include "isa_support.h"
#include "test_data.h"

namespace nopt {
namespace {

class Noise : public IsaTest {};
NOPT_INSTANTIATE_FOR_ISAS(Noise);

nopt_noise_args args_for(int32_t noise, GuardedArray& x, GuardedArray& y, int64_t rows, int64_t columns,
                         int64_t stride) {
  nopt_noise_args args = {};
  args.struct_size = sizeof(args);
  args.noise = noise;
  args.seed = 0x123456789abcdef0u;
  args.stream = 0xfedcba9876543210u;
  args.offset = 0x3fffffffbu;  // the lower word of the block counter overflows on the way
  args.rate = 0.375;
  args.scale = 1.5;
  args.shift = 0.25;
  args.dropped = -7;
  args.x = matrix_of(x, rows, columns, stride);
  args.y = matrix_of(y, rows, columns, stride);
  return args;
}

float expected(const nopt_noise_args& args, uint64_t i, float x) {
  const uint32_t word = philox_block(args.seed, args.stream, (args.offset + i) / 4).word[(args.offset + i) % 4];
  const float scale = static_cast<float>(args.scale);
  const double n = normal_quantile((word + 0.5) / 4294967296.0);
  if (args.noise == NOPT_NOISE_GAUSSIAN_FACTOR) return x * static_cast<float>(1 + args.scale * n);
  if (args.noise == NOPT_NOISE_GAUSSIAN) return x + static_cast<float>(args.scale * n);
  const bool is_kept = (word >> 8) / 16777216.0 >= args.rate;
  return is_kept ? x * scale + static_cast<float>(args.shift) : static_cast<float>(args.dropped);
}

TEST_P(Noise, Elements_AreThoseThatTheHeaderDefines) {
  for (int32_t noise : {NOPT_NOISE_DROPOUT, NOPT_NOISE_GAUSSIAN_FACTOR, NOPT_NOISE_GAUSSIAN}) {
    for (int64_t columns : {1, 2, 3, 5, 15, 16, 17, 67, 511, 512, 513, 1100}) {
      for (int64_t gap : {0, 3}) {
        const int64_t rows = 3;
        const int64_t stride = columns + gap;
        GuardedArray x(rows * stride, columns % 2 == 1);
        GuardedArray y(rows * stride, columns % 2 == 1);
        x.fill(1);
        y.fill(2);
        const nopt_noise_args args = args_for(noise, x, y, rows, columns, stride);
        run_noise(execution(), args);
        for (int64_t i = 0; i < rows * stride; ++i) {
          const int64_t row = i / stride;
          const int64_t column = i % stride;
          const float wanted =
              column < columns ? expected(args, static_cast<uint64_t>(row * columns + column), x[i]) : uniform(2, i);
          ASSERT_EQ(bits_of(y[i]), bits_of(wanted)) << noise << ": " << row << ", " << column << " of " << columns;
        }
        EXPECT_TRUE(y.guards_are_intact());
      }
    }
  }
}

TEST_P(Noise, Elements_OnSeveralThreads_HaveTheBitsOfOne) {
  constexpr int64_t kCount = 200 * 401;
  GuardedArray x(kCount);
  x.fill(1);
  for (int32_t noise : {NOPT_NOISE_DROPOUT, NOPT_NOISE_GAUSSIAN}) {
    GuardedArray one(kCount);
    run_noise(execution(), args_for(noise, x, one, 200, 401, 401));
    GuardedArray many(kCount);
    run_noise(execution(5), args_for(noise, x, many, 200, 401, 401));
    expect_same_bits(many, one, "y");
  }
}

TEST_P(Noise, Dropout_OfNothingAndOfEverything) {
  GuardedArray x(40);
  GuardedArray y(40);
  x.fill(1);
  x[7] = NAN;
  nopt_noise_args args = args_for(NOPT_NOISE_DROPOUT, x, y, 1, 40, 40);
  args.rate = 0;
  run_noise(execution(), args);
  for (int64_t i = 0; i < 40; ++i) {
    if (i == 7) continue;
    EXPECT_EQ(y[i], x[i] * 1.5f + 0.25f);
  }
  EXPECT_TRUE(std::isnan(y[7]));
  args.rate = 1;
  run_noise(execution(), args);
  for (int64_t i = 0; i < 40; ++i) EXPECT_EQ(y[i], -7.0f);
}

// Quantiles that tables give with 15 digits.
TEST(NormalQuantile, Values_AreThoseOfTables) {
  EXPECT_EQ(normal_quantile(0.5), 0.0);
  EXPECT_NEAR(normal_quantile(0.975), 1.95996398454005423552, 1e-14);
  EXPECT_NEAR(normal_quantile(0.25), -0.674489750196081743203, 1e-14);
  EXPECT_NEAR(normal_quantile(0.001), -3.09023230616781354152, 1e-14);
  EXPECT_NEAR(normal_quantile(1e-10), -6.36134090240406247, 1e-13);
}

}  // namespace
}  // namespace nopt
