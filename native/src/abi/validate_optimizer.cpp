#include <cfloat>
#include <cinttypes>
#include <cmath>
#include <cstdio>

#include "abi/matrix_check.h"
#include "abi/overlap_check.h"
#include "abi/validate.h"
#include "optimizers/registry.h"

namespace nopt {
namespace {

using Args = nopt_optimizer_step_args;

nopt_status check_rule(const OpSite& site, const Args& args) {
  if (args.optimizer < 0 || args.optimizer >= optimizer_count()) {
    return fail_at(site, NOPT_ERROR_NOT_FOUND, "optimizer is %" PRId32 ", and must be at least 0 and below %d",
                   args.optimizer, optimizer_count());
  }
  const OptimizerInfo& info = optimizer_at(args.optimizer);
  NOPT_CHECK(check_flags(site, args.flags, NOPT_STEP_MAXIMIZE | NOPT_STEP_ZERO_GRADIENTS | NOPT_STEP_IGNORE_NON_FINITE));
  NOPT_CHECK(check_reserved(site, args.reserved));
  if (uint64_t{args.variant} >> info.variant_count != 0) {
    return fail_at(site, NOPT_ERROR_ARGUMENT, "variant is 0x%" PRIx32 ", and %s has %d variant bits", args.variant,
                   info.name, info.variant_count);
  }
  if (args.dtype != NOPT_DTYPE_F32) {
    return fail_at(site, NOPT_ERROR_DTYPE, "dtype is %" PRId32 " (%s), and must be 0 (f32)", args.dtype,
                   dtype_name(args.dtype));
  }
  if (args.slot_count != info.slot_count) {
    return fail_at(site, NOPT_ERROR_SHAPE, "slot_count is %" PRId32 ", %s has %d", args.slot_count, info.name,
                   info.slot_count);
  }
  if (args.scalar_count != info.scalar_count) {
    return fail_at(site, NOPT_ERROR_SHAPE, "scalar_count is %" PRId32 ", %s has %d", args.scalar_count, info.name,
                   info.scalar_count);
  }
  return NOPT_OK;
}

// Not null, aligned, and `count` elements of `size` bytes can be addressed.
nopt_status check_array(const OpSite& site, const char* name, const void* data, const char* count_name, int64_t count,
                        int64_t size, int64_t alignment) {
  if (data == nullptr) return fail_at(site, NOPT_ERROR_ARGUMENT, "%s is null", name);
  if (reinterpret_cast<std::uintptr_t>(data) % static_cast<std::uintptr_t>(alignment) != 0) {
    return fail_at(site, NOPT_ERROR_ALIGNMENT, "%s is at %p, and must be at a multiple of %" PRId64 " bytes", name,
                   data, alignment);
  }
  if (count < 1) return fail_at(site, NOPT_ERROR_SHAPE, "%s is %" PRId64 ", and must be at least 1", count_name, count);
  int64_t bytes = 0;
  intptr_t end = 0;
  if (__builtin_mul_overflow(count, size, &bytes) ||
      __builtin_add_overflow(reinterpret_cast<intptr_t>(data), bytes, &end)) {
    return fail_at(site, NOPT_ERROR_SHAPE, "%s is %" PRId64 ": more than can be addressed", count_name, count);
  }
  return NOPT_OK;
}

nopt_status check_arrays(const OpSite& site, const Args& args, const OptimizerInfo& info) {
  NOPT_CHECK(check_array(site, "parameters", args.parameters, "length", args.length, sizeof(float), sizeof(float)));
  NOPT_CHECK(check_array(site, "gradients", args.gradients, "length", args.length, sizeof(float), sizeof(float)));
  if (info.slot_count > 0) {
    NOPT_CHECK(check_array(site, "slots", args.slots, "slot_count", args.slot_count, sizeof(void*), alignof(void*)));
  }
  for (int slot = 0; slot < info.slot_count; ++slot) {
    if (!optimizer_uses_slot(info, args.variant, slot)) continue;
    char name[32];
    std::snprintf(name, sizeof(name), "slots[%d]", slot);
    NOPT_CHECK(check_array(site, name, args.slots[slot], "length", args.length, sizeof(float), sizeof(float)));
  }
  if (args.segment_count < 0) {
    return fail_at(site, NOPT_ERROR_SHAPE, "segment_count is %" PRId64 ", and must be at least 0", args.segment_count);
  }
  if (args.segment_count > 0) {
    NOPT_CHECK(check_array(site, "segments", args.segments, "segment_count", args.segment_count, sizeof(nopt_segment),
                           alignof(nopt_segment)));
  }
  NOPT_CHECK(check_array(site, "prologues", args.prologues, "row_count", args.row_count, sizeof(nopt_prologue),
                         alignof(nopt_prologue)));
  return check_array(site, "scalars", args.scalars, "row_count", args.row_count,
                     static_cast<int64_t>(sizeof(double)) * info.scalar_count, alignof(double));
}

nopt_status check_segments(const OpSite& site, const Args& args) {
  int64_t end = 0;  // of the segment before
  for (int64_t i = 0; i < args.segment_count; ++i) {
    const nopt_segment& s = args.segments[i];
    if (s.count < 1)
      return fail_at(site, NOPT_ERROR_SHAPE, "segments[%" PRId64 "].count is %" PRId64 ", and must be at least 1", i,
                     s.count);
    if (s.offset < end) {
      return fail_at(site, NOPT_ERROR_SHAPE,
                     "segments[%" PRId64 "].offset is %" PRId64 ", and must be at least %" PRId64
                     ", where the segment before ends",
                     i, s.offset, end);
    }
    if (s.count > args.length || s.offset > args.length - s.count) {
      return fail_at(site, NOPT_ERROR_SHAPE,
                     "segments[%" PRId64 "] is %" PRId64 " elements at %" PRId64 ", and length is %" PRId64, i, s.count,
                     s.offset, args.length);
    }
    if (s.scalars_index < 0 || s.scalars_index >= args.row_count) {
      return fail_at(site, NOPT_ERROR_ARGUMENT,
                     "segments[%" PRId64 "].scalars_index is %" PRId64
                     ", and must be at least 0 and below row_count, which is %" PRId64,
                     i, s.scalars_index, args.row_count);
    }
    end = s.offset + s.count;
  }
  return NOPT_OK;
}

bool is_finite_f32(double value) {
  return std::fabs(value) <= FLT_MAX;
}

nopt_status check_prologue(const OpSite& site, int64_t row, const nopt_prologue& p) {
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
    return fail_at(site, NOPT_ERROR_ARGUMENT, "prologues[%" PRId64 "].%s is %g, and must be finite as a 32-bit number",
                   row, field.name, field.value);
  }
  if (p.clip_value < 0) {
    return fail_at(site, NOPT_ERROR_ARGUMENT, "prologues[%" PRId64 "].clip_value is %g, and must be at least 0", row,
                   p.clip_value);
  }
  return NOPT_OK;
}

nopt_status check_rows(const OpSite& site, const Args& args, const OptimizerInfo& info) {
  for (int64_t row = 0; row < args.row_count; ++row) {
    NOPT_CHECK(check_prologue(site, row, args.prologues[row]));
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
  NOPT_CHECK(check_segments(site, args));
  NOPT_CHECK(check_rows(site, args, info));
  return check_overlaps(site, args, info);
}

}  // namespace nopt
