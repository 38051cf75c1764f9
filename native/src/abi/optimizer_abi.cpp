// nopt_optimizer_*: which optimizers there are.
#include <cinttypes>
#include <cstdio>
#include <cstring>

#include "abi/guard.h"
#include "abi/struct_check.h"
#include "optimizers/matrix/registry.h"
#include "optimizers/registry.h"

namespace nopt {
namespace {

// Ids go on from the elementwise rules to the matrix rules.
int all_count() {
  return optimizer_count() + matrix_rule_count();
}

const char* name_of(int id) {
  return id < optimizer_count() ? optimizer_at(id).name : matrix_rule_at(id - optimizer_count()).name;
}

// "adam, momentum, ...": as many names as fit.
struct NameList {
  char text[400] = "";
  NameList() {
    for (int id = 0; id < all_count(); ++id) {
      const std::size_t length = std::strlen(text);
      std::snprintf(text + length, sizeof(text) - length, "%s%s", id == 0 ? "" : ", ", name_of(id));
    }
  }
};

nopt_status find(const char* name, int32_t* id) {
  if (name == nullptr) return fail(NOPT_ERROR_ARGUMENT, "name is null");
  NOPT_CHECK(check_pointer("id", id, alignof(int32_t)));
  int found = optimizer_find(name);
  if (found < 0 && matrix_rule_find(name) >= 0) found = optimizer_count() + matrix_rule_find(name);
  if (found < 0)
    return fail(NOPT_ERROR_NOT_FOUND, "name is \"%.64s\", and the optimizers are %s", name, NameList().text);
  *id = found;
  return NOPT_OK;
}

// What both families have under the same names.
template <class Rule>
void describe_words(const Rule& rule, nopt_optimizer_info* info) {
  info->slot_count = rule.slot_count;
  info->scalar_count = rule.scalar_count;
  info->variant_count = rule.variant_count;
  info->name = rule.name;
  info->slot_names = rule.slot_names;
  info->scalar_names = rule.scalar_names;
  info->variant_names = rule.variant_names;
  info->slot_variants = rule.slot_variants;
}

nopt_status describe(int32_t id, nopt_optimizer_info* info) {
  if (id < 0 || id >= all_count()) {
    return fail(NOPT_ERROR_NOT_FOUND, "id is %" PRId32 ", and must be at least 0 and below %d", id, all_count());
  }
  NOPT_CHECK(check_struct("info", info));
  if (id < optimizer_count()) {
    const OptimizerInfo& optimizer = optimizer_at(id);
    describe_words(optimizer, info);
    info->scope = optimizer.measurement.scope;
    info->number_count = optimizer.measurement.number_count;
    info->number_names = optimizer.measurement.number_names;
    info->slot_shapes = nullptr;
  } else {
    const MatrixRuleInfo& rule = matrix_rule_at(id - optimizer_count());
    describe_words(rule, info);
    info->scope = NOPT_SCOPE_MATRIX;
    info->number_count = 0;
    info->number_names = nullptr;
    info->slot_shapes = rule.slot_shapes;
  }
  return NOPT_OK;
}

}  // namespace
}  // namespace nopt

extern "C" int32_t nopt_optimizer_count(void) {
  return nopt::all_count();
}

extern "C" nopt_status nopt_optimizer_find(const char* name, int32_t* id) {
  return nopt::guarded([&] { return nopt::find(name, id); });
}

extern "C" nopt_status nopt_optimizer_info_get(int32_t id, nopt_optimizer_info* info) {
  return nopt::guarded([&] { return nopt::describe(id, info); });
}
