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
  double factor;          // what the rule made of the sums over a tensor; otherwise 0
};

// Updates a block with the rule's variant (bits in the order of NOPT_VARIANTS).
using RuleKernel = void(uint32_t variant, const RuleBlock& block);

// Sums that the first pass of a rule may take.
constexpr int kRuleSums = 2;

// The first pass over a block: updates some slots and writes kRuleSums sums over the block.
using MeasureKernel = void(uint32_t variant, const RuleBlock& block, double* sums);

// What the sums over a tensor mean for the second pass: RuleBlock.factor. Moves the numbers on that the rule keeps for it.
using CombineKernel = double(uint32_t variant, const double* sums, const double* scalars, double* numbers);

// The first pass of a rule that has one.
struct Measurement {
  int scope;  // nopt_scope: what the sums run over
  int number_count;
  const char* const* number_names;
  IsaTable<MeasureKernel> measure;
  IsaTable<CombineKernel> combine;  // nulls where the sums run over all: the caller then decides what they mean
};

}  // namespace nopt

#endif  // NOPT_OPTIMIZERS_RULE_H
