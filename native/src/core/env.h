// The environment variables of the library. All are read when a context is made, none while it works.
#ifndef NOPT_CORE_ENV_H
#define NOPT_CORE_ENV_H

namespace nopt {

constexpr const char* kEnvIsa = "NOPT_ISA";                 // scalar, sse4, avx2, avx512, neon; in any case
constexpr const char* kEnvGemm = "NOPT_GEMM";               // openblas, own; in any case
constexpr const char* kEnvNumThreads = "NOPT_NUM_THREADS";  // 1 .. 1024

// The value of a variable; null where it is not set or empty.
const char* env_value(const char* name);

// Whether a value is this word of lower-case letters and digits; upper case counts as lower case.
bool is_word(const char* value, const char* word);

}  // namespace nopt

#endif  // NOPT_CORE_ENV_H
