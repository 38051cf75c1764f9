// A loop over independent blocks, shared by the threads of the pool.
//
// The blocks, not the threads, fix what is computed: a body whose block b always does the same work gives the same bits
// for any thread count. Reductions write one partial result a block and add them afterwards in block order.
#ifndef NOPT_CORE_PARALLEL_H
#define NOPT_CORE_PARALLEL_H

#include <cstdint>

#include "core/execution.h"

namespace nopt {

// Memory traffic that makes another thread worth waking.
constexpr int64_t kParallelGrainBytes = 256 * 1024;

// Runs body(context, b) for all b in [0, block_count) on at most `threads` threads. An exception of a body is rethrown
// here after all threads have left the region; the remaining blocks are then not run.
void run_blocks(int threads, int64_t block_count, void (*body)(const void* context, int64_t block),
                const void* context);

// Threads that a region is worth: one for each grain of traffic, at most thread_count and block_count.
inline int parallel_threads(const Execution& execution, int64_t block_count, int64_t bytes) {
  int64_t threads = bytes / kParallelGrainBytes;
  if (threads > execution.thread_count) threads = execution.thread_count;
  if (threads > block_count) threads = block_count;
  return threads < 1 ? 1 : static_cast<int>(threads);
}

// body(int64_t block) for every block in [0, block_count), on at most `threads` threads. Within a body another
// parallel_for runs serially.
template <class Body>
void parallel_for_on(int threads, int64_t block_count, const Body& body) {
  if (threads == 1) {
    for (int64_t block = 0; block < block_count; ++block) body(block);
    return;
  }
  run_blocks(
      threads, block_count, [](const void* context, int64_t block) { (*static_cast<const Body*>(context))(block); },
      &body);
}

// The same on as many threads as the work is worth. `bytes` is the memory traffic of the whole region; work bound by
// arithmetic passes what its time would be worth in bytes.
template <class Body>
void parallel_for(const Execution& execution, int64_t block_count, int64_t bytes, const Body& body) {
  parallel_for_on(parallel_threads(execution, block_count, bytes), block_count, body);
}

}  // namespace nopt

#endif  // NOPT_CORE_PARALLEL_H
