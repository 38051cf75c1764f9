// What one call of an optimizer kernel works on. The arithmetic is in rule-inl.h and in the rule files.
#ifndef NOPT_OPTIMIZERS_RULE_H
#define NOPT_OPTIMIZERS_RULE_H

#include <cstdint>

#include "core/isa_table.h"
#include "nativeopt/nativeopt.h"

namespace nopt {

// A run of parameters with the same hyper-parameters: elements [begin, begin + count) of each array.
struct RuleBlock {
  float* w;            // parameters, in and out
  float* g;            // gradients, in; out with NOPT_STEP_ZERO_GRADIENTS
  void* const* slots;  // arrays of the optimizer's state; null where the variant has no use for one
  int64_t begin;
  int64_t count;
  const nopt_prologue* prologue;
  const double* scalars;  // in the order of the rule's NOPT_SCALARS; rounded to float once a block
  uint32_t flags;         // nopt_step_flags
};

// Updates a block with the rule's variant (bits in the order of NOPT_VARIANTS).
using RuleKernel = void(uint32_t variant, const RuleBlock& block);

}  // namespace nopt

#endif  // NOPT_OPTIMIZERS_RULE_H
