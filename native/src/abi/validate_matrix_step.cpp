#include <cinttypes>

#include "abi/matrix_check.h"
#include "abi/overlap_check.h"
#include "abi/step_check.h"
#include "abi/validate.h"
#include "optimizers/matrix/registry.h"
#include "optimizers/registry.h"

namespace nopt {
namespace {

using Args = nopt_matrix_step_args;

constexpr int64_t kFloat = sizeof(float);
constexpr int64_t kMaxCoefficients = 300;

nopt_status find_rule(const OpSite& site, const Args& args, const MatrixRuleInfo** rule) {
  const int all = optimizer_count() + matrix_rule_count();
  if (args.optimizer < 0 || args.optimizer >= all) {
    return fail_at(site, NOPT_ERROR_NOT_FOUND, "optimizer is %" PRId32 ", and must be at least 0 and below %d",
                   args.optimizer, all);
  }
  if (args.optimizer < optimizer_count()) {
    return fail_at(site, NOPT_ERROR_ARGUMENT, "optimizer is %" PRId32 " (%s), and its operation is optimizer_step",
                   args.optimizer, optimizer_at(args.optimizer).name);
  }
  *rule = &matrix_rule_at(args.optimizer - optimizer_count());
  return NOPT_OK;
}

bool uses_slot(const MatrixRuleInfo& rule, uint32_t variant, int slot) {
  return (variant & rule.slot_variants[slot]) == rule.slot_variants[slot];
}

nopt_status check_size(const OpSite& site, const Args& args) {
  if (args.rows < 1) return fail_at(site, NOPT_ERROR_SHAPE, "rows is %" PRId64 ", and must be at least 1", args.rows);
  if (args.columns < 1) {
    return fail_at(site, NOPT_ERROR_SHAPE, "columns is %" PRId64 ", and must be at least 1", args.columns);
  }
  int64_t bytes = 0;
  if (__builtin_mul_overflow(args.rows, args.columns, &bytes) || __builtin_mul_overflow(bytes, kFloat, &bytes)) {
    return fail_at(site, NOPT_ERROR_SHAPE, "rows is %" PRId64 " and columns is %" PRId64 ": more than can be addressed",
                   args.rows, args.columns);
  }
  return NOPT_OK;
}

nopt_status check_arrays(const OpSite& site, const Args& args, const MatrixRuleInfo& rule) {
  const int64_t length = args.rows * args.columns;
  NOPT_CHECK(check_array(site, {"parameters", args.parameters, "rows * columns", length}, kFloat, kFloat));
  NOPT_CHECK(check_array(site, {"gradients", args.gradients, "rows * columns", length}, kFloat, kFloat));
  NOPT_CHECK(check_array(site, {"slots", args.slots, "slot_count", args.slot_count}, sizeof(void*), alignof(void*)));
  for (int slot = 0; slot < rule.slot_count; ++slot) {
    if (!uses_slot(rule, args.variant, slot)) continue;
    const int64_t elements = slot_elements(rule.slot_shapes[slot], args.rows, args.columns);
    NOPT_CHECK(check_array(site, {{"slots", slot}, args.slots[slot], "its length", elements}, kFloat, kFloat));
  }
  NOPT_CHECK(
      check_array(site, {"prologue", args.prologue, "its count", 1}, sizeof(nopt_prologue), alignof(nopt_prologue)));
  return check_array(site, {"scalars", args.scalars, "scalar_count", args.scalar_count}, sizeof(double),
                     alignof(double));
}

nopt_status check_numbers(const OpSite& site, const Args& args, const MatrixRuleInfo& rule) {
  NOPT_CHECK(check_prologue(site, "prologue", *args.prologue));
  for (int i = 0; i < rule.scalar_count; ++i) {
    if (is_finite_f32(args.scalars[i])) continue;
    return fail_at(site, NOPT_ERROR_ARGUMENT, "scalars[%d] (%s) is %g, and must be finite as a 32-bit number", i,
                   rule.scalar_names[i], args.scalars[i]);
  }
  return NOPT_OK;
}

nopt_status check_coefficients(const OpSite& site, const Args& args, const MatrixRuleInfo& rule) {
  const int64_t count = args.coefficient_count;
  if (rule.coefficients == 0) {
    return count == 0 ? NOPT_OK
                      : fail_at(site, NOPT_ERROR_SHAPE, "coefficient_count is %" PRId64 ", and must be 0: %s has none",
                                count, rule.name);
  }
  if (count < 0 || count > kMaxCoefficients || count % rule.coefficients != 0) {
    return fail_at(site, NOPT_ERROR_SHAPE,
                   "coefficient_count is %" PRId64 ", and must be a multiple of %d from 0 to %" PRId64, count,
                   rule.coefficients, kMaxCoefficients);
  }
  if (count == 0) return NOPT_OK;
  NOPT_CHECK(check_array(site, {"coefficients", args.coefficients, "coefficient_count", count}, sizeof(double),
                         alignof(double)));
  for (int64_t i = 0; i < count; ++i) {
    if (is_finite_f32(args.coefficients[i])) continue;
    return fail_at(site, NOPT_ERROR_ARGUMENT, "coefficients[%" PRId64 "] is %g, and must be finite as a 32-bit number",
                   i, args.coefficients[i]);
  }
  return NOPT_OK;
}

nopt_status check_overlaps(const OpSite& site, const Args& args, const MatrixRuleInfo& rule) {
  const int64_t bytes = args.rows * args.columns * kFloat;
  BufferList buffers;
  buffers.add("parameters", args.parameters, bytes, Use::kOutput);
  buffers.add("gradients", args.gradients, bytes,
              (args.flags & NOPT_STEP_ZERO_GRADIENTS) != 0 ? Use::kOutput : Use::kInput);
  for (int slot = 0; slot < rule.slot_count; ++slot) {
    if (!uses_slot(rule, args.variant, slot)) continue;
    const int64_t elements = slot_elements(rule.slot_shapes[slot], args.rows, args.columns);
    buffers.add_element("slots", slot, args.slots[slot], elements * kFloat, Use::kOutput);
  }
  constexpr int64_t kDouble = sizeof(double);
  buffers.add("slots", args.slots, args.slot_count * static_cast<int64_t>(sizeof(void*)), Use::kInput);
  buffers.add("prologue", args.prologue, sizeof(nopt_prologue), Use::kInput);
  buffers.add("scalars", args.scalars, args.scalar_count * kDouble, Use::kInput);
  buffers.add("coefficients", args.coefficients, args.coefficient_count * kDouble, Use::kInput);
  return buffers.check(site);
}

}  // namespace

nopt_status validate_matrix_step(const OpSite& site, const Args& args) {
  const MatrixRuleInfo* rule = nullptr;
  NOPT_CHECK(find_rule(site, args, &rule));
  NOPT_CHECK(check_flags(site, args.flags, NOPT_STEP_MAXIMIZE | NOPT_STEP_ZERO_GRADIENTS | NOPT_STEP_IGNORE_NON_FINITE));
  NOPT_CHECK(check_reserved(site, args.reserved));
  NOPT_CHECK(check_step_shape(site, rule->name, rule->variant_count,
                              {args.variant, args.dtype, args.slot_count, args.scalar_count}, rule->slot_count,
                              rule->scalar_count));
  NOPT_CHECK(check_size(site, args));
  NOPT_CHECK(check_arrays(site, args, *rule));
  NOPT_CHECK(check_numbers(site, args, *rule));
  NOPT_CHECK(check_coefficients(site, args, *rule));
  return check_overlaps(site, args, *rule);
}

}  // namespace nopt
