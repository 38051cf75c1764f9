#include "core/thread_pool.h"

#include <gtest/gtest.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cmath>
#include <stdexcept>
#include <thread>
#include <vector>

#include "core/fp_mode.h"
#include "core/parallel.h"

namespace nopt {
namespace {

constexpr int64_t kMuchWork = int64_t{1} << 40;  // bytes: every thread is worth waking

Execution with_threads(int threads) {
  return {Isa::kScalar, 0, threads};
}

// Sum of square roots by blocks, added in block order: any dependence on the thread count shows in the last bits.
float blocked_sum(int threads) {
  constexpr int64_t kBlocks = 97;
  std::vector<float> partial(kBlocks);
  parallel_for(with_threads(threads), kBlocks, kMuchWork, [&](int64_t block) {
    float sum = 0;
    for (int i = 0; i < 1000; ++i) sum += std::sqrt(static_cast<float>(block * 1000 + i));
    partial[block] = sum;
  });
  float total = 0;
  for (float p : partial) total += p;
  return total;
}

class ThreadCount : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(ThreadPool, ThreadCount, testing::Values(1, 2, 3, 7), testing::PrintToStringParamName());

TEST_P(ThreadCount, ParallelFor_RunsEachBlockOnce) {
  for (int64_t blocks : {0, 1, 2, 3, 6, 7, 8, 1000}) {
    std::vector<std::atomic<int>> runs(static_cast<size_t>(blocks));
    parallel_for(with_threads(GetParam()), blocks, kMuchWork, [&](int64_t block) { ++runs[block]; });
    for (int64_t b = 0; b < blocks; ++b) EXPECT_EQ(runs[b], 1) << "block " << b << " of " << blocks;
  }
}

TEST_P(ThreadCount, ParallelFor_GivesTheBitsOfOneThread) {
  EXPECT_EQ(blocked_sum(GetParam()), blocked_sum(1));
}

TEST_P(ThreadCount, ParallelFor_NestedRegion_RunsOnTheThreadItIsIn) {
  std::atomic<int> foreign{0};
  parallel_for(with_threads(GetParam()), 20, kMuchWork, [&](int64_t) {
    const auto self = std::this_thread::get_id();
    parallel_for(with_threads(GetParam()), 5, kMuchWork,
                 [&](int64_t) { foreign += std::this_thread::get_id() != self; });
  });
  EXPECT_EQ(foreign, 0);
}

TEST_P(ThreadCount, ParallelFor_BlockThrows_RethrowsAndStaysUsable) {
  const auto throwing = [&] {
    parallel_for(with_threads(GetParam()), 50, kMuchWork, [](int64_t block) {
      if (block == 30) throw std::out_of_range("block 30");
    });
  };
  EXPECT_THROW(throwing(), std::out_of_range);
  EXPECT_EQ(blocked_sum(GetParam()), blocked_sum(1));
}

TEST(ThreadPool, ParallelFor_WithTwoThreads_UsesAWorker) {
  std::atomic<bool> worker_came{false};
  const auto self = std::this_thread::get_id();
  // The caller's block lasts until a worker has taken the other one.
  parallel_for(with_threads(2), 2, kMuchWork, [&](int64_t) {
    if (std::this_thread::get_id() != self) worker_came = true;
    for (int i = 0; i < 5000 && !worker_came; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  });
  EXPECT_TRUE(worker_came);
}

TEST(ThreadPool, ParallelFor_LittleWork_StaysOnTheCaller) {
  const auto self = std::this_thread::get_id();
  parallel_for(with_threads(4), 100, kParallelGrainBytes,
               [&](int64_t) { EXPECT_EQ(std::this_thread::get_id(), self); });
}

TEST(ThreadPool, ParallelThreads_GrowWithTheTraffic) {
  EXPECT_EQ(parallel_threads(with_threads(8), 100, 0), 1);
  EXPECT_EQ(parallel_threads(with_threads(8), 100, 3 * kParallelGrainBytes), 3);
  EXPECT_EQ(parallel_threads(with_threads(8), 100, kMuchWork), 8);
  EXPECT_EQ(parallel_threads(with_threads(8), 5, kMuchWork), 5);
}

TEST(ThreadPool, ParallelFor_MoreThreadsThanBefore_Grows) {
  blocked_sum(2);
  blocked_sum(9);
  EXPECT_GE(ThreadPool::instance().worker_count(), 8);
}

TEST(ThreadPool, ParallelFor_ManyCallersAtOnce_EachGetsItsOwnResult) {
  const float expected = blocked_sum(1);
  std::atomic<int> wrong{0};
  std::vector<std::thread> callers;
  for (int c = 0; c < 24; ++c) {
    callers.emplace_back([&] {
      for (int i = 0; i < 50; ++i) wrong += blocked_sum(3) != expected;
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(wrong, 0);
}

TEST(ThreadPool, Workers_RunInTheFloatingPointModeOfKernels) {
  std::atomic<int> other{0};
  const auto self = std::this_thread::get_id();
  parallel_for(with_threads(4), 200, kMuchWork, [&](int64_t) {
    std::this_thread::sleep_for(std::chrono::microseconds(50));
    // Exception flags (bits 0 to 5) are no part of the mode.
    if (std::this_thread::get_id() != self) other += (get_fp_mode() & ~FpMode{0x3F}) != kKernelFpMode;
  });
  EXPECT_EQ(other, 0);
}

TEST(ThreadPool, Workers_HaveAllSignalsBlocked) {
  std::atomic<int> open{0};
  const auto self = std::this_thread::get_id();
  parallel_for(with_threads(4), 200, kMuchWork, [&](int64_t) {
    std::this_thread::sleep_for(std::chrono::microseconds(50));
    sigset_t blocked;
    pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
    if (std::this_thread::get_id() != self)
      open += !(sigismember(&blocked, SIGINT) == 1 && sigismember(&blocked, SIGPROF) == 1);
  });
  EXPECT_EQ(open, 0);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
// In a process of its own, where no stack can be had for another thread.
TEST(ThreadPoolDeathTest, ParallelFor_WhereThreadsCannotBeMade_RunsInline) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  const auto run = [] {
    const float expected = blocked_sum(1);
    const rlimit limit = {1, 1};
    setrlimit(RLIMIT_AS, &limit);
    const bool right = blocked_sum(3) == expected && blocked_sum(3) == expected;
    _exit(right && ThreadPool::instance().worker_count() == 0 ? 0 : 1);
  };
  EXPECT_EXIT(run(), testing::ExitedWithCode(0), "");
}
#endif

TEST(ThreadPool, ParallelFor_InTheChildOfAFork_RunsInline) {
  const float expected = blocked_sum(3);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) _exit(blocked_sum(3) == expected ? 0 : 1);
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "status " << status;
}

TEST(ThreadPool, ParallelFor_ForkWhileTheOtherThreadsWork_ChildDoesNotHang) {
  std::atomic<bool> stop{false};
  std::thread busy([&] {
    while (!stop) blocked_sum(3);
  });
  for (int i = 0; i < 10; ++i) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      alarm(20);
      parallel_for(with_threads(3), 10, kMuchWork, [](int64_t) {});
      _exit(0);
    }
    int status = -1;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "status " << status;
  }
  stop = true;
  busy.join();
}

}  // namespace
}  // namespace nopt
