// The optimizers of this library by name. The table is constant: one entry for each rule file, written by
// cmake/OptimizerTable.cmake.
#ifndef NOPT_OPTIMIZERS_REGISTRY_H
#define NOPT_OPTIMIZERS_REGISTRY_H

#include <cstdint>

#include "optimizers/rule.h"

namespace nopt {

// All strings and arrays are static.
struct OptimizerInfo {
  const char* name;
  int slot_count;
  int scalar_count;
  int variant_count;
  const char* const* slot_names;
  const char* const* scalar_names;
  const char* const* variant_names;  // of bit 0, bit 1, ...
  const uint32_t* slot_variants;     // slot i is used where (variant & slot_variants[i]) == slot_variants[i]
  IsaTable<RuleKernel> kernels;
  Measurement measurement;  // zeros for a rule of one pass
};

int optimizer_count();

// id in [0, optimizer_count()).
const OptimizerInfo& optimizer_at(int id);

// The id of a name, or -1.
int optimizer_find(const char* name);

// Whether a variant of the optimizer uses slot `slot`.
bool optimizer_uses_slot(const OptimizerInfo& info, uint32_t variant, int slot);

}  // namespace nopt

#endif  // NOPT_OPTIMIZERS_REGISTRY_H
