#include "abi/struct_check.h"

#include <cstdint>
#include <cstring>

namespace nopt {

nopt_status check_pointer(const char* name, const void* pointer, std::size_t alignment) {
  if (pointer == nullptr) return fail(NOPT_ERROR_ARGUMENT, "%s is null", name);
  if (reinterpret_cast<std::uintptr_t>(pointer) % alignment != 0) {
    return fail(NOPT_ERROR_ALIGNMENT, "%s is at %p, and must be at a multiple of %zu bytes", name, pointer, alignment);
  }
  return NOPT_OK;
}

nopt_status check_struct(const char* name, const void* pointer, std::size_t alignment, std::size_t known_size) {
  NOPT_CHECK(check_pointer(name, pointer, alignment));
  uint32_t struct_size = 0;
  std::memcpy(&struct_size, pointer, sizeof(struct_size));
  if (struct_size < known_size) {
    return fail(NOPT_ERROR_STRUCT_SIZE, "%s.struct_size is %u, and must be at least %zu", name, struct_size,
                known_size);
  }
  if (struct_size > known_size + kMaxUnknownBytes) {
    return fail(NOPT_ERROR_STRUCT_SIZE, "%s.struct_size is %u, and must be at most %zu", name, struct_size,
                known_size + kMaxUnknownBytes);
  }
  const unsigned char* bytes = static_cast<const unsigned char*>(pointer);
  for (std::size_t i = known_size; i < struct_size; ++i) {
    if (bytes[i] == 0) continue;
    return fail(NOPT_ERROR_STRUCT_SIZE,
                "%s.struct_size is %u and byte %zu is %u, but this version knows %zu bytes and the others must be 0",
                name, struct_size, i, bytes[i], known_size);
  }
  return NOPT_OK;
}

}  // namespace nopt
