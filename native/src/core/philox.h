// Philox 4x32-10, a counter-based random number generator: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as
// easy as 1, 2, 3", SC 2011. A block of four words is a pure function of a 128-bit counter and a 64-bit key, so any
// element of a stream can be computed on any thread.
#ifndef NOPT_CORE_PHILOX_H
#define NOPT_CORE_PHILOX_H

#include <cstdint>

namespace nopt {

struct PhiloxBlock {
  uint32_t word[4];
};

// Multipliers and Weyl increments of the paper, section 3.
constexpr uint32_t kPhiloxMultiplier0 = 0xD2511F53u;
constexpr uint32_t kPhiloxMultiplier1 = 0xCD9E8D57u;
constexpr uint32_t kPhiloxWeyl0 = 0x9E3779B9u;
constexpr uint32_t kPhiloxWeyl1 = 0xBB67AE85u;

// One block of 10 rounds; counter and key in little-endian word order.
constexpr PhiloxBlock philox_4x32_10(PhiloxBlock counter, uint32_t key0, uint32_t key1) {
  for (int round = 0; round < 10; ++round) {
    const uint64_t product0 = static_cast<uint64_t>(kPhiloxMultiplier0) * counter.word[0];
    const uint64_t product1 = static_cast<uint64_t>(kPhiloxMultiplier1) * counter.word[2];
    counter = {{static_cast<uint32_t>(product1 >> 32) ^ counter.word[1] ^ key0, static_cast<uint32_t>(product1),
                static_cast<uint32_t>(product0 >> 32) ^ counter.word[3] ^ key1, static_cast<uint32_t>(product0)}};
    key0 += kPhiloxWeyl0;
    key1 += kPhiloxWeyl1;
  }
  return counter;
}

// Block `index` of stream `stream`, keyed with `seed`: the layout that nativeopt.h documents.
constexpr PhiloxBlock philox_block(uint64_t seed, uint64_t stream, uint64_t index) {
  const PhiloxBlock counter = {{static_cast<uint32_t>(index), static_cast<uint32_t>(index >> 32),
                                static_cast<uint32_t>(stream), static_cast<uint32_t>(stream >> 32)}};
  return philox_4x32_10(counter, static_cast<uint32_t>(seed), static_cast<uint32_t>(seed >> 32));
}

}  // namespace nopt

#endif  // NOPT_CORE_PHILOX_H
