#include "core/env.h"

#include <cstdlib>

namespace nopt {

const char* env_value(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr || value[0] == '\0' ? nullptr : value;
}

}  // namespace nopt
