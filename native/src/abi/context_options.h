// From the caller's options and the environment to an Execution.
#ifndef NOPT_ABI_CONTEXT_OPTIONS_H
#define NOPT_ABI_CONTEXT_OPTIONS_H

#include "abi/error.h"
#include "core/execution.h"

namespace nopt {

// An option that is not zero wins over the environment; the environment over the default.
nopt_status resolve_options(const nopt_context_options& options, Execution* execution);

}  // namespace nopt

#endif  // NOPT_ABI_CONTEXT_OPTIONS_H
