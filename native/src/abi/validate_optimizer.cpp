#include <cinttypes>

#include "abi/matrix_check.h"
#include "abi/overlap_check.h"
#include "abi/segment_check.h"
#include "abi/step_check.h"
#include "abi/validate.h"
#include "optimizers/matrix/registry.h"
#include "optimizers/registry.h"

namespace nopt {
namespace {

using Args = nopt_optimizer_step_args;

uint32_t flags_of(const OptimizerInfo& info) {
  constexpr uint32_t kAny =
      NOPT_STEP_MAXIMIZE | NOPT_STEP_ZERO_GRADIENTS | NOPT_STEP_IGNORE_NON_FINITE | NOPT_STEP_FAST_MATH;
  return info.measurement.scope == NOPT_SCOPE_ALL ? kAny | NOPT_STEP_MEASURE : kAny;
}

nopt_status check_rule(const OpSite& site, const Args& args) {
  const int matrix_rule = args.optimizer - optimizer_count();
  if (matrix_rule >= 0 && matrix_rule < matrix_rule_count()) {
    return fail_at(site, NOPT_ERROR_ARGUMENT, "optimizer is %" PRId32 " (%s), and its operation is matrix_step",
                   args.optimizer, matrix_rule_at(matrix_rule).name);
  }
  if (args.optimizer < 0 || args.optimizer >= optimizer_count()) {
    return fail_at(site, NOPT_ERROR_NOT_FOUND, "optimizer is %" PRId32 ", and must be at least 0 and below %d",
                   args.optimizer, optimizer_count());
  }
  const OptimizerInfo& info = optimizer_at(args.optimizer);
  NOPT_CHECK(check_flags(site, args.flags, flags_of(info)));
  NOPT_CHECK(check_reserved(site, args.reserved));
  return check_step_shape(site, info.name, info.variant_count,
                          {args.variant, args.dtype, args.slot_count, args.scalar_count}, info.slot_count,
                          info.scalar_count);
}

// Elements of args.numbers that the step needs.
int64_t numbers_in(const Args& args, const OptimizerInfo& info) {
  if (info.measurement.scope == NOPT_SCOPE_TENSOR) return args.row_count * info.measurement.number_count;
  return (args.flags & NOPT_STEP_MEASURE) != 0 ? info.measurement.number_count : 0;
}

nopt_status check_arrays(const OpSite& site, const Args& args, const OptimizerInfo& info) {
  constexpr int64_t kFloat = sizeof(float);
  NOPT_CHECK(check_array(site, {"parameters", args.parameters, "length", args.length}, kFloat, kFloat));
  NOPT_CHECK(check_array(site, {"gradients", args.gradients, "length", args.length}, kFloat, kFloat));
  if (info.slot_count > 0) {
    NOPT_CHECK(check_array(site, {"slots", args.slots, "slot_count", args.slot_count}, sizeof(void*), alignof(void*)));
  }
  for (int slot = 0; slot < info.slot_count; ++slot) {
    if (!optimizer_uses_slot(info, args.variant, slot)) continue;
    NOPT_CHECK(check_array(site, {{"slots", slot}, args.slots[slot], "length", args.length}, kFloat, kFloat));
  }
  NOPT_CHECK(check_array(site, {"prologues", args.prologues, "row_count", args.row_count}, sizeof(nopt_prologue),
                         alignof(nopt_prologue)));
  NOPT_CHECK(check_array(site, {"scalars", args.scalars, "row_count", args.row_count},
                         static_cast<int64_t>(sizeof(double)) * info.scalar_count, alignof(double)));
  if (numbers_in(args, info) == 0) return NOPT_OK;
  return check_array(site, {"numbers", args.numbers, "row_count", args.row_count},
                     static_cast<int64_t>(sizeof(double)) * info.measurement.number_count, alignof(double));
}

// A row of numbers belongs to one segment.
nopt_status check_number_rows(const OpSite& site, const Args& args, const OptimizerInfo& info) {
  if (info.measurement.scope != NOPT_SCOPE_TENSOR || info.measurement.number_count == 0) return NOPT_OK;
  for (int64_t i = 1; i < args.segment_count; ++i) {
    if (args.segments[i].scalars_index > args.segments[i - 1].scalars_index) continue;
    return fail_at(site, NOPT_ERROR_ARGUMENT,
                   "segments[%" PRId64 "].scalars_index is %" PRId64 ", and must be larger than %" PRId64
                   ", that of the segment before, because %s keeps numbers for each",
                   i, args.segments[i].scalars_index, args.segments[i - 1].scalars_index, info.name);
  }
  return NOPT_OK;
}

nopt_status check_rows(const OpSite& site, const Args& args, const OptimizerInfo& info) {
  for (int64_t row = 0; row < args.row_count; ++row) {
    NOPT_CHECK(check_prologue(site, {"prologues", row}, args.prologues[row]));
    for (int i = 0; i < info.scalar_count; ++i) {
      const double value = args.scalars[row * info.scalar_count + i];
      if (is_finite_f32(value)) continue;
      return fail_at(site, NOPT_ERROR_ARGUMENT,
                     "scalars[%" PRId64 "][%d] (%s) is %g, and must be finite as a 32-bit number", row, i,
                     info.scalar_names[i], value);
    }
  }
  return NOPT_OK;
}

nopt_status check_overlaps(const OpSite& site, const Args& args, const OptimizerInfo& info) {
  const int64_t bytes = args.length * static_cast<int64_t>(sizeof(float));
  const Use gradients_use = (args.flags & NOPT_STEP_ZERO_GRADIENTS) != 0 ? Use::kOutput : Use::kInput;
  BufferList buffers;
  buffers.add("parameters", args.parameters, bytes, Use::kOutput);
  buffers.add("gradients", args.gradients, bytes, gradients_use);
  for (int slot = 0; slot < info.slot_count; ++slot) {
    if (optimizer_uses_slot(info, args.variant, slot))
      buffers.add_element("slots", slot, args.slots[slot], bytes, Use::kOutput);
  }
  if (info.slot_count > 0)
    buffers.add("slots", args.slots, args.slot_count * static_cast<int64_t>(sizeof(void*)), Use::kInput);
  if (numbers_in(args, info) > 0)
    buffers.add("numbers", args.numbers, numbers_in(args, info) * static_cast<int64_t>(sizeof(double)), Use::kOutput);
  buffers.add("segments", args.segments, args.segment_count * static_cast<int64_t>(sizeof(nopt_segment)), Use::kInput);
  buffers.add("prologues", args.prologues, args.row_count * static_cast<int64_t>(sizeof(nopt_prologue)), Use::kInput);
  buffers.add("scalars", args.scalars, args.row_count * info.scalar_count * static_cast<int64_t>(sizeof(double)),
              Use::kInput);
  return buffers.check(site);
}

}  // namespace

nopt_status validate_optimizer_step(const OpSite& site, const nopt_optimizer_step_args& args) {
  NOPT_CHECK(check_rule(site, args));
  const OptimizerInfo& info = optimizer_at(args.optimizer);
  NOPT_CHECK(check_arrays(site, args, info));
  NOPT_CHECK(check_segments(site, {args.segments, args.segment_count, args.length, args.row_count}));
  NOPT_CHECK(check_number_rows(site, args, info));
  NOPT_CHECK(check_rows(site, args, info));
  return check_overlaps(site, args, info);
}

}  // namespace nopt
