// Checks of the operations that look at gradients before a step of an optimizer.
#include <cinttypes>

#include "abi/matrix_check.h"
#include "abi/overlap_check.h"
#include "abi/segment_check.h"
#include "abi/step_check.h"
#include "abi/validate.h"

namespace nopt {
namespace {

nopt_status check_norm_arrays(const OpSite& site, const nopt_gradient_norm_args& args) {
  NOPT_CHECK(check_array(site, {"parameters", args.parameters, "length", args.length}, sizeof(float), sizeof(float)));
  NOPT_CHECK(check_array(site, {"gradients", args.gradients, "length", args.length}, sizeof(float), sizeof(float)));
  NOPT_CHECK(check_prologues(site, args.prologues, args.row_count));
  NOPT_CHECK(check_segments(site, {args.segments, args.segment_count, args.length, args.row_count}));
  if (args.segment_count == 0) return NOPT_OK;
  if (args.norms != nullptr) {
    NOPT_CHECK(check_array(site, {"norms", args.norms, "segment_count", args.segment_count}, sizeof(double),
                           alignof(double)));
  }
  if (args.non_finite_counts == nullptr) return NOPT_OK;
  return check_array(site, {"non_finite_counts", args.non_finite_counts, "segment_count", args.segment_count},
                     sizeof(int64_t), alignof(int64_t));
}

nopt_status check_norm_overlaps(const OpSite& site, const nopt_gradient_norm_args& args) {
  const int64_t bytes = args.length * static_cast<int64_t>(sizeof(float));
  const int64_t result_bytes = args.segment_count * static_cast<int64_t>(sizeof(double));
  BufferList buffers;
  buffers.add("parameters", args.parameters, bytes, Use::kInput);
  buffers.add("gradients", args.gradients, bytes, Use::kInput);
  buffers.add("segments", args.segments, args.segment_count * static_cast<int64_t>(sizeof(nopt_segment)), Use::kInput);
  buffers.add("prologues", args.prologues, args.row_count * static_cast<int64_t>(sizeof(nopt_prologue)), Use::kInput);
  buffers.add("norms", args.norms, result_bytes, Use::kOutput);
  buffers.add("non_finite_counts", args.non_finite_counts, result_bytes, Use::kOutput);
  return buffers.check(site);
}

// The parameters w, their gradients g and the result y, which may be g.
template <class Args>
nopt_status add_matrices(const OpSite& site, const Args& args, BufferList* buffers) {
  NOPT_CHECK(check_matrix(site, "w", args.w));
  NOPT_CHECK(check_matrix(site, "g", args.g));
  NOPT_CHECK(check_matrix(site, "y", args.y));
  NOPT_CHECK(check_shape(site, "g", args.g, {"w.rows", args.w.rows}, {"w.columns", args.w.columns}));
  NOPT_CHECK(check_shape(site, "y", args.y, {"w.rows", args.w.rows}, {"w.columns", args.w.columns}));
  buffers->add("w", args.w, Use::kInput);
  if (!same_matrix(args.g, args.y)) buffers->add("g", args.g, Use::kInput);
  buffers->add("y", args.y, Use::kOutput);
  return NOPT_OK;
}

}  // namespace

nopt_status validate_gradient_norm(const OpSite& site, const nopt_gradient_norm_args& args) {
  NOPT_CHECK(check_flags(site, args.flags, NOPT_GRADIENT_IGNORE_NON_FINITE));
  NOPT_CHECK(check_reserved(site, args.reserved));
  if (args.dtype != NOPT_DTYPE_F32) {
    return fail_at(site, NOPT_ERROR_DTYPE, "dtype is %" PRId32 " (%s), and must be 0 (f32)", args.dtype,
                   dtype_name(args.dtype));
  }
  if (!(args.order > 0)) {
    return fail_at(site, NOPT_ERROR_ARGUMENT, "order is %g, and must be greater than 0", args.order);
  }
  NOPT_CHECK(check_norm_arrays(site, args));
  return check_norm_overlaps(site, args);
}

nopt_status validate_adaptive_clip(const OpSite& site, const nopt_adaptive_clip_args& args) {
  NOPT_CHECK(check_flags(site, args.flags, NOPT_GRADIENT_IGNORE_NON_FINITE));
  NOPT_CHECK(check_finite(site, "clipping", args.clipping));
  if (args.clipping <= 0) {
    return fail_at(site, NOPT_ERROR_ARGUMENT, "clipping is %g, and must be greater than 0", args.clipping);
  }
  NOPT_CHECK(check_finite(site, "epsilon", args.epsilon));
  if (args.epsilon < 0) {
    return fail_at(site, NOPT_ERROR_ARGUMENT, "epsilon is %g, and must be at least 0", args.epsilon);
  }
  NOPT_CHECK(check_finite(site, "gradient_scale", args.gradient_scale));
  NOPT_CHECK(check_finite(site, "l1", args.l1));
  NOPT_CHECK(check_finite(site, "l2", args.l2));
  BufferList buffers;
  NOPT_CHECK(add_matrices(site, args, &buffers));
  return buffers.check(site);
}

nopt_status validate_centralize(const OpSite& site, const nopt_centralize_args& args) {
  NOPT_CHECK(check_flags(site, args.flags, NOPT_GRADIENT_IGNORE_NON_FINITE));
  NOPT_CHECK(
      check_array(site, {"prologue", args.prologue, "its count", 1}, sizeof(nopt_prologue), alignof(nopt_prologue)));
  NOPT_CHECK(check_prologue(site, "prologue", *args.prologue));
  BufferList buffers;
  NOPT_CHECK(add_matrices(site, args, &buffers));
  buffers.add("prologue", args.prologue, sizeof(nopt_prologue), Use::kInput);
  return buffers.check(site);
}

}  // namespace nopt
