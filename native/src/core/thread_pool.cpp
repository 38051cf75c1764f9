#include "core/thread_pool.h"

#include <pthread.h>

#include <algorithm>
#include <chrono>
#include <new>
#include <thread>
#include <utility>

#include "core/fp_mode.h"
#include "core/parallel.h"
#include "core/processors.h"
#include "core/signal_mask.h"

namespace nopt {
namespace {

constexpr uint64_t kOpen = uint64_t{1} << 16;
constexpr uint64_t kInsideMask = kOpen - 1;
constexpr uint64_t kEpoch = uint64_t{1} << 17;
constexpr std::chrono::microseconds kSpinTime{50};

thread_local bool in_region = false;
std::atomic<bool> forked{false};

void pause_processor() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

// True as soon as done() is; false after kSpinTime.
template <class Condition>
bool spin_until(const Condition& done) {
  const auto deadline = std::chrono::steady_clock::now() + kSpinTime;
  do {
    for (int i = 0; i < 32; ++i) {
      if (done()) return true;
      pause_processor();
    }
  } while (std::chrono::steady_clock::now() < deadline);
  return false;
}

void run_inline(int64_t block_count, ThreadPool::BlockFunction body, const void* context) {
  for (int64_t block = 0; block < block_count; ++block) body(context, block);
}

// Marks the thread as inside a region for the lifetime of this object.
class RegionMark {
 public:
  RegionMark() { in_region = true; }
  ~RegionMark() { in_region = false; }
  RegionMark(const RegionMark&) = delete;
  RegionMark& operator=(const RegionMark&) = delete;
};

}  // namespace

ThreadPool& ThreadPool::instance() {
  alignas(ThreadPool) static unsigned char storage[sizeof(ThreadPool)];
  static ThreadPool* const pool = new (storage) ThreadPool;
  return *pool;
}

// The child of a fork has none of the workers, and a lock may be held by a thread it does not have.
ThreadPool::ThreadPool() : processors_(usable_processors()) {
  participant_[0] = new Participant;
  pthread_atfork(nullptr, nullptr, [] { forked.store(true); });
}

void ThreadPool::run(int threads, int64_t block_count, BlockFunction body, const void* context) {
  if (threads < 2 || block_count < 2 || in_region || forked.load()) return run_inline(block_count, body, context);
  const std::unique_lock<std::mutex> lock(region_mutex_, std::try_to_lock);
  if (!lock.owns_lock()) return run_inline(block_count, body, context);
  grow(std::min(threads, kMaxThreads) - 1);
  const int participants = std::min(threads, worker_count() + 1);
  open_region(participants, block_count, body, context);
  {
    const RegionMark mark;
    take_blocks(0);
  }
  close_region();
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

// A failure to make a thread is remembered: asking again before each region would cost more than the thread is worth.
void ThreadPool::grow(int workers) {
  if (worker_count() >= workers || creation_failed_) return;
  const SignalsBlocked blocked;
  for (int index = worker_count() + 1; index <= workers && !creation_failed_; ++index)
    creation_failed_ = !start_worker(index);
}

bool ThreadPool::start_worker(int index) {
  try {
    if (participant_[index] == nullptr) participant_[index] = new Participant;
    std::thread worker([this, index] { worker_loop(index); });
    participant_[index]->thread = worker.native_handle();
    worker.detach();
    keep_away(*participant_[index]);
  } catch (...) {
    return false;
  }
  worker_count_.store(index, std::memory_order_release);
  return true;
}

// A worker that sleeps, or has just been made, is to begin on another processor than the caller's.
void ThreadPool::keep_away(Participant& worker) {
  worker.kept_off.store(keep_off_this_processor(worker.thread, worker.kept_off.load()));
}

void ThreadPool::open_region(int participants, int64_t block_count, BlockFunction body, const void* context) {
  const int64_t share = block_count / participants;
  const int64_t rest = block_count % participants;
  int64_t begin = 0;
  for (int i = 0; i < participants; ++i) {
    participant_[i]->next_block.store(begin, std::memory_order_relaxed);
    begin += share + (i < rest ? 1 : 0);
    participant_[i]->end_block = begin;
  }
  participants_ = participants;
  body_ = body;
  context_ = context;
  stop_.store(false, std::memory_order_relaxed);
  region_.store((region_.load() | (kEpoch - 1)) + 1 + kOpen);
  // A worker says that it parks before it looks at region_ for the last time: it sees the new epoch, or is seen here.
  for (int i = 1; i < participants; ++i) {
    Participant& worker = *participant_[i];
    if (!worker.parked.load()) continue;
    const std::lock_guard<std::mutex> lock(worker.mutex);
    if (may_spin()) keep_away(worker);
    worker.wake.notify_one();
  }
}

void ThreadPool::close_region() {
  region_.fetch_and(~kOpen);
  const auto empty = [this] { return (region_.load() & kInsideMask) == 0; };
  if (empty() || (may_spin() && spin_until(empty))) return;
  std::unique_lock<std::mutex> lock(done_mutex_);
  done_.wait(lock, empty);
}

void ThreadPool::take_blocks(int index) {
  for (int i = 0; i < participants_; ++i) {
    Participant& owner = *participant_[(index + i) % participants_];
    for (;;) {
      const int64_t block = owner.next_block.fetch_add(1, std::memory_order_relaxed);
      if (block >= owner.end_block) break;
      run_block(block);
    }
  }
}

void ThreadPool::run_block(int64_t block) {
  if (stop_.load(std::memory_order_relaxed)) return;
  try {
    body_(context_, block);
  } catch (...) {
    if (!stop_.exchange(true)) failure_ = std::current_exception();
  }
}

void ThreadPool::worker_loop(int index) {
  set_kernel_fp_mode();
  in_region = true;  // whatever a worker runs is inside a region
  Participant& self = *participant_[index];
  uint64_t seen = 0;
  bool spin = false;
  for (;;) {
    wait_for_region(self, seen, spin);
    spin = false;
    if (!try_enter(&seen)) continue;
    if (self.kept_off.load() != kNoProcessor) return_to_processor(self.kept_off.exchange(kNoProcessor));
    if (index < participants_) take_blocks(index);
    spin = may_spin();
    leave();
  }
}

void ThreadPool::wait_for_region(Participant& self, uint64_t seen, bool spin) {
  const auto opened = [this, seen] {
    const uint64_t region = region_.load();
    return (region & kOpen) != 0 && region / kEpoch != seen;
  };
  if (opened() || (spin && spin_until(opened))) return;
  std::unique_lock<std::mutex> lock(self.mutex);
  self.parked.store(true);
  self.wake.wait(lock, opened);
  self.parked.store(false);
}

// False if the region closed in the meantime.
bool ThreadPool::try_enter(uint64_t* seen) {
  uint64_t region = region_.load();
  while ((region & kOpen) != 0) {
    if (region_.compare_exchange_weak(region, region + 1)) {
      *seen = region / kEpoch;
      return true;
    }
  }
  return false;
}

void ThreadPool::leave() {
  const uint64_t after = region_.fetch_sub(1) - 1;
  if ((after & (kOpen | kInsideMask)) != 0) return;
  const std::lock_guard<std::mutex> lock(done_mutex_);
  done_.notify_one();
}

void run_blocks(int threads, int64_t block_count, ThreadPool::BlockFunction body, const void* context) {
  ThreadPool::instance().run(threads, block_count, body, context);
}

}  // namespace nopt
