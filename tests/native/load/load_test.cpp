// Loading the library changes nothing in the process, and unloading it is harmless.
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "nativeopt/nativeopt.h"

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace nopt {
namespace {

template <class Function>
Function* symbol(void* library, const char* name) {
  return reinterpret_cast<Function*>(dlsym(library, name));
}

unsigned fp_mode() {
#if defined(__x86_64__)
  return _mm_getcsr();
#else
  return 0;
#endif
}

TEST(Load, Open_LeavesModeAndEnvironmentAloneAndPrintsNothing) {
  const unsigned before = fp_mode();
  const bool had_core = std::getenv("OPENBLAS_CORETYPE") != nullptr;
  testing::internal::CaptureStderr();
  testing::internal::CaptureStdout();
  void* library = dlopen(NOPT_LIBRARY_PATH, RTLD_NOW | RTLD_LOCAL);
  const std::string out = testing::internal::GetCapturedStdout();
  const std::string err = testing::internal::GetCapturedStderr();
  ASSERT_NE(library, nullptr) << dlerror();
  EXPECT_EQ(fp_mode(), before);
  EXPECT_EQ(std::getenv("OPENBLAS_CORETYPE") != nullptr, had_core);
  EXPECT_EQ(out, "");
  EXPECT_EQ(err, "");
}

TEST(Load, Open_HidesOpenBlas) {
  void* library = dlopen(NOPT_LIBRARY_PATH, RTLD_NOW | RTLD_LOCAL);
  ASSERT_NE(library, nullptr) << dlerror();
  EXPECT_EQ(dlsym(library, "cblas_sgemm"), nullptr);
  EXPECT_EQ(dlsym(library, "openblas_set_num_threads"), nullptr);
  EXPECT_NE(dlsym(library, "nopt_plan_run"), nullptr);
}

TEST(Load, Close_KeepsTheLibraryForItsThreads) {
  void* library = dlopen(NOPT_LIBRARY_PATH, RTLD_NOW | RTLD_LOCAL);
  ASSERT_NE(library, nullptr) << dlerror();
  auto* version = symbol<uint32_t()>(library, "nopt_abi_version");
  ASSERT_NE(version, nullptr);
  EXPECT_EQ(dlclose(library), 0);
  EXPECT_EQ(version(), static_cast<uint32_t>(NOPT_ABI_VERSION));
}

// OpenBLAS chooses its kernels while it is loaded. Each of these runs in a process of its own, which exits with 0 if
// `accept` likes the choice and writes it down.
template <class Accept>
void load_and_exit(const char* core_type, const Accept& accept) {
  core_type == nullptr ? unsetenv("OPENBLAS_CORETYPE") : setenv("OPENBLAS_CORETYPE", core_type, 1);
  void* library = dlopen(NOPT_LIBRARY_PATH, RTLD_NOW | RTLD_LOCAL);
  nopt_runtime_info info = {};
  info.struct_size = sizeof(info);
  if (library == nullptr || symbol<nopt_status(nopt_runtime_info*)>(library, "nopt_runtime_info_get")(&info) != NOPT_OK)
    _exit(2);
  const auto supported = symbol<int32_t(int32_t)>(library, "nopt_isa_supported");
  std::fprintf(stderr, "OpenBLAS core %s, %d threads\n", info.blas_core, info.blas_threads);
  const bool built_without = info.blas_threads == 0;
  _exit(built_without || accept(std::string(info.blas_core), supported) ? 0 : 1);
}

class OpenBlasCoreDeathTest : public testing::Test {
 protected:
  void SetUp() override { testing::FLAGS_gtest_death_test_style = "threadsafe"; }
};

using Supported = int32_t (*)(int32_t);

TEST_F(OpenBlasCoreDeathTest, Load_WithoutASetting_ChoosesTheBestForThisProcessor) {
  const auto accept = [](const std::string& core, Supported supported) {
    if (supported(NOPT_ISA_AVX512) == 1) return core == "SkylakeX";
    return supported(NOPT_ISA_AVX2) == 0 || core == "Haswell";
  };
  EXPECT_EXIT(load_and_exit(nullptr, accept), testing::ExitedWithCode(0), "OpenBLAS core");
}

TEST_F(OpenBlasCoreDeathTest, Load_WithTheUsersCore_TakesIt) {
  const auto accept = [](const std::string& core, Supported supported) {
    return supported(NOPT_ISA_AVX2) == 0 || core == "Haswell";
  };
  EXPECT_EXIT(load_and_exit("Haswell", accept), testing::ExitedWithCode(0), "OpenBLAS core");
}

TEST_F(OpenBlasCoreDeathTest, Load_WithMoreThreadsInTheEnvironment_StaysWithOne) {
  setenv("OPENBLAS_NUM_THREADS", "4", 1);
  EXPECT_EXIT(load_and_exit(nullptr, [](const std::string&, Supported) { return true; }), testing::ExitedWithCode(0),
              ", (0|1) threads");
  unsetenv("OPENBLAS_NUM_THREADS");
}

}  // namespace
}  // namespace nopt
