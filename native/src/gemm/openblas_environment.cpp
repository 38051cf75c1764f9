// What OpenBLAS reads from the environment.
//
// OpenBLAS chooses its kernels in its constructor, before any code of ours runs, and does not know processors newer
// than itself: it then takes SSE3 kernels, five times slower. The only way to tell it is the environment, and changing
// that of a running process races with every reader. So the linker turns each getenv of this library into __wrap_getenv
// (-Wl,--wrap=getenv), which answers for the variables OpenBLAS asks for and passes all others on.
#if NOPT_OPENBLAS

#include <cstring>

#include "core/cpu_features.h"

extern "C" {
char* __real_getenv(const char* name);
char* __wrap_getenv(const char* name);
}

namespace {

char skylakex_core[] = "SkylakeX";
char haswell_core[] = "Haswell";
char one_thread[] = "1";

// Null leaves the choice to OpenBLAS.
char* preferred_core() {
  const nopt::CpuFeatures cpu = nopt::cpu_features();
  if (cpu.avx512) return skylakex_core;
  return cpu.avx2 ? haswell_core : nullptr;
}

}  // namespace

// Runs inside OpenBLAS' constructor: nothing here may depend on static initialisation.
char* __wrap_getenv(const char* name) {
  // Threads are ours: with threads of its own OpenBLAS is slower than with one, and sums would depend on their number.
  if (std::strcmp(name, "OPENBLAS_NUM_THREADS") == 0) return one_thread;
  // The library never prints.
  if (std::strcmp(name, "OPENBLAS_VERBOSE") == 0) return nullptr;
  char* users = __real_getenv(name);
  if (users == nullptr && std::strcmp(name, "OPENBLAS_CORETYPE") == 0) return preferred_core();
  return users;
}

#endif
