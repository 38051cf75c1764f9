#include "abi/context_options.h"

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "abi/context.h"
#include "core/env.h"
#include "core/processors.h"
#include "gemm/openblas.h"

namespace nopt {
namespace {

// "scalar, sse4, avx2": what this processor and build can run.
struct IsaList {
  char text[64] = "";
  IsaList() {
    for (int i = 0; i < kIsaCount; ++i) {
      const Isa isa = static_cast<Isa>(i);
      const std::size_t length = std::strlen(text);
      if (isa_supported(isa))
        std::snprintf(text + length, sizeof(text) - length, "%s%s", length == 0 ? "" : ", ", isa_name(isa));
    }
  }
};

nopt_status require_isa(const char* source, Isa isa, Isa* result) {
  if (!isa_supported(isa)) {
    return fail(NOPT_ERROR_UNSUPPORTED, "%s is %s, and this processor and build have %s", source, isa_name(isa),
                IsaList().text);
  }
  *result = isa;
  return NOPT_OK;
}

nopt_status resolve_isa(int32_t option, Isa* result) {
  if (option < NOPT_ISA_AUTO || option > NOPT_ISA_NEON) {
    return fail(NOPT_ERROR_ARGUMENT, "options.isa is %" PRId32 ", and must be 0 to %d", option,
                static_cast<int>(NOPT_ISA_NEON));
  }
  if (option != NOPT_ISA_AUTO) return require_isa("options.isa", static_cast<Isa>(option - 1), result);
  const char* name = env_value(kEnvIsa);
  if (name == nullptr) {
    *result = best_isa();
    return NOPT_OK;
  }
  Isa isa;
  if (isa_from_name(name, &isa)) return require_isa("the environment variable NOPT_ISA", isa, result);
  return fail(NOPT_ERROR_UNSUPPORTED,
              "the environment variable NOPT_ISA is \"%.64s\", and this processor and build have %s", name,
              IsaList().text);
}

nopt_status require_gemm(const char* source, int gemm, int* result) {
  if (gemm == NOPT_GEMM_OPENBLAS && !openblas_available()) {
    return fail(NOPT_ERROR_UNSUPPORTED, "%s is openblas, and this build has own only", source);
  }
  *result = gemm;
  return NOPT_OK;
}

nopt_status resolve_gemm(int32_t option, int* result) {
  if (option < NOPT_GEMM_AUTO || option > NOPT_GEMM_OWN) {
    return fail(NOPT_ERROR_ARGUMENT, "options.gemm is %" PRId32 ", and must be 0 to %d", option,
                static_cast<int>(NOPT_GEMM_OWN));
  }
  if (option != NOPT_GEMM_AUTO) return require_gemm("options.gemm", option, result);
  const char* name = env_value(kEnvGemm);
  if (name == nullptr) {
    *result = NOPT_GEMM_AUTO;
    return NOPT_OK;
  }
  const char* source = "the environment variable NOPT_GEMM";
  if (is_word(name, "openblas")) return require_gemm(source, NOPT_GEMM_OPENBLAS, result);
  if (is_word(name, "own")) return require_gemm(source, NOPT_GEMM_OWN, result);
  return fail(NOPT_ERROR_UNSUPPORTED, "%s is \"%.64s\", and must be openblas or own", source, name);
}

nopt_status resolve_threads(int32_t option, int* result) {
  if (option < 0 || option > kMaxContextThreads) {
    return fail(NOPT_ERROR_ARGUMENT, "options.thread_count is %" PRId32 ", and must be 0 to %d", option,
                kMaxContextThreads);
  }
  const char* text = env_value(kEnvNumThreads);
  if (option != 0 || text == nullptr) {
    *result = option != 0 ? option : std::min(usable_processors(), kMaxContextThreads);
    return NOPT_OK;
  }
  char* end = nullptr;
  const long count = std::strtol(text, &end, 10);
  const bool starts_with_digit = text[0] >= '0' && text[0] <= '9';  // strtol also takes blanks and signs
  if (!starts_with_digit || *end != '\0' || count < 1 || count > kMaxContextThreads) {
    return fail(NOPT_ERROR_ARGUMENT, "the environment variable NOPT_NUM_THREADS is \"%.64s\", and must be 1 to %d",
                text, kMaxContextThreads);
  }
  *result = static_cast<int>(count);
  return NOPT_OK;
}

}  // namespace

nopt_status resolve_options(const nopt_context_options& options, Execution* execution) {
  NOPT_CHECK(resolve_threads(options.thread_count, &execution->thread_count));
  NOPT_CHECK(resolve_isa(options.isa, &execution->isa));
  return resolve_gemm(options.gemm, &execution->gemm);
}

}  // namespace nopt
