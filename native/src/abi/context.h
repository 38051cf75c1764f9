// Contexts: what a handle of the C ABI stands for.
//
// All that a context holds fits into one 64-bit word beside a generation number, so a handle is looked up with one
// atomic load: no lock, nothing that could be freed while somebody uses it, and a closed or made-up handle is simply
// not found.
#ifndef NOPT_ABI_CONTEXT_H
#define NOPT_ABI_CONTEXT_H

#include <cstdint>

#include "abi/error.h"
#include "core/execution.h"

namespace nopt {

constexpr int kMaxContexts = 65536;
constexpr int kMaxContextThreads = 1024;

// Fails if all places are taken.
nopt_status open_context(const Execution& execution, uint64_t* handle);

// Fails for a handle that is closed or was never made.
nopt_status close_context(uint64_t handle);

// Copies what the handle stands for. The copy stays good if the context is closed meanwhile.
nopt_status find_context(uint64_t handle, Execution* execution);

}  // namespace nopt

#endif  // NOPT_ABI_CONTEXT_H
