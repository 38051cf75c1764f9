// Words of a Philox stream, one block of four in each lane. Included once per instruction set.
#if defined(NOPT_KERNELS_PHILOX_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_KERNELS_PHILOX_INL_H
#undef NOPT_KERNELS_PHILOX_INL_H
#else
#define NOPT_KERNELS_PHILOX_INL_H
#endif

#include "core/philox.h"
#include "kernels/simd-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

using DU = hn::RebindToUnsigned<D>;
using VU = hn::Vec<DU>;

// Blocks that one call of philox_blocks makes.
constexpr int64_t kPhiloxLanes = kLanes;

#if HWY_TARGET == HWY_SCALAR

HWY_INLINE void philox_blocks(uint64_t seed, uint64_t stream, uint64_t index, uint32_t* words) {
  const PhiloxBlock block = philox_block(seed, stream, index);
  for (int i = 0; i < 4; ++i) words[i] = block.word[i];
}

#else

// Upper halves of the 64-bit products with one multiplier.
HWY_INLINE VU multiply_high(VU a, uint32_t multiplier) {
  const hn::RepartitionToWide<DU> wide;
  const VU b = hn::Set(DU(), multiplier);
  const auto even = hn::ShiftRight<32>(hn::MulEven(a, b));
  const auto odd = hn::MulEven(hn::BitCast(DU(), hn::ShiftRight<32>(hn::BitCast(wide, a))), b);
  return hn::OddEven(hn::BitCast(DU(), odd), hn::BitCast(DU(), even));
}

// Blocks index, index + 1, ... of a stream, word after word.
HWY_INLINE void philox_blocks(uint64_t seed, uint64_t stream, uint64_t index, uint32_t* words) {
  const VU low = hn::Set(DU(), static_cast<uint32_t>(index));
  VU c0 = low + hn::Iota(DU(), 0);
  VU c1 = hn::Set(DU(), static_cast<uint32_t>(index >> 32));
  c1 = hn::IfThenElse(c0 < low, c1 + hn::Set(DU(), 1), c1);
  VU c2 = hn::Set(DU(), static_cast<uint32_t>(stream));
  VU c3 = hn::Set(DU(), static_cast<uint32_t>(stream >> 32));
  uint32_t key0 = static_cast<uint32_t>(seed);
  uint32_t key1 = static_cast<uint32_t>(seed >> 32);
  for (int round = 0; round < 10; ++round) {
    const VU high0 = multiply_high(c0, kPhiloxMultiplier0);
    const VU high1 = multiply_high(c2, kPhiloxMultiplier1);
    const VU low0 = c0 * hn::Set(DU(), kPhiloxMultiplier0);
    const VU low1 = c2 * hn::Set(DU(), kPhiloxMultiplier1);
    c0 = hn::Xor(hn::Xor(high1, c1), hn::Set(DU(), key0));
    c2 = hn::Xor(hn::Xor(high0, c3), hn::Set(DU(), key1));
    c1 = low1;
    c3 = low0;
    key0 += kPhiloxWeyl0;
    key1 += kPhiloxWeyl1;
  }
  hn::StoreInterleaved4(c0, c1, c2, c3, DU(), words);
}

#endif

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_KERNELS_PHILOX_INL_H
