// nopt_context_*: options, environment, information.
#include <gtest/gtest.h>

#include <string>

#include "environment.h"
#include "nativeopt/nativeopt.h"

namespace nopt {
namespace testing_abi {
namespace {

class Context : public testing::Test {
 protected:
  Context() { options_.struct_size = sizeof(options_); }
  ~Context() override {
    if (context_ != kUntouched) nopt_context_destroy(context_);
  }

  nopt_status create() { return nopt_context_create(&options_, &context_); }

  void expect_failure(nopt_status status, const std::string& words) {
    EXPECT_STREQ(nopt_status_name(create()), nopt_status_name(status)) << nopt_last_error();
    EXPECT_NE(std::string(nopt_last_error()).find(words), std::string::npos) << nopt_last_error();
    EXPECT_EQ(context_, kUntouched);
  }

  nopt_context_info info() {
    nopt_context_info result = {};
    result.struct_size = sizeof(result);
    EXPECT_EQ(nopt_context_info_get(context_, &result), NOPT_OK) << nopt_last_error();
    return result;
  }

  static constexpr uint64_t kUntouched = 0x1234;
  // The tests say what they want; the caller's settings stay outside.
  ScopedVariable no_isa_{"NOPT_ISA", nullptr};
  ScopedVariable no_gemm_{"NOPT_GEMM", nullptr};
  ScopedVariable no_threads_{"NOPT_NUM_THREADS", nullptr};
  nopt_context_options options_ = {};
  uint64_t context_ = kUntouched;
};

TEST_F(Context, Create_WithNullOptions_TakesTheDefaults) {
  ASSERT_EQ(nopt_context_create(nullptr, &context_), NOPT_OK) << nopt_last_error();
  nopt_runtime_info runtime = {};
  runtime.struct_size = sizeof(runtime);
  ASSERT_EQ(nopt_runtime_info_get(&runtime), NOPT_OK);
  EXPECT_EQ(info().isa, runtime.best_isa);
  EXPECT_EQ(info().thread_count, runtime.processor_count);
  EXPECT_EQ(info().gemm, NOPT_GEMM_AUTO);
}

TEST_F(Context, Create_WithNullOrMisalignedContext_Fails) {
  EXPECT_EQ(nopt_context_create(&options_, nullptr), NOPT_ERROR_ARGUMENT);
  EXPECT_STREQ(nopt_last_error(), "context is null");
  alignas(8) char bytes[16] = {};
  EXPECT_EQ(nopt_context_create(&options_, reinterpret_cast<uint64_t*>(bytes + 4)), NOPT_ERROR_ALIGNMENT);
}

TEST_F(Context, Create_WithWrongStructSize_Fails) {
  options_.struct_size = 0;
  expect_failure(NOPT_ERROR_STRUCT_SIZE, "options.struct_size is 0");
  options_.struct_size = sizeof(options_) - 1;
  expect_failure(NOPT_ERROR_STRUCT_SIZE, "options.struct_size is 15");
  options_.struct_size = UINT32_MAX;
  expect_failure(NOPT_ERROR_STRUCT_SIZE, "options.struct_size is 4294967295");
}

TEST_F(Context, Create_WithThreadCountOutOfRange_Fails) {
  options_.thread_count = -1;
  expect_failure(NOPT_ERROR_ARGUMENT, "options.thread_count is -1, and must be 0 to 1024");
  options_.thread_count = 1025;
  expect_failure(NOPT_ERROR_ARGUMENT, "options.thread_count is 1025");
}

TEST_F(Context, Create_WithThreadCount_KeepsIt) {
  options_.thread_count = 1024;
  ASSERT_EQ(create(), NOPT_OK) << nopt_last_error();
  EXPECT_EQ(info().thread_count, 1024);
}

TEST_F(Context, Create_WithUnknownIsaOrGemm_Fails) {
  options_.isa = 6;
  expect_failure(NOPT_ERROR_ARGUMENT, "options.isa is 6");
  options_.isa = -1;
  expect_failure(NOPT_ERROR_ARGUMENT, "options.isa is -1");
  options_.isa = 0;
  options_.gemm = 3;
  expect_failure(NOPT_ERROR_ARGUMENT, "options.gemm is 3");
  options_.gemm = -1;
  expect_failure(NOPT_ERROR_ARGUMENT, "options.gemm is -1");
}

TEST_F(Context, Create_WithAnIsaOfAnotherProcessor_FailsAndListsWhatThereIs) {
  const bool arm = nopt_isa_supported(NOPT_ISA_NEON) == 1;
  options_.isa = arm ? NOPT_ISA_SSE4 : NOPT_ISA_NEON;
  expect_failure(NOPT_ERROR_UNSUPPORTED,
                 std::string("options.isa is ") + (arm ? "sse4" : "neon") + ", and this processor and build have ");
  EXPECT_NE(std::string(nopt_last_error()).find(arm ? "neon" : "scalar"), std::string::npos) << nopt_last_error();
}

TEST_F(Context, Create_WithEnvironment_TakesIt) {
  const ScopedVariable isa("NOPT_ISA", "scalar");
  const ScopedVariable gemm("NOPT_GEMM", "own");
  const ScopedVariable threads("NOPT_NUM_THREADS", "3");
  ASSERT_EQ(create(), NOPT_OK) << nopt_last_error();
  EXPECT_STREQ(info().isa_name, "scalar");
  EXPECT_EQ(info().gemm, NOPT_GEMM_OWN);
  EXPECT_EQ(info().thread_count, 3);
}

TEST_F(Context, Create_WithEnvironmentInUpperCase_TakesIt) {
  const ScopedVariable isa("NOPT_ISA", "Scalar");
  const ScopedVariable gemm("NOPT_GEMM", "OWN");
  ASSERT_EQ(create(), NOPT_OK) << nopt_last_error();
  EXPECT_STREQ(info().isa_name, "scalar");
  EXPECT_EQ(info().gemm, NOPT_GEMM_OWN);
}

TEST_F(Context, Create_WithOptionsAndEnvironment_TakesTheOptions) {
  const ScopedVariable isa("NOPT_ISA", "nonsense");
  const ScopedVariable gemm("NOPT_GEMM", "nonsense");
  const ScopedVariable threads("NOPT_NUM_THREADS", "nonsense");
  options_.isa = NOPT_ISA_SCALAR;
  options_.gemm = NOPT_GEMM_OWN;
  options_.thread_count = 2;
  ASSERT_EQ(create(), NOPT_OK) << nopt_last_error();
  EXPECT_EQ(info().isa, NOPT_ISA_SCALAR);
  EXPECT_EQ(info().thread_count, 2);
}

TEST_F(Context, Create_WithEmptyEnvironment_TakesTheDefaults) {
  const ScopedVariable isa("NOPT_ISA", "");
  const ScopedVariable gemm("NOPT_GEMM", "");
  const ScopedVariable threads("NOPT_NUM_THREADS", "");
  EXPECT_EQ(create(), NOPT_OK) << nopt_last_error();
}

TEST_F(Context, Create_WithNonsenseInTheEnvironment_FailsAndNamesTheVariable) {
  {
    const ScopedVariable isa("NOPT_ISA", "avx1024");
    expect_failure(NOPT_ERROR_UNSUPPORTED, "NOPT_ISA is \"avx1024\", and this processor and build have ");
  }
  {
    const ScopedVariable gemm("NOPT_GEMM", "mkl");
    expect_failure(NOPT_ERROR_UNSUPPORTED, "NOPT_GEMM is \"mkl\", and must be openblas or own");
  }
  for (const char* count : {"0", "-1", "1025", "two", "3x", " 2", "+2", "99999999999999999999"}) {
    const ScopedVariable threads("NOPT_NUM_THREADS", count);
    expect_failure(NOPT_ERROR_ARGUMENT, std::string("NOPT_NUM_THREADS is \"") + count + "\", and must be 1 to 1024");
  }
}

TEST_F(Context, Create_WithOpenBlas_FailsOnlyInABuildWithoutIt) {
  nopt_runtime_info runtime = {};
  runtime.struct_size = sizeof(runtime);
  ASSERT_EQ(nopt_runtime_info_get(&runtime), NOPT_OK);
  options_.gemm = NOPT_GEMM_OPENBLAS;
  if (runtime.blas_threads == 0) {
    expect_failure(NOPT_ERROR_UNSUPPORTED, "options.gemm is openblas, and this build has own only");
  } else {
    ASSERT_EQ(create(), NOPT_OK) << nopt_last_error();
    EXPECT_EQ(info().gemm, NOPT_GEMM_OPENBLAS);
  }
}

TEST_F(Context, InfoGet_WithNullOrWrongInfo_Fails) {
  ASSERT_EQ(create(), NOPT_OK) << nopt_last_error();
  EXPECT_EQ(nopt_context_info_get(context_, nullptr), NOPT_ERROR_ARGUMENT);
  nopt_context_info wrong = {};
  EXPECT_EQ(nopt_context_info_get(context_, &wrong), NOPT_ERROR_STRUCT_SIZE);
  EXPECT_EQ(wrong.thread_count, 0);
  EXPECT_EQ(wrong.isa_name, nullptr);
}

class ContextIsa : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Abi, ContextIsa, testing::Values("scalar", "sse4", "avx2", "avx512", "neon"),
                         [](const auto& row) { return std::string(row.param); });

TEST_P(ContextIsa, Create_WithItsNameInTheEnvironment_UsesItWhereItIsSupported) {
  const std::string names[] = {"", "scalar", "sse4", "avx2", "avx512", "neon"};
  int32_t isa = NOPT_ISA_SCALAR;
  while (names[isa] != GetParam()) ++isa;
  if (nopt_isa_supported(isa) == 0) GTEST_SKIP() << "instruction set absent: " << GetParam();
  const ScopedVariable variable("NOPT_ISA", GetParam());
  uint64_t context = 0;
  ASSERT_EQ(nopt_context_create(nullptr, &context), NOPT_OK) << nopt_last_error();
  nopt_context_info info = {};
  info.struct_size = sizeof(info);
  EXPECT_EQ(nopt_context_info_get(context, &info), NOPT_OK);
  EXPECT_EQ(info.isa, isa);
  EXPECT_STREQ(info.isa_name, GetParam());
  EXPECT_EQ(nopt_context_destroy(context), NOPT_OK);
}

}  // namespace
}  // namespace testing_abi
}  // namespace nopt
