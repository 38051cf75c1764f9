// Instruction sets: names, and agreement with what the compiler's run-time library sees.
#include "core/isa.h"

#include <gtest/gtest.h>

#include <string>

#include "core/cpu_features.h"
#include "core/isa_table.h"

namespace nopt {
namespace {

TEST(Isa, Names_AreFoundAgain) {
  for (int i = 0; i < kIsaCount; ++i) {
    Isa found = Isa::kScalar;
    EXPECT_TRUE(isa_from_name(isa_name(static_cast<Isa>(i)), &found));
    EXPECT_EQ(static_cast<int>(found), i);
  }
  Isa untouched = Isa::kAvx2;
  for (const char* other : {"", "AVX", "avx22", "avx2 "}) EXPECT_FALSE(isa_from_name(other, &untouched)) << other;
  EXPECT_EQ(untouched, Isa::kAvx2);
}

TEST(Isa, Names_InUpperCase_AreFoundToo) {
  Isa found = Isa::kScalar;
  EXPECT_TRUE(isa_from_name("AVX2", &found));
  EXPECT_EQ(found, Isa::kAvx2);
  EXPECT_TRUE(isa_from_name("Sse4", &found));
  EXPECT_EQ(found, Isa::kSse4);
}

TEST(Isa, Best_IsSupported) {
  EXPECT_TRUE(isa_supported(best_isa()));
  EXPECT_FALSE(isa_supported(static_cast<Isa>(-1)));
  EXPECT_FALSE(isa_supported(static_cast<Isa>(kIsaCount)));
}

TEST(Isa, CpuName_HasNoBlanksAroundIt) {
  const std::string name = cpu_name();
  ASSERT_FALSE(name.empty());
  EXPECT_NE(name.front(), ' ');
  EXPECT_NE(name.back(), ' ');
}

#if defined(__x86_64__)
TEST(Isa, Features_AreThoseTheCompilerSees) {
  const CpuFeatures features = cpu_features();
  __builtin_cpu_init();
  const bool sse4 =
      __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("ssse3") && __builtin_cpu_supports("pclmul");
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
  const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
                      __builtin_cpu_supports("avx512cd");
  EXPECT_EQ(features.sse4, sse4);
  EXPECT_EQ(features.avx2, sse4 && avx2);
  EXPECT_EQ(features.avx512, sse4 && avx2 && avx512);
}

namespace N_SCALAR {
int answer() {
  return 1;
}
}  // namespace N_SCALAR
namespace N_SSE4 {
int answer() {
  return 2;
}
}  // namespace N_SSE4
namespace N_AVX2 {
int answer() {
  return 3;
}
}  // namespace N_AVX2
namespace N_AVX3 {
int answer() {
  return 4;
}
}  // namespace N_AVX3

TEST(IsaTable, Entry_IsTheFunctionOfThatTarget) {
  constexpr IsaTable<int()> table = NOPT_ISA_TABLE(answer);
  EXPECT_EQ(table[Isa::kScalar](), 1);
  EXPECT_EQ(table[Isa::kSse4](), 2);
  EXPECT_EQ(table[Isa::kAvx2](), 3);
  EXPECT_EQ(table[Isa::kAvx512](), 4);
  EXPECT_EQ(table[Isa::kNeon], nullptr);
}
#endif

}  // namespace
}  // namespace nopt
