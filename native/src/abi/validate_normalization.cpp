#include <cinttypes>

#include "abi/matrix_check.h"
#include "abi/overlap_check.h"
#include "abi/validate.h"

namespace nopt {
namespace {

nopt_status check_kind(const OpSite& site, int32_t normalization, uint32_t flags, uint32_t known_flags) {
  if (normalization < NOPT_NORMALIZATION_BATCH || normalization > NOPT_NORMALIZATION_RMS) {
    return fail_at(site, NOPT_ERROR_ARGUMENT, "normalization is %" PRId32 ", and must be 0 to %d", normalization,
                   static_cast<int>(NOPT_NORMALIZATION_RMS));
  }
  return check_flags(
      site, flags,
      normalization == NOPT_NORMALIZATION_BATCH ? known_flags : known_flags & NOPT_NORMALIZATION_ACCUMULATE);
}

nopt_status check_absent(const OpSite& site, const char* name, const nopt_matrix& matrix, int32_t normalization) {
  if (is_absent(matrix)) return NOPT_OK;
  return fail_at(site, NOPT_ERROR_ARGUMENT, "%s.data must be null: normalization %" PRId32 " has none", name,
                 normalization);
}

// [1, width], or absent.
nopt_status check_vector(const OpSite& site, const char* name, const nopt_matrix& matrix, const nopt_matrix& x) {
  NOPT_CHECK(check_optional_matrix(site, name, matrix));
  return check_shape(site, name, matrix, {"the number of rows of a vector", 1}, {"x.columns", x.columns});
}

// Means or deviations: one number for each column or for each row; or absent.
nopt_status check_statistics(const OpSite& site, const char* name, const nopt_matrix& matrix, const nopt_matrix& x,
                             int32_t normalization) {
  if (normalization == NOPT_NORMALIZATION_BATCH) return check_vector(site, name, matrix, x);
  NOPT_CHECK(check_optional_matrix(site, name, matrix));
  return check_shape(site, name, matrix, {"x.rows", x.rows}, {"the number of columns of a statistic", 1});
}

nopt_status check_same_shape(const OpSite& site, const char* name, const nopt_matrix& matrix, const nopt_matrix& x) {
  NOPT_CHECK(check_optional_matrix(site, name, matrix));
  return check_shape(site, name, matrix, {"x.rows", x.rows}, {"x.columns", x.columns});
}

nopt_status check_present(const OpSite& site, const char* name, const nopt_matrix& matrix) {
  return is_absent(matrix) ? fail_at(site, NOPT_ERROR_ARGUMENT, "%s.data is null", name) : NOPT_OK;
}

nopt_status check_moving(const OpSite& site, const nopt_normalization_forward_args& args) {
  if (args.normalization != NOPT_NORMALIZATION_BATCH) {
    NOPT_CHECK(check_absent(site, "moving_mean", args.moving_mean, args.normalization));
    return check_absent(site, "moving_variance", args.moving_variance, args.normalization);
  }
  const bool needed = (args.flags & NOPT_NORMALIZATION_FIXED) != 0;
  if (needed || !is_absent(args.moving_variance)) NOPT_CHECK(check_present(site, "moving_mean", args.moving_mean));
  if (needed || !is_absent(args.moving_mean)) NOPT_CHECK(check_present(site, "moving_variance", args.moving_variance));
  NOPT_CHECK(check_vector(site, "moving_mean", args.moving_mean, args.x));
  return check_vector(site, "moving_variance", args.moving_variance, args.x);
}

nopt_status check_forward_numbers(const OpSite& site, const nopt_normalization_forward_args& args) {
  NOPT_CHECK(check_finite(site, "epsilon", args.epsilon));
  if (args.epsilon < 0) {
    return fail_at(site, NOPT_ERROR_ARGUMENT, "epsilon is %g, and must be at least 0", args.epsilon);
  }
  return check_fraction(site, "momentum", args.momentum);
}

}  // namespace

nopt_status validate_normalization_forward(const OpSite& site, const nopt_normalization_forward_args& args) {
  NOPT_CHECK(check_kind(site, args.normalization, args.flags, NOPT_NORMALIZATION_FIXED | NOPT_NORMALIZATION_UNBIASED));
  NOPT_CHECK(check_reserved(site, args.reserved));
  NOPT_CHECK(check_forward_numbers(site, args));
  NOPT_CHECK(check_matrix(site, "x", args.x));
  NOPT_CHECK(check_vector(site, "gamma", args.gamma, args.x));
  NOPT_CHECK(check_vector(site, "beta", args.beta, args.x));
  NOPT_CHECK(check_moving(site, args));
  if (args.normalization == NOPT_NORMALIZATION_RMS)
    NOPT_CHECK(check_absent(site, "mean", args.mean, args.normalization));
  NOPT_CHECK(check_statistics(site, "mean", args.mean, args.x, args.normalization));
  NOPT_CHECK(check_statistics(site, "inverse", args.inverse, args.x, args.normalization));
  NOPT_CHECK(check_present(site, "y", args.y));
  NOPT_CHECK(check_same_shape(site, "y", args.y, args.x));
  const Use moving = (args.flags & NOPT_NORMALIZATION_FIXED) != 0 ? Use::kInput : Use::kOutput;
  BufferList buffers;
  buffers.add("x", args.x, Use::kInput);
  buffers.add("gamma", args.gamma, Use::kInput);
  buffers.add("beta", args.beta, Use::kInput);
  buffers.add("moving_mean", args.moving_mean, moving);
  buffers.add("moving_variance", args.moving_variance, moving);
  buffers.add("mean", args.mean, Use::kOutput);
  buffers.add("inverse", args.inverse, Use::kOutput);
  buffers.add("y", args.y, Use::kOutput);
  return buffers.check(site);
}

nopt_status validate_normalization_backward(const OpSite& site, const nopt_normalization_backward_args& args) {
  NOPT_CHECK(
      check_kind(site, args.normalization, args.flags, NOPT_NORMALIZATION_FIXED | NOPT_NORMALIZATION_ACCUMULATE));
  NOPT_CHECK(check_reserved(site, args.reserved));
  NOPT_CHECK(check_matrix(site, "x", args.x));
  NOPT_CHECK(check_vector(site, "gamma", args.gamma, args.x));
  NOPT_CHECK(args.normalization == NOPT_NORMALIZATION_RMS ? check_absent(site, "mean", args.mean, args.normalization)
                                                          : check_present(site, "mean", args.mean));
  NOPT_CHECK(check_statistics(site, "mean", args.mean, args.x, args.normalization));
  NOPT_CHECK(check_present(site, "inverse", args.inverse));
  NOPT_CHECK(check_statistics(site, "inverse", args.inverse, args.x, args.normalization));
  NOPT_CHECK(check_present(site, "dy", args.dy));
  NOPT_CHECK(check_same_shape(site, "dy", args.dy, args.x));
  NOPT_CHECK(check_vector(site, "dgamma", args.dgamma, args.x));
  NOPT_CHECK(check_vector(site, "dbeta", args.dbeta, args.x));
  NOPT_CHECK(check_same_shape(site, "dx", args.dx, args.x));
  BufferList buffers;
  buffers.add("x", args.x, Use::kInput);
  buffers.add("gamma", args.gamma, Use::kInput);
  buffers.add("mean", args.mean, Use::kInput);
  buffers.add("inverse", args.inverse, Use::kInput);
  buffers.add("dy", args.dy, Use::kInput);
  buffers.add("dgamma", args.dgamma, Use::kOutput);
  buffers.add("dbeta", args.dbeta, Use::kOutput);
  buffers.add("dx", args.dx, Use::kOutput);
  return buffers.check(site);
}

}  // namespace nopt
