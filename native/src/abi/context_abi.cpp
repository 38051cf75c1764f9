// nopt_context_*.
#include "abi/context.h"
#include "abi/context_options.h"
#include "abi/guard.h"
#include "abi/struct_check.h"

using nopt::guarded;

extern "C" nopt_status nopt_context_create(const nopt_context_options* options, uint64_t* context) {
  return guarded([&] {
    NOPT_CHECK(nopt::check_pointer("context", context, alignof(uint64_t)));
    nopt_context_options chosen = {};
    if (options != nullptr) {
      NOPT_CHECK(nopt::check_struct("options", options));
      chosen = *options;
    }
    nopt::Execution execution = {};
    NOPT_CHECK(nopt::resolve_options(chosen, &execution));
    return nopt::open_context(execution, context);
  });
}

extern "C" nopt_status nopt_context_destroy(uint64_t context) {
  return guarded([&] { return context == 0 ? NOPT_OK : nopt::close_context(context); });
}

extern "C" nopt_status nopt_context_info_get(uint64_t context, nopt_context_info* info) {
  return guarded([&] {
    nopt::Execution execution = {};
    NOPT_CHECK(nopt::find_context(context, &execution));
    NOPT_CHECK(nopt::check_struct("info", info));
    info->thread_count = execution.thread_count;
    info->isa = static_cast<int32_t>(execution.isa) + 1;
    info->gemm = execution.gemm;
    info->isa_name = nopt::isa_name(execution.isa);
    return nopt_status{NOPT_OK};
  });
}
