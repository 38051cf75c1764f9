// What this library and this machine are.
#include "abi/guard.h"
#include "abi/struct_check.h"
#include "core/cpu_features.h"
#include "core/isa.h"
#include "core/processors.h"
#include "gemm/openblas.h"

namespace {

#if defined(__clang__)
constexpr const char* kCompiler = __VERSION__;  // names itself
#elif defined(__GNUC__)
constexpr const char* kCompiler = "GCC " __VERSION__;
#else
constexpr const char* kCompiler = "unknown";
#endif

}  // namespace

extern "C" uint32_t nopt_abi_version(void) {
  return NOPT_ABI_VERSION;
}

extern "C" const char* nopt_header_sha256(void) {
  return
#include "header_hash.inc"
      ;
}

extern "C" int32_t nopt_isa_supported(int32_t isa) {
  return isa > NOPT_ISA_AUTO && isa <= NOPT_ISA_NEON && nopt::isa_supported(static_cast<nopt::Isa>(isa - 1)) ? 1 : 0;
}

extern "C" nopt_status nopt_runtime_info_get(nopt_runtime_info* info) {
  return nopt::guarded([&] {
    NOPT_CHECK(nopt::check_struct("info", info));
    const nopt::OpenBlasInfo blas = nopt::openblas_info();
    info->best_isa = static_cast<int32_t>(nopt::best_isa()) + 1;
    info->processor_count = nopt::usable_processors();
    info->blas_threads = blas.threads;
    info->version = NOPT_VERSION;
    info->compiler = kCompiler;
    info->processor = nopt::cpu_name();
    info->blas_version = blas.version;
    info->blas_core = blas.core;
    info->blas_threading = blas.threading;
    return nopt_status{NOPT_OK};
  });
}
