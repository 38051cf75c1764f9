#include <cinttypes>

#include "abi/loss_traits.h"
#include "abi/matrix_check.h"
#include "abi/overlap_check.h"
#include "abi/validate.h"

namespace nopt {
namespace {

bool is_sparse(const nopt_loss_args& args) {
  return args.loss == NOPT_LOSS_SPARSE_CATEGORICAL_CROSS_ENTROPY;
}

nopt_status check_flag_pairs(const OpSite& site, uint32_t flags) {
  const bool logits_and_unclipped = (flags & NOPT_LOSS_FROM_LOGITS) != 0 && (flags & NOPT_LOSS_UNCLIPPED) != 0;
  if (logits_and_unclipped) {
    return fail_at(site, NOPT_ERROR_ARGUMENT, "flags is 0x%" PRIx32 ": logits are never clipped, leave 0x%x out", flags,
                   static_cast<unsigned>(NOPT_LOSS_UNCLIPPED));
  }
  const bool only_log_targets = (flags & NOPT_LOSS_LOG_TARGETS) != 0 && (flags & NOPT_LOSS_LOG_INPUT) == 0;
  if (!only_log_targets) return NOPT_OK;
  return fail_at(site, NOPT_ERROR_ARGUMENT, "flags is 0x%" PRIx32 ": 0x%x is only for predictions with 0x%x", flags,
                 static_cast<unsigned>(NOPT_LOSS_LOG_TARGETS), static_cast<unsigned>(NOPT_LOSS_LOG_INPUT));
}

nopt_status check_kind(const OpSite& site, const nopt_loss_args& args) {
  if (args.loss < NOPT_LOSS_MEAN_SQUARED_ERROR || args.loss > NOPT_LOSS_TVERSKY) {
    return fail_at(site, NOPT_ERROR_ARGUMENT, "loss is %" PRId32 ", and must be 0 to %d", args.loss,
                   static_cast<int>(NOPT_LOSS_TVERSKY));
  }
  const LossTraits& traits = loss_traits(args.loss);
  NOPT_CHECK(check_flags(site, args.flags, kLossFlags));
  if ((args.flags & ~traits.flags) != 0) {
    return fail_at(site, NOPT_ERROR_ARGUMENT,
                   "flags is 0x%" PRIx32 ", and loss %" PRId32 " takes only bits of 0x%" PRIx32, args.flags, args.loss,
                   traits.flags);
  }
  NOPT_CHECK(check_flag_pairs(site, args.flags));
  if ((args.flags & NOPT_LOSS_IGNORE_CLASS) == 0 && args.ignore_class != 0) {
    return fail_at(site, NOPT_ERROR_ARGUMENT, "ignore_class is %" PRId32 ", and must be 0 without flag 0x%x",
                   args.ignore_class, static_cast<unsigned>(NOPT_LOSS_IGNORE_CLASS));
  }
  NOPT_CHECK(check_finite(site, "gradient_scale", args.gradient_scale));
  if (traits.counts || args.correct_count == nullptr) return NOPT_OK;
  return fail_at(site, NOPT_ERROR_ARGUMENT,
                 "correct_count is %p, and must be null: loss %" PRId32 " has no right answers",
                 static_cast<const void*>(args.correct_count), args.loss);
}

// Each number is finite, and 0 where the loss has no use for it.
nopt_status check_numbers(const OpSite& site, const nopt_loss_args& args) {
  const uint32_t used = loss_traits(args.loss).numbers;
  for (const LossNumber& number : kLossNumbers) {
    const double value = args.*number.field;
    NOPT_CHECK(check_finite(site, number.name, value));
    if ((used & number.bit) != 0 || value == 0) continue;
    return fail_at(site, NOPT_ERROR_ARGUMENT, "%s is %g, and must be 0: loss %" PRId32 " has none", number.name, value,
                   args.loss);
  }
  return NOPT_OK;
}

nopt_status check_matrices(const OpSite& site, const nopt_loss_args& args) {
  NOPT_CHECK(check_matrix(site, "y", args.y));
  NOPT_CHECK(check_matrix(site, "targets", args.targets, is_sparse(args) ? NOPT_DTYPE_I32 : NOPT_DTYPE_F32));
  NOPT_CHECK(check_optional_matrix(site, "sample_weights", args.sample_weights));
  NOPT_CHECK(check_optional_matrix(site, "dy", args.dy));
  NOPT_CHECK(check_optional_matrix(site, "class_weights", args.class_weights));
  const NamedSize batch = {"y.rows", args.y.rows};
  const NamedSize columns = {"y.columns", args.y.columns};
  const NamedSize one = {"the number of columns of one value a row", 1};
  const NamedSize row = {"the number of rows of one value a column", 1};
  NOPT_CHECK(check_shape(site, "targets", args.targets, batch, is_sparse(args) ? one : columns));
  NOPT_CHECK(check_shape(site, "sample_weights", args.sample_weights, batch, one));
  NOPT_CHECK(check_shape(site, "class_weights", args.class_weights, row, columns));
  NOPT_CHECK(check_shape(site, "dy", args.dy, batch, columns));
  const bool whole_batch = (args.flags & NOPT_LOSS_WHOLE_BATCH) != 0;
  if (whole_batch && !is_absent(args.sample_weights)) {
    return fail_at(site, NOPT_ERROR_ARGUMENT,
                   "sample_weights.data is %p, and must be null: with flag 0x%x rows have no value",
                   args.sample_weights.data, static_cast<unsigned>(NOPT_LOSS_WHOLE_BATCH));
  }
  if (is_absent(args.class_weights) || loss_traits(args.loss).takes_class_weights) return NOPT_OK;
  return fail_at(site, NOPT_ERROR_ARGUMENT, "class_weights.data is %p, and must be null: loss %" PRId32 " takes none",
                 args.class_weights.data, args.loss);
}

// A label outside [0, columns) would be an index outside the row.
nopt_status check_labels(const OpSite& site, const nopt_loss_args& args) {
  const int32_t* labels = static_cast<const int32_t*>(args.targets.data);
  const bool ignores = (args.flags & NOPT_LOSS_IGNORE_CLASS) != 0;
  for (int64_t row = 0; row < args.targets.rows; ++row) {
    const int32_t label = labels[row * args.targets.stride];
    if ((label >= 0 && label < args.y.columns) || (ignores && label == args.ignore_class)) continue;
    return fail_at(site, NOPT_ERROR_DATA,
                   "targets[%" PRId64 "] is %" PRId32 ", and must be at least 0 and below y.columns, which is %" PRId64,
                   row, label, args.y.columns);
  }
  return NOPT_OK;
}

}  // namespace

nopt_status validate_loss(const OpSite& site, const nopt_loss_args& args) {
  NOPT_CHECK(check_kind(site, args));
  NOPT_CHECK(check_numbers(site, args));
  NOPT_CHECK(check_matrices(site, args));
  NOPT_CHECK(check_result_pointer(site, "loss_sum", args.loss_sum));
  NOPT_CHECK(check_result_pointer(site, "correct_count", args.correct_count));
  BufferList buffers;
  if (!same_matrix(args.y, args.dy)) buffers.add("y", args.y, Use::kInput);
  buffers.add("targets", args.targets, Use::kInput);
  buffers.add("sample_weights", args.sample_weights, Use::kInput);
  buffers.add("class_weights", args.class_weights, Use::kInput);
  buffers.add("dy", args.dy, Use::kOutput);
  buffers.add("loss_sum", args.loss_sum, sizeof(double), Use::kOutput);
  buffers.add("correct_count", args.correct_count, sizeof(int64_t), Use::kOutput);
  NOPT_CHECK(buffers.check(site));
  return is_sparse(args) ? check_labels(site, args) : NOPT_OK;
}

}  // namespace nopt
