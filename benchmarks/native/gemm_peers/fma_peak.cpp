#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "gemm_peers/fma_peak.cpp"
#include "hwy/foreach_target.h"

#include "core/isa_table.h"
#include "gemm_peers/fma_peak.h"
#include "kernels/simd-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// Twelve sums that do not wait for each other hide the latency of the multipliers. The results are stored so that the
// compiler keeps the loop.
int64_t multiply_add(int64_t rounds) {
  constexpr int kSums = 12;
  V sum[kSums];
  for (int i = 0; i < kSums; ++i) sum[i] = splat(static_cast<float>(i));
  const V factor = splat(0.999f), addend = splat(0.001f);
  for (int64_t round = 0; round < rounds; ++round) {
    for (int i = 0; i < kSums; ++i) sum[i] = hn::MulAdd(sum[i], factor, addend);
  }
  volatile float kept = 0.0f;
  for (int i = 0; i < kSums; ++i) kept = kept + hn::GetLane(sum[i]);
  return rounds * kSums * kLanes * 2;
}

NOPT_KERNEL_NAMESPACE_END

#if HWY_ONCE
namespace nopt {
namespace {
constexpr IsaTable<int64_t(int64_t)> kMultiplyAdd = NOPT_ISA_TABLE(multiply_add);
}

int64_t run_fma_peak(Isa isa, int64_t rounds) {
  return kMultiplyAdd[isa](rounds);
}

}  // namespace nopt
#endif
