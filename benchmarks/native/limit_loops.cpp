#include "limit_loops.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "limit_loops.cpp"
#include "hwy/foreach_target.h"

#include "hwy/cache_control.h"
#include "kernels/simd-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

constexpr int64_t kAhead = 768;  // floats

template <bool kPrefetch, int kRead, int kUpdated>
void add_pass(const PassStreams& streams, int64_t begin, int64_t end, float* sum) {
  const float* read[kRead + 1];
  float* updated[kUpdated + 1];
  for (int k = 0; k < kRead; ++k) read[k] = streams.read[k];
  for (int k = 0; k < kUpdated; ++k) updated[k] = streams.updated[k];
  V total[kLineVectors];
  for (V& part : total) part = zero();
  for (int64_t line = begin; line + kLine <= end; line += kLine) {
    if constexpr (kPrefetch) {
      for (int k = 0; k < kRead; ++k) hwy::Prefetch(read[k] + line + kAhead);
      for (int k = 0; k < kUpdated; ++k) hwy::Prefetch(updated[k] + line + kAhead);
    }
    for (int64_t lane = 0; lane < kLineVectors; ++lane) {
      const int64_t i = line + lane * kLanes;
      V term = kRead > 0 ? load(read[0] + i) : splat(1.0f);
      for (int k = 1; k < kRead; ++k) term = term + load(read[k] + i);
      for (int k = 0; k < kUpdated; ++k) store(load(updated[k] + i) + term, updated[k] + i);
      if constexpr (kUpdated == 0) total[lane] = total[lane] + term;
    }
  }
  if constexpr (kUpdated == 0) {
    for (const V& part : total) *sum += hn::GetLane(part);
  }
}

template <bool kPrefetch, int kRead, int kUpdated>
void find_add_pass(const PassStreams& streams, int64_t begin, int64_t end, float* sum) {
  if (streams.read_count == kRead && streams.updated_count == kUpdated) {
    add_pass<kPrefetch, kRead, kUpdated>(streams, begin, end, sum);
  } else if constexpr (kUpdated < 6) {
    find_add_pass<kPrefetch, kRead, kUpdated + 1>(streams, begin, end, sum);
  } else if constexpr (kRead < 2) {
    find_add_pass<kPrefetch, kRead + 1, 0>(streams, begin, end, sum);
  } else {
    __builtin_trap();
  }
}

void add_loop(const PassStreams& streams, int64_t begin, int64_t end, float* sum) {
  find_add_pass<false, 1, 0>(streams, begin, end, sum);
}
void add_loop_prefetch(const PassStreams& streams, int64_t begin, int64_t end, float* sum) {
  find_add_pass<true, 1, 0>(streams, begin, end, sum);
}

// Four vectors at a time, none of which waits for another.
void divide_loop(int sqrts, int divs, int64_t count, float* cache) {
  constexpr int64_t kAtOnce = 4 * kLanes;
  for (int64_t done = 0; done < count; done += kAtOnce) {
    float* const p = cache + done % kDivideCache;
    V x[4];
    for (int k = 0; k < 4; ++k) x[k] = load(p + k * kLanes);
    V y[4] = {x[0], x[1], x[2], x[3]};
    for (int i = 0; i < sqrts; ++i) {
      for (int k = 0; k < 4; ++k) y[k] = hn::Sqrt(x[k] + splat(static_cast<float>(i))) + y[k];
    }
    for (int i = 0; i < divs; ++i) {
      for (int k = 0; k < 4; ++k) y[k] = x[k] / (x[k] + splat(static_cast<float>(i))) + y[k];
    }
    for (int k = 0; k < 4; ++k) store(y[k], p + kDivideCache + k * kLanes);
  }
}

