#include "abi/context.h"

#include <atomic>
#include <cinttypes>

namespace nopt {
namespace {

// A place: generation << 32 | open << 31 | isa << 16 | gemm << 12 | thread_count. The generation of a place counts the
// contexts that were opened there; a handle is generation << 32 | (index of the place + 1).
constexpr uint64_t kOpen = uint64_t{1} << 31;
constexpr uint64_t kThreadMask = 0xFFF;
constexpr uint64_t kGemmMask = 0xF;
constexpr uint64_t kIsaMask = 0xF;
constexpr uint64_t kLowMask = 0xFFFFFFFF;

std::atomic<uint64_t> places[kMaxContexts];
std::atomic<uint32_t> next_place{0};

uint64_t pack(uint64_t generation, const Execution& execution) {
  return generation << 32 | kOpen | static_cast<uint64_t>(execution.isa) << 16 |
         static_cast<uint64_t>(execution.gemm) << 12 | static_cast<uint64_t>(execution.thread_count);
}

Execution unpack(uint64_t word) {
  return {static_cast<Isa>(word >> 16 & kIsaMask), static_cast<int>(word >> 12 & kGemmMask),
          static_cast<int>(word & kThreadMask)};
}

// Null if the handle names no place.
std::atomic<uint64_t>* place_of(uint64_t handle) {
  const uint64_t index = (handle & kLowMask) - 1;
  return index < kMaxContexts ? &places[index] : nullptr;
}

// The word of an open context with this handle; 0 if there is none.
uint64_t word_of(uint64_t handle) {
  const std::atomic<uint64_t>* place = place_of(handle);
  const uint64_t word = place == nullptr ? 0 : place->load(std::memory_order_acquire);
  return (word & kOpen) != 0 && word >> 32 == handle >> 32 ? word : 0;
}

nopt_status fail_handle(uint64_t handle) {
  return fail(NOPT_ERROR_HANDLE, "context is 0x%016" PRIx64 ", which is closed or was never created", handle);
}

}  // namespace

nopt_status open_context(const Execution& execution, uint64_t* handle) {
  for (int attempt = 0; attempt < kMaxContexts; ++attempt) {
    const uint32_t index = next_place.fetch_add(1, std::memory_order_relaxed) % kMaxContexts;
    uint64_t word = places[index].load(std::memory_order_relaxed);
    if ((word & kOpen) != 0) continue;
    const uint64_t generation = ((word >> 32) + 1) & kLowMask;
    if (!places[index].compare_exchange_strong(word, pack(generation, execution), std::memory_order_acq_rel)) continue;
    *handle = generation << 32 | (index + 1);
    return NOPT_OK;
  }
  return fail(NOPT_ERROR_OUT_OF_MEMORY, "%d contexts are open already, and there can be no more", kMaxContexts);
}

nopt_status close_context(uint64_t handle) {
  uint64_t word = word_of(handle);
  if (word == 0) return fail_handle(handle);
  if (!place_of(handle)->compare_exchange_strong(word, word & ~kOpen, std::memory_order_acq_rel))
    return fail_handle(handle);
  return NOPT_OK;
}

nopt_status find_context(uint64_t handle, Execution* execution) {
  const uint64_t word = word_of(handle);
  if (word == 0) return fail_handle(handle);
  *execution = unpack(word);
  return NOPT_OK;
}

}  // namespace nopt
