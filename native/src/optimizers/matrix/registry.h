// The matrix rules of this library by name: rules that need the rows and columns of a parameter, or sums over it. The
// table is constant: one entry for each rule file in this folder, written by cmake/OptimizerTable.cmake.
#ifndef NOPT_OPTIMIZERS_MATRIX_REGISTRY_H
#define NOPT_OPTIMIZERS_MATRIX_REGISTRY_H

#include <cstdint>

#include "core/execution.h"
#include "core/isa_table.h"
#include "nativeopt/nativeopt.h"

namespace nopt {

// One step on one parameter. The arguments have been checked.
using MatrixKernel = void(const Execution& execution, const nopt_matrix_step_args& args);

// All strings and arrays are static.
struct MatrixRuleInfo {
  const char* name;
  int slot_count;
  int scalar_count;
  int variant_count;
  int coefficients;  // a multiple of this many, in rows of their own; 0: the rule takes none
  const char* const* slot_names;
  const char* const* scalar_names;
  const char* const* variant_names;  // of bit 0, bit 1, ...
  const uint32_t* slot_variants;     // slot i is used where (variant & slot_variants[i]) == slot_variants[i]
  const int32_t* slot_shapes;        // nopt_slot_shape
  IsaTable<MatrixKernel> kernels;
};

int matrix_rule_count();

// index in [0, matrix_rule_count()).
const MatrixRuleInfo& matrix_rule_at(int index);

// The index of a name, or -1.
int matrix_rule_find(const char* name);

// Elements of a slot of this shape.
int64_t slot_elements(int32_t shape, int64_t rows, int64_t columns);

// Updates one parameter. The result does not depend on the number of threads; on the instruction set it depends only
// where a rule multiplies matrices.
void run_matrix_step(const Execution& execution, const nopt_matrix_step_args& args);

}  // namespace nopt

#endif  // NOPT_OPTIMIZERS_MATRIX_REGISTRY_H
