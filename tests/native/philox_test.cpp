// Known answers of Random123, the reference implementation by the authors of the paper (tests/kat_vectors, philox4x32
// 10).
#include "core/philox.h"

#include <gtest/gtest.h>

namespace nopt {
namespace {

void expect_block(PhiloxBlock actual, uint32_t w0, uint32_t w1, uint32_t w2, uint32_t w3) {
  EXPECT_EQ(actual.word[0], w0);
  EXPECT_EQ(actual.word[1], w1);
  EXPECT_EQ(actual.word[2], w2);
  EXPECT_EQ(actual.word[3], w3);
}

TEST(Philox, Block_OfZeros_IsTheKnownAnswer) {
  expect_block(philox_4x32_10({{0, 0, 0, 0}}, 0, 0), 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
}

TEST(Philox, Block_OfOnes_IsTheKnownAnswer) {
  const uint32_t ones = 0xffffffff;
  expect_block(philox_4x32_10({{ones, ones, ones, ones}}, ones, ones), 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
}

TEST(Philox, Block_OfPiDigits_IsTheKnownAnswer) {
  expect_block(philox_4x32_10({{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}}, 0xa4093822, 0x299f31d0), 0xd16cfe09,
               0x94fdcceb, 0x5001e420, 0x24126ea1);
}

TEST(Philox, Block_FromSeedStreamAndIndex_PlacesTheWordsAsTheHeaderSays) {
  const PhiloxBlock block = philox_block(0x299f31d0a4093822u, 0x0370734413198a2eu, 0x85a308d3243f6a88u);
  expect_block(block, 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
}

}  // namespace
}  // namespace nopt
