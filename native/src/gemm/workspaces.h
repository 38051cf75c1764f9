// Memory for the threads of one parallel region, all of it from the scratch of the thread that opens the region. A
// worker may meet its first block in any region, so memory of its own would be allocated at a time that nobody can
// foresee; this is allocated by the first call and none after it.
#ifndef NOPT_GEMM_WORKSPACES_H
#define NOPT_GEMM_WORKSPACES_H

#include <atomic>
#include <cstdint>

#include "core/scratch.h"
#include "core/thread_pool.h"

namespace nopt {

class Workspaces {
 public:
  // One workspace of `floats` floats for each thread, at most ThreadPool::kMaxThreads. May throw std::bad_alloc.
  Workspaces(int threads, int64_t floats)
      : words_((threads + kBits - 1) / kBits),
        floats_((floats + kLineFloats - 1) / kLineFloats * kLineFloats),
        memory_(floats == 0 ? nullptr : scratch_floats(kScratchGemm, threads * floats_)) {
    for (int i = 0; i < words_; ++i) {
      const int rest = threads - i * kBits;
      free_[i].store(rest >= kBits ? ~uint64_t{0} : (uint64_t{1} << rest) - 1, std::memory_order_relaxed);
    }
  }

  // Holds a workspace for its lifetime. There is always a free one, because no more threads than workspaces take part.
  class Lease {
   public:
    explicit Lease(Workspaces& owner) : owner_(owner), index_(owner.take()) {}
    ~Lease() { owner_.give_back(index_); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    float* floats() const { return owner_.memory_ + index_ * owner_.floats_; }

   private:
    Workspaces& owner_;
    const int index_;
  };

 private:
  static constexpr int kBits = 64;
  static constexpr int64_t kLineFloats = 16;

  int take() {
    for (int i = 0;; i = (i + 1) % words_) {
      uint64_t free = free_[i].load(std::memory_order_relaxed);
      while (free != 0) {
        if (free_[i].compare_exchange_weak(free, free & (free - 1), std::memory_order_acquire)) {
          return i * kBits + __builtin_ctzll(free);
        }
      }
    }
  }

  void give_back(int index) {
    free_[index / kBits].fetch_or(uint64_t{1} << (index % kBits), std::memory_order_release);
  }

  std::atomic<uint64_t> free_[ThreadPool::kMaxThreads / kBits];  // a bit for each workspace
  const int words_;
  const int64_t floats_;
  float* const memory_;
};

}  // namespace nopt

#endif  // NOPT_GEMM_WORKSPACES_H
