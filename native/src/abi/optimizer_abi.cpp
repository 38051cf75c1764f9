// nopt_optimizer_*: which optimizers there are.
#include <cinttypes>
#include <cstdio>
#include <cstring>

#include "abi/guard.h"
#include "abi/struct_check.h"
#include "optimizers/registry.h"

namespace nopt {
namespace {

// "adam, momentum, ...": as many names as fit.
struct NameList {
  char text[320] = "";
  NameList() {
    for (int id = 0; id < optimizer_count(); ++id) {
      const std::size_t length = std::strlen(text);
      std::snprintf(text + length, sizeof(text) - length, "%s%s", id == 0 ? "" : ", ", optimizer_at(id).name);
    }
  }
};

nopt_status find(const char* name, int32_t* id) {
  if (name == nullptr) return fail(NOPT_ERROR_ARGUMENT, "name is null");
  NOPT_CHECK(check_pointer("id", id, alignof(int32_t)));
  const int found = optimizer_find(name);
  if (found < 0)
    return fail(NOPT_ERROR_NOT_FOUND, "name is \"%.64s\", and the optimizers are %s", name, NameList().text);
  *id = found;
  return NOPT_OK;
}

nopt_status describe(int32_t id, nopt_optimizer_info* info) {
  if (id < 0 || id >= optimizer_count()) {
    return fail(NOPT_ERROR_NOT_FOUND, "id is %" PRId32 ", and must be at least 0 and below %d", id, optimizer_count());
  }
  NOPT_CHECK(check_struct("info", info));
  const OptimizerInfo& optimizer = optimizer_at(id);
  info->slot_count = optimizer.slot_count;
  info->scalar_count = optimizer.scalar_count;
  info->variant_count = optimizer.variant_count;
  info->name = optimizer.name;
  info->slot_names = optimizer.slot_names;
  info->scalar_names = optimizer.scalar_names;
  info->variant_names = optimizer.variant_names;
  info->slot_variants = optimizer.slot_variants;
  info->scope = optimizer.measurement.scope;
  info->number_count = optimizer.measurement.number_count;
  info->number_names = optimizer.measurement.number_names;
  return NOPT_OK;
}

}  // namespace
}  // namespace nopt

extern "C" int32_t nopt_optimizer_count(void) {
  return nopt::optimizer_count();
}

extern "C" nopt_status nopt_optimizer_find(const char* name, int32_t* id) {
  return nopt::guarded([&] { return nopt::find(name, id); });
}

extern "C" nopt_status nopt_optimizer_info_get(int32_t id, nopt_optimizer_info* info) {
  return nopt::guarded([&] { return nopt::describe(id, info); });
}
