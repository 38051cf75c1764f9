// Contexts as handles: closed, foreign, reused, and used while somebody else closes them.
#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>
#include <vector>

#include "nativeopt/nativeopt.h"

namespace nopt {
namespace testing_abi {
namespace {

constexpr int kPlaces = 65536;

uint64_t create() {
  const nopt_context_options options = {sizeof(options), 1, NOPT_ISA_SCALAR, NOPT_GEMM_OWN};
  uint64_t context = 0;
  EXPECT_EQ(nopt_context_create(&options, &context), NOPT_OK) << nopt_last_error();
  return context;
}

nopt_status use(uint64_t context) {
  nopt_context_info info = {};
  info.struct_size = sizeof(info);
  return nopt_context_info_get(context, &info);
}

TEST(Handle, Destroy_OfZero_IsIgnored) {
  EXPECT_EQ(nopt_context_destroy(0), NOPT_OK);
}

TEST(Handle, Destroy_Twice_FailsTheSecondTime) {
  const uint64_t context = create();
  EXPECT_EQ(nopt_context_destroy(context), NOPT_OK);
  EXPECT_EQ(nopt_context_destroy(context), NOPT_ERROR_HANDLE);
  EXPECT_EQ(use(context), NOPT_ERROR_HANDLE);
}

TEST(Handle, Use_OfMadeUpHandles_Fails) {
  for (uint64_t context :
       {uint64_t{0}, uint64_t{1}, uint64_t{kPlaces}, uint64_t{0xFFFFFFFF}, uint64_t{1} << 32, UINT64_MAX}) {
    EXPECT_EQ(use(context), NOPT_ERROR_HANDLE) << context;
  }
}

TEST(Handle, Create_AgainInTheSamePlace_GivesAnotherHandle) {
  const uint64_t first = create();
  EXPECT_EQ(nopt_context_destroy(first), NOPT_OK);
  std::set<uint64_t> seen = {first};
  // Round the table twice: the place of `first` is used again.
  for (int i = 0; i < 2 * kPlaces + 2; ++i) {
    const uint64_t context = create();
    ASSERT_TRUE(seen.insert(context).second) << "handle given twice";
    ASSERT_EQ(nopt_context_destroy(context), NOPT_OK);
  }
  EXPECT_EQ(use(first), NOPT_ERROR_HANDLE);
}

TEST(Handle, Create_WhenAllPlacesAreTaken_Fails) {
  std::vector<uint64_t> open;
  for (int i = 0; i < kPlaces; ++i) open.push_back(create());
  uint64_t context = 77;
  EXPECT_EQ(nopt_context_create(nullptr, &context), NOPT_ERROR_OUT_OF_MEMORY);
  EXPECT_EQ(context, 77u);
  for (uint64_t handle : open) EXPECT_EQ(nopt_context_destroy(handle), NOPT_OK);
  EXPECT_EQ(nopt_context_destroy(create()), NOPT_OK);
}

TEST(Handle, Destroy_WhileOthersUseIt_GivesThemAStatus) {
  std::atomic<uint64_t> current{create()};
  std::atomic<bool> stop{false};
  std::atomic<int> other_status{0};
  std::vector<std::thread> users;
  for (int t = 0; t < 3; ++t) {
    users.emplace_back([&] {
      while (!stop) {
        const nopt_status status = nopt_plan_run(current, nullptr, 0);
        other_status += status != NOPT_OK && status != NOPT_ERROR_HANDLE;
      }
    });
  }
  for (int i = 0; i < 5000; ++i) {
    const uint64_t old = current.exchange(create());
    EXPECT_EQ(nopt_context_destroy(old), NOPT_OK);
  }
  stop = true;
  for (std::thread& user : users) user.join();
  EXPECT_EQ(other_status, 0);
  EXPECT_EQ(nopt_context_destroy(current), NOPT_OK);
}

TEST(Handle, Destroy_FromManyThreadsAtOnce_SucceedsForOne) {
  for (int i = 0; i < 200; ++i) {
    const uint64_t context = create();
    std::atomic<int> closed{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) threads.emplace_back([&] { closed += nopt_context_destroy(context) == NOPT_OK; });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(closed, 1);
  }
}

}  // namespace
}  // namespace testing_abi
}  // namespace nopt
