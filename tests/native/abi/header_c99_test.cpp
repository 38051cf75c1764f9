#include <gtest/gtest.h>

extern "C" int header_is_c99(void);

TEST(Header, IncludedFromC99_CompilesAndLinks) {
  EXPECT_EQ(header_is_c99(), 1);
}
