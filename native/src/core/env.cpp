#include "core/env.h"

#include <cstdlib>

namespace nopt {

const char* env_value(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr || value[0] == '\0' ? nullptr : value;
}

bool is_word(const char* value, const char* word) {
  for (; *value != '\0' && *word != '\0'; ++value, ++word) {
    // ASCII alone: the program's locale must not matter.
    const char lower = *value >= 'A' && *value <= 'Z' ? static_cast<char>(*value - 'A' + 'a') : *value;
    if (lower != *word) return false;
  }
  return *value == *word;
}

}  // namespace nopt
