#include "optimizers/matrix/registry.h"

#include <cstring>

#include "optimizers/registry.h"

namespace nopt {

#define NOPT_OPTIMIZER(name) extern const MatrixRuleInfo kMatrixRule_##name;
#include "matrix_rule_table.inc"
#undef NOPT_OPTIMIZER

namespace {

#define NOPT_OPTIMIZER(name) &kMatrixRule_##name,
const MatrixRuleInfo* const kRules[] = {
#include "matrix_rule_table.inc"
};
#undef NOPT_OPTIMIZER

constexpr int kRuleCount = static_cast<int>(sizeof(kRules) / sizeof(kRules[0]));

}  // namespace

int matrix_rule_count() {
  return kRuleCount;
}

const MatrixRuleInfo& matrix_rule_at(int index) {
  return *kRules[index];
}

int matrix_rule_find(const char* name) {
  for (int i = 0; i < kRuleCount; ++i) {
    if (std::strcmp(kRules[i]->name, name) == 0) return i;
  }
  return -1;
}

int64_t slot_elements(int32_t shape, int64_t rows, int64_t columns) {
  switch (shape) {
    case NOPT_SLOT_ROWS:
      return rows;
    case NOPT_SLOT_COLUMNS:
      return columns;
    default:
      return rows * columns;
  }
}

void run_matrix_step(const Execution& execution, const nopt_matrix_step_args& args) {
  matrix_rule_at(args.optimizer - optimizer_count()).kernels[execution.isa](execution, args);
}

}  // namespace nopt
