#include "abi/error.h"

#include <cinttypes>
#include <cstdarg>
#include <cstdio>

namespace nopt {
namespace {

constexpr int kCapacity = 512;
constexpr int kPrefixCapacity = 64;
thread_local char last_error[kCapacity];

// Writes the sentence elsewhere first: an argument may be last_error itself.
void write_error(const char* prefix, const char* format, std::va_list arguments) {
  char text[kCapacity - kPrefixCapacity];
  std::vsnprintf(text, sizeof(text), format, arguments);
  std::snprintf(last_error, sizeof(last_error), "%s%s", prefix, text);
}

}  // namespace

nopt_status fail(nopt_status status, const char* format, ...) {
  std::va_list arguments;
  va_start(arguments, format);
  write_error("", format, arguments);
  va_end(arguments);
  return status;
}

nopt_status fail_at(const OpSite& site, nopt_status status, const char* format, ...) {
  char prefix[kPrefixCapacity];
  std::snprintf(prefix, sizeof(prefix), "ops[%" PRId64 "].%s.", site.index, site.name);
  std::va_list arguments;
  va_start(arguments, format);
  write_error(prefix, format, arguments);
  va_end(arguments);
  return status;
}

}  // namespace nopt

extern "C" const char* nopt_last_error(void) {
  return nopt::last_error;
}

extern "C" const char* nopt_status_name(nopt_status status) {
  switch (status) {
#define NOPT_STATUS_NAME(name) \
  case name:                   \
    return #name;
    NOPT_STATUS_NAME(NOPT_OK)
    NOPT_STATUS_NAME(NOPT_ERROR_ARGUMENT)
    NOPT_STATUS_NAME(NOPT_ERROR_STRUCT_SIZE)
    NOPT_STATUS_NAME(NOPT_ERROR_SHAPE)
    NOPT_STATUS_NAME(NOPT_ERROR_OVERLAP)
    NOPT_STATUS_NAME(NOPT_ERROR_ALIGNMENT)
    NOPT_STATUS_NAME(NOPT_ERROR_DTYPE)
    NOPT_STATUS_NAME(NOPT_ERROR_HANDLE)
    NOPT_STATUS_NAME(NOPT_ERROR_NOT_FOUND)
    NOPT_STATUS_NAME(NOPT_ERROR_UNSUPPORTED)
    NOPT_STATUS_NAME(NOPT_ERROR_DATA)
    NOPT_STATUS_NAME(NOPT_ERROR_OUT_OF_MEMORY)
    NOPT_STATUS_NAME(NOPT_ERROR_INTERNAL)
#undef NOPT_STATUS_NAME
    default:
      return "unknown";
  }
}
