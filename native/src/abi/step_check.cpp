#include "abi/step_check.h"

#include <cfloat>
#include <cinttypes>
#include <cmath>
#include <cstdio>

#include "abi/matrix_check.h"

namespace nopt {

namespace {

struct ItemText {
  char text[48];
  explicit ItemText(const ItemName& item) {
    if (item.index < 0) {
      std::snprintf(text, sizeof(text), "%s", item.name);
    } else {
      std::snprintf(text, sizeof(text), "%s[%" PRId64 "]", item.name, item.index);
    }
  }
};

}  // namespace

nopt_status check_array(const OpSite& site, const CountedArray& array, int64_t size, int64_t alignment) {
  if (array.data == nullptr) return fail_at(site, NOPT_ERROR_ARGUMENT, "%s is null", ItemText(array.name).text);
  if (reinterpret_cast<std::uintptr_t>(array.data) % static_cast<std::uintptr_t>(alignment) != 0) {
    return fail_at(site, NOPT_ERROR_ALIGNMENT, "%s is at %p, and must be at a multiple of %" PRId64 " bytes",
                   ItemText(array.name).text, array.data, alignment);
  }
  if (array.count < 1) {
    return fail_at(site, NOPT_ERROR_SHAPE, "%s is %" PRId64 ", and must be at least 1", array.count_name, array.count);
  }
  int64_t bytes = 0;
  intptr_t end = 0;
  if (__builtin_mul_overflow(array.count, size, &bytes) ||
      __builtin_add_overflow(reinterpret_cast<intptr_t>(array.data), bytes, &end)) {
    return fail_at(site, NOPT_ERROR_SHAPE, "%s is %" PRId64 ": more than can be addressed", array.count_name,
                   array.count);
  }
  return NOPT_OK;
}

bool is_finite_f32(double value) {
  return std::fabs(value) <= FLT_MAX;
}

nopt_status check_prologue(const OpSite& site, const ItemName& name, const nopt_prologue& p) {
  const struct {
    const char* name;
    double value;
  } fields[] = {{"gradient_scale", p.gradient_scale},
                {"l1", p.l1},
                {"l2", p.l2},
                {"clip_value", p.clip_value},
                {"weight_decay", p.weight_decay},
                {"weight_factor", p.weight_factor}};
  for (const auto& field : fields) {
    // The scale of gradients whose norm is NaN: data, not a hyper-parameter.
    const bool may_be_nan = &field == fields;
    if (is_finite_f32(field.value) || (may_be_nan && std::isnan(field.value))) continue;
    return fail_at(site, NOPT_ERROR_ARGUMENT, "%s.%s is %g, and must be finite as a 32-bit number",
                   ItemText(name).text, field.name, field.value);
  }
  if (p.clip_value < 0) {
    return fail_at(site, NOPT_ERROR_ARGUMENT, "%s.clip_value is %g, and must be at least 0",
                   ItemText(name).text, p.clip_value);
  }
  return NOPT_OK;
}

nopt_status check_step_shape(const OpSite& site, const char* optimizer, int variant_count, const StepShape& actual,
                             int slot_count, int scalar_count) {
  if (uint64_t{actual.variant} >> variant_count != 0) {
    return fail_at(site, NOPT_ERROR_ARGUMENT, "variant is 0x%" PRIx32 ", and %s has %d variant bits", actual.variant,
                   optimizer, variant_count);
  }
  if (actual.dtype != NOPT_DTYPE_F32) {
    return fail_at(site, NOPT_ERROR_DTYPE, "dtype is %" PRId32 " (%s), and must be 0 (f32)", actual.dtype,
                   dtype_name(actual.dtype));
  }
  if (actual.slot_count != slot_count) {
    return fail_at(site, NOPT_ERROR_SHAPE, "slot_count is %" PRId32 ", %s has %d", actual.slot_count, optimizer,
                   slot_count);
  }
  if (actual.scalar_count != scalar_count) {
    return fail_at(site, NOPT_ERROR_SHAPE, "scalar_count is %" PRId32 ", %s has %d", actual.scalar_count, optimizer,
                   scalar_count);
  }
  return NOPT_OK;
}

}  // namespace nopt
