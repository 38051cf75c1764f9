// Tests over instruction sets: every kernel is run on each one that this processor has; the others are skipped by name.
#ifndef NOPT_TESTS_ISA_SUPPORT_H
#define NOPT_TESTS_ISA_SUPPORT_H

#include <gtest/gtest.h>

#include <string>

#include "core/execution.h"
#include "core/isa.h"
#include "nativeopt/nativeopt.h"

namespace nopt {

constexpr Isa kTestedIsas[] = {Isa::kScalar, Isa::kSse4, Isa::kAvx2, Isa::kAvx512, Isa::kNeon};

inline std::string isa_test_name(const testing::TestParamInfo<Isa>& info) {
  return isa_name(info.param);
}

inline Execution execution_on(Isa isa, int threads = 1, int gemm = NOPT_GEMM_OWN) {
  return {isa, gemm, threads};
}

// A fixture whose tests run once for each instruction set.
class IsaTest : public testing::TestWithParam<Isa> {
 protected:
  void SetUp() override {
    if (!isa_supported(GetParam())) GTEST_SKIP() << "instruction set absent: " << isa_name(GetParam());
  }
  Execution execution(int threads = 1) const { return execution_on(GetParam(), threads); }
};

}  // namespace nopt

#define NOPT_INSTANTIATE_FOR_ISAS(Fixture) \
  INSTANTIATE_TEST_SUITE_P(Isa, Fixture, testing::ValuesIn(kTestedIsas), isa_test_name)

#endif  // NOPT_TESTS_ISA_SUPPORT_H