// The common numbers of both AdamW loops: rate 1e-9, decay 0.01, step 10.
struct AdamWNumbers {
  HWY_INLINE AdamWNumbers() {}  // written out: the pragma for the instruction set does not reach an implicit one
  V beta1 = splat(0.9f), one_minus_beta1 = splat(0.1f), beta2 = splat(0.999f), one_minus_beta2 = splat(0.001f);
  V eps = splat(1e-8f), root_correction = splat(0.0998f), inverse_correction = splat(10.02f);
  V step = splat(-1.5e-9f), decay = splat(-1e-11f), keep = splat(1.0f - 1e-7f);
};

// DeepSpeed, csrc/includes/cpu_adam.h, Step_AVX with a span of 8.
void deepspeed_loop(const AdamWArrays& arrays, int64_t begin, int64_t end) {
  const AdamWNumbers n;
  constexpr int kSpan = 8;
  for (int64_t i = begin; i + kSpan * kLanes <= end; i += kSpan * kLanes) {
    V g[kSpan], m[kSpan], v[kSpan], w[kSpan];
    for (int k = 0; k < kSpan; ++k) g[k] = load(arrays.g + i + k * kLanes);
    for (int k = 0; k < kSpan; ++k) w[k] = load(arrays.w + i + k * kLanes);
    for (int k = 0; k < kSpan; ++k) m[k] = load(arrays.m + i + k * kLanes);
    for (int k = 0; k < kSpan; ++k) v[k] = load(arrays.v + i + k * kLanes);
    for (int k = 0; k < kSpan; ++k) m[k] = hn::MulAdd(g[k], n.one_minus_beta1, m[k] * n.beta1);
    for (int k = 0; k < kSpan; ++k) v[k] = hn::MulAdd(g[k] * g[k], n.one_minus_beta2, v[k] * n.beta2);
    for (int k = 0; k < kSpan; ++k) g[k] = m[k] / hn::MulAdd(hn::Sqrt(v[k]), n.inverse_correction, n.eps);
    for (int k = 0; k < kSpan; ++k) w[k] = hn::MulAdd(w[k], n.decay, w[k]);
    for (int k = 0; k < kSpan; ++k) w[k] = hn::MulAdd(g[k], n.step, w[k]);
    for (int k = 0; k < kSpan; ++k) store(w[k], arrays.w + i + k * kLanes);
    for (int k = 0; k < kSpan; ++k) store(m[k], arrays.m + i + k * kLanes);
    for (int k = 0; k < kSpan; ++k) store(v[k], arrays.v + i + k * kLanes);
  }
}

// PyTorch 2, aten/src/ATen/native/cpu/FusedAdamKernel.cpp, adam_math with AdamW's decay.
void torch_loop(const AdamWArrays& arrays, int64_t begin, int64_t end) {
  const AdamWNumbers n;
  for (int64_t i = begin; i + kLanes <= end; i += kLanes) {
    const V g = load(arrays.g + i);
    const V w = load(arrays.w + i) * n.keep;
    const V before = load(arrays.m + i);
    const V m = hn::MulAdd(n.one_minus_beta1, g - before, before);
    const V v = load(arrays.v + i) * n.beta2 + n.one_minus_beta2 * g * g;
    store(m, arrays.m + i);
    store(v, arrays.v + i);
    const V denominator = hn::Sqrt(v) / n.root_correction + n.eps;
    store(w + n.step * m / denominator, arrays.w + i);
  }
}

NOPT_KERNEL_NAMESPACE_END

#if HWY_ONCE
namespace nopt {
const IsaTable<AddLoop> kAddLoop = NOPT_ISA_TABLE(add_loop);
const IsaTable<AddLoop> kAddLoopPrefetch = NOPT_ISA_TABLE(add_loop_prefetch);
const IsaTable<DivideLoop> kDivideLoop = NOPT_ISA_TABLE(divide_loop);
const IsaTable<AdamWLoop> kDeepSpeedLoop = NOPT_ISA_TABLE(deepspeed_loop);
const IsaTable<AdamWLoop> kTorchLoop = NOPT_ISA_TABLE(torch_loop);
}  // namespace nopt
#endif
