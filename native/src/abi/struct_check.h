// Checks of pointers to the structs of nativeopt.h, before any field but struct_size is read.
#ifndef NOPT_ABI_STRUCT_CHECK_H
#define NOPT_ABI_STRUCT_CHECK_H

#include <cstddef>
#include <cstdint>

#include "abi/error.h"

namespace nopt {

// A caller made for a newer version has larger structs; nobody has one this much larger.
constexpr std::size_t kMaxUnknownBytes = 4096;

// Not null, and aligned. `name` is the argument's.
nopt_status check_pointer(const char* name, const void* pointer, std::size_t alignment);

// check_pointer, and struct_size at least `known_size`, with zeros in all bytes beyond it.
nopt_status check_struct(const char* name, const void* pointer, std::size_t alignment, std::size_t known_size);

// Whether the struct passes at once, as nearly all do: of the size that this version knows. Spares the caller to put a name
// together that nobody reads.
template <class Struct>
bool is_current_struct(const Struct* pointer) {
  static_assert(offsetof(Struct, struct_size) == 0, "the size comes first");
  return pointer != nullptr && reinterpret_cast<std::uintptr_t>(pointer) % alignof(Struct) == 0 &&
         pointer->struct_size == sizeof(Struct);
}

template <class Struct>
nopt_status check_struct(const char* name, const Struct* pointer) {
  return check_struct(name, pointer, alignof(Struct), sizeof(Struct));
}

}  // namespace nopt

#endif  // NOPT_ABI_STRUCT_CHECK_H
