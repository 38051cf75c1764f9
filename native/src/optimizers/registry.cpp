#include "optimizers/registry.h"

#include <cstring>

namespace nopt {

#define NOPT_OPTIMIZER(name) extern const OptimizerInfo kOptimizer_##name;
#include "optimizer_table.inc"
#undef NOPT_OPTIMIZER

namespace {

#define NOPT_OPTIMIZER(name) &kOptimizer_##name,
const OptimizerInfo* const kOptimizers[] = {
#include "optimizer_table.inc"
};
#undef NOPT_OPTIMIZER

constexpr int kOptimizerCount = static_cast<int>(sizeof(kOptimizers) / sizeof(kOptimizers[0]));

}  // namespace

int optimizer_count() {
  return kOptimizerCount;
}

const OptimizerInfo& optimizer_at(int id) {
  return *kOptimizers[id];
}

int optimizer_find(const char* name) {
  for (int id = 0; id < kOptimizerCount; ++id) {
    if (std::strcmp(kOptimizers[id]->name, name) == 0) return id;
  }
  return -1;
}

bool optimizer_uses_slot(const OptimizerInfo& info, uint32_t variant, int slot) {
  return (variant & info.slot_variants[slot]) == info.slot_variants[slot];
}

}  // namespace nopt
