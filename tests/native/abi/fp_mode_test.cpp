// The caller's floating-point mode is not the kernels', and survives them.
#include <gtest/gtest.h>

#if defined(__x86_64__)
#include <xmmintrin.h>

#include <limits>

#include "operations.h"

namespace nopt {
namespace testing_abi {
namespace {

constexpr unsigned kDefault = 0x1F80;
constexpr unsigned kRoundUp = 0x4000;
constexpr unsigned kInexactFlag = 0x20;

class FpMode : public testing::Test {
 protected:
  ~FpMode() override { _mm_setcsr(kDefault); }
};

TEST_F(FpMode, AfterEachOperation_IsTheCallers) {
  Operations operations;
  for (unsigned mode : {kDefault, kDefault | kRoundUp, kDefault | kInexactFlag, kDefault & ~0x1000u}) {
    for (int32_t kind = NOPT_OP_DENSE_FORWARD; kind <= NOPT_OP_NORMALIZATION_BACKWARD; ++kind) {
      _mm_setcsr(mode);
      const nopt_status status = operations.run(kind);
      const unsigned after = _mm_getcsr();
      _mm_setcsr(kDefault);
      EXPECT_EQ(status, NOPT_OK) << nopt_last_error();
      EXPECT_EQ(after, mode) << "operation " << kind;
    }
  }
}

TEST_F(FpMode, AfterAFailure_IsTheCallers) {
  Operations operations;
  _mm_setcsr(kDefault | kRoundUp);
  operations.run(NOPT_OP_ACTIVATION, nullptr);
  EXPECT_EQ(_mm_getcsr(), kDefault | kRoundUp);
}

// With exceptions unmasked a comparison with NaN ends the process, unless the library compares in its own mode.
TEST_F(FpMode, WithUnmaskedExceptions_BadNumbersAreRefused) {
  Operations operations;
  operations.scalars[0] = std::numeric_limits<double>::quiet_NaN();
  const unsigned unmasked = kDefault & ~0x1F80u;
  _mm_setcsr(unmasked);
  const nopt_status status = operations.run(NOPT_OP_OPTIMIZER_STEP);
  const unsigned after = _mm_getcsr();
  _mm_setcsr(kDefault);
  EXPECT_EQ(status, NOPT_ERROR_ARGUMENT);
  EXPECT_EQ(after, unmasked);
}

// A subnormal gradient is zero to the kernels, whatever the caller's mode is; the caller's rounding does not reach them
// either.
TEST_F(FpMode, InsideAStep_SubnormalsAreZero) {
  Operations operations;
  const float subnormal = 1e-40f;
  ASSERT_GT(subnormal, 0.0f);
  ASSERT_EQ(nopt_optimizer_find("sgd", &operations.step.optimizer), NOPT_OK);
  operations.step.slot_count = 0;
  operations.step.scalar_count = 1;
  operations.scalars = {1e10, 1e10};
  operations.step.scalars = operations.scalars.data();
  static_cast<float*>(operations.step.gradients)[0] = subnormal;
  static_cast<float*>(operations.step.parameters)[0] = 0.0f;
  ASSERT_EQ(operations.run(NOPT_OP_OPTIMIZER_STEP), NOPT_OK) << nopt_last_error();
  EXPECT_EQ(static_cast<float*>(operations.step.parameters)[0], 0.0f);
}

}  // namespace
}  // namespace testing_abi
}  // namespace nopt
#endif
