#include "core/placement.h"

#include <gtest/gtest.h>

#if defined(__linux__)

#include <pthread.h>
#include <sched.h>

#include <atomic>
#include <chrono>
#include <future>
#include <thread>

#include "core/parallel.h"

namespace nopt {
namespace {

cpu_set_t processors_of(pthread_t thread) {
  cpu_set_t set;
  CPU_ZERO(&set);
  pthread_getaffinity_np(thread, sizeof(set), &set);
  return set;
}

// Holds this thread on one processor, the n-th it may run on.
class Pinned {
 public:
  explicit Pinned(int n) : before_(processors_of(pthread_self())) {
    for (int i = 0; i < CPU_SETSIZE; ++i) {
      if (CPU_ISSET(i, &before_) && n-- == 0) processor = i;
    }
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(processor, &one);
    pthread_setaffinity_np(pthread_self(), sizeof(one), &one);
  }
  ~Pinned() { pthread_setaffinity_np(pthread_self(), sizeof(before_), &before_); }

  int processor = 0;

 private:
  cpu_set_t before_;
};

class Placement : public testing::Test {
 protected:
  void SetUp() override {
    all_ = processors_of(pthread_self());
    if (CPU_COUNT(&all_) < 2) GTEST_SKIP() << "one processor";
  }

  cpu_set_t all_;
};

TEST_F(Placement, KeepOffThisProcessor_TakesOneAway_AndGivesTheOneBeforeBack) {
  std::promise<void> end;
  std::thread sleeper([ended = end.get_future()] { ended.wait(); });
  const pthread_t handle = sleeper.native_handle();
  int kept_off = kNoProcessor;
  for (int n : {0, 1, 1, 0}) {
    const Pinned here(n);
    kept_off = keep_off_this_processor(handle, kept_off);
    EXPECT_EQ(kept_off, here.processor);
    cpu_set_t expected = all_;
    CPU_CLR(here.processor, &expected);
    const cpu_set_t allowed = processors_of(handle);
    EXPECT_TRUE(CPU_EQUAL(&allowed, &expected));
  }
  end.set_value();
  sleeper.join();
}

TEST_F(Placement, KeepOffThisProcessor_WhereThereIsNoOther_ChangesNothing) {
  const Pinned here(0);
  std::promise<void> end;
  std::thread sleeper([ended = end.get_future()] { ended.wait(); });
  EXPECT_EQ(keep_off_this_processor(sleeper.native_handle(), kNoProcessor), kNoProcessor);
  end.set_value();
  sleeper.join();
}

// The caller's block lasts until the worker has begun: a worker that waits for the caller's processor would never.
TEST_F(Placement, AWorkerThatSlept_BeginsOnAnotherProcessor_AndMayGoAnywhereThen) {
  const auto open_region = [](auto&& begin) {
    std::atomic<bool> begun{false};
    const auto self = std::this_thread::get_id();
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    parallel_for_on(2, 2, [&](int64_t) {
      if (std::this_thread::get_id() != self) {
        begin();
        begun = true;
      }
      while (!begun && std::chrono::steady_clock::now() < deadline) {
      }
    });
    EXPECT_TRUE(begun);
  };
  open_region([] {});  // makes the worker, which may run where this thread may
  const Pinned here(0);
  for (int i = 0; i < 5; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    int processor = kNoProcessor;
    cpu_set_t allowed;
    open_region([&] {
      processor = sched_getcpu();
      allowed = processors_of(pthread_self());
    });
    EXPECT_NE(processor, here.processor);
    EXPECT_TRUE(CPU_EQUAL(&allowed, &all_));
  }
}

}  // namespace
}  // namespace nopt

#endif  // __linux__
