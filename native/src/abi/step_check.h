// Checks that the operations of both families of optimizers share.
#ifndef NOPT_ABI_STEP_CHECK_H
#define NOPT_ABI_STEP_CHECK_H

#include <cstdint>

#include "abi/error.h"

namespace nopt {

// What a message calls an argument: "parameters", or "slots[1]". The text is put together only where a check has failed:
// a step of a thousand parameters takes less time than a few such texts.
struct ItemName {
  const char* name;
  int64_t index = -1;  // -1: no element of a list

  ItemName(const char* single) : name(single) {}  // NOLINT(google-explicit-constructor)
  ItemName(const char* list, int64_t element) : name(list), index(element) {}
};

// An array and the argument that says how many elements it has.
struct CountedArray {
  ItemName name;
  const void* data;
  const char* count_name;
  int64_t count;
};

// Not null, aligned, and at least one element of `size` bytes, all of which can be addressed.
nopt_status check_array(const OpSite& site, const CountedArray& array, int64_t size, int64_t alignment);

// Its numbers are finite and in their ranges.
nopt_status check_prologue(const OpSite& site, const ItemName& name, const nopt_prologue& prologue);

// Finite as a 32-bit number.
bool is_finite_f32(double value);

// What an operation says about its optimizer, and what the optimizer is.
struct StepShape {
  uint32_t variant;
  int32_t dtype;
  int32_t slot_count;
  int32_t scalar_count;
};
nopt_status check_step_shape(const OpSite& site, const char* optimizer, int variant_count, const StepShape& actual,
                             int slot_count, int scalar_count);

}  // namespace nopt

#endif  // NOPT_ABI_STEP_CHECK_H
