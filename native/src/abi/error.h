// Failures of the C ABI: a status, and a sentence kept for the calling thread.
#ifndef NOPT_ABI_ERROR_H
#define NOPT_ABI_ERROR_H

#include <cstdint>

#include "nativeopt/nativeopt.h"

#if defined(__GNUC__)
#define NOPT_PRINTF_FORMAT(text, first) __attribute__((format(printf, text, first)))
#else
#define NOPT_PRINTF_FORMAT(text, first)
#endif

// Returns from the calling function if a check has failed.
#define NOPT_CHECK(check)                                       \
  do {                                                          \
    const nopt_status nopt_check_status = (check);              \
    if (nopt_check_status != NOPT_OK) return nopt_check_status; \
  } while (false)

namespace nopt {

// The operation of a plan that is being checked; messages begin "ops[3].loss.".
struct OpSite {
  int64_t index;
  const char* name;
};

// Both keep the sentence for nopt_last_error, without allocating, and return `status`.
NOPT_PRINTF_FORMAT(2, 3) nopt_status fail(nopt_status status, const char* format, ...);
NOPT_PRINTF_FORMAT(3, 4) nopt_status fail_at(const OpSite& site, nopt_status status, const char* format, ...);

}  // namespace nopt

#endif  // NOPT_ABI_ERROR_H
