// The worker threads of the process: one pool, made at first use and never destroyed.
//
// A region is a list of blocks. Each participant starts with a contiguous share of them, so that the same thread meets
// the same memory in the next region, and takes from the other shares when its own is done. The caller is participant
// 0; it never waits for a worker that has not arrived, only for those that are inside when the last block has been
// taken.
#ifndef NOPT_CORE_THREAD_POOL_H
#define NOPT_CORE_THREAD_POOL_H

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>

#include "core/placement.h"

namespace nopt {

class ThreadPool {
 public:
  static constexpr int kMaxThreads = 1024;  // of one region, the caller included
  using BlockFunction = void (*)(const void* context, int64_t block);

  static ThreadPool& instance();

  // Runs all blocks on up to `threads` threads, or all of them here: within another region, while another caller has
  // the pool, after fork, and where threads cannot be made. Rethrows the first exception of a block when everybody has
  // left.
  void run(int threads, int64_t block_count, BlockFunction body, const void* context);

  int worker_count() const { return worker_count_.load(std::memory_order_acquire); }

 private:
  // What one participant owns; on cache lines of its own.
  struct alignas(128) Participant {
    std::atomic<int64_t> next_block{0};
    int64_t end_block = 0;
    std::atomic<bool> parked{false};
    std::mutex mutex;
    std::condition_variable wake;
    ThreadHandle thread{};
    std::atomic<int> kept_off{kNoProcessor};  // the processor of whoever woke it last, until it has begun
  };

  ThreadPool();
  void grow(int workers);
  bool start_worker(int index);
  void open_region(int participants, int64_t block_count, BlockFunction body, const void* context);
  void close_region();
  void take_blocks(int index);
  void run_block(int64_t block);
  void keep_away(Participant& worker);
  void worker_loop(int index);
  void wait_for_region(Participant& self, uint64_t seen, bool spin);
  bool may_spin() const { return participants_ <= processors_; }  // for those inside the region, and the caller
  bool try_enter(uint64_t* seen);
  void leave();

  // epoch << 17 | open << 16 | threads inside. A worker enters by adding one to an open word of an epoch it has not
  // seen.
  std::atomic<uint64_t> region_{0};
  std::atomic<int> worker_count_{0};
  std::atomic<bool> stop_{false};  // a block has thrown
  bool creation_failed_ = false;   // guarded by region_mutex_
  const int processors_;           // more threads than these do not spin: it would keep the others from running
  int participants_ = 0;
  BlockFunction body_ = nullptr;
  const void* context_ = nullptr;
  std::exception_ptr failure_;
  std::mutex region_mutex_;
  std::mutex done_mutex_;
  std::condition_variable done_;
  Participant* participant_[kMaxThreads] = {};
};

}  // namespace nopt

#endif  // NOPT_CORE_THREAD_POOL_H
