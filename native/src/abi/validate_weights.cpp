// Operations on weights beside the optimizer step: constraints, running averages, penalties.
#include <cinttypes>

#include "abi/matrix_check.h"
#include "abi/overlap_check.h"
#include "abi/validate.h"

namespace nopt {
namespace {

nopt_status check_choice(const OpSite& site, const char* name, int32_t value, int32_t last) {
  if (value >= 0 && value <= last) return NOPT_OK;
  return fail_at(site, NOPT_ERROR_ARGUMENT, "%s is %" PRId32 ", and must be 0 to %" PRId32, name, value, last);
}

nopt_status check_not_negative(const OpSite& site, const char* name, double value) {
  NOPT_CHECK(check_finite(site, name, value));
  if (value >= 0) return NOPT_OK;
  return fail_at(site, NOPT_ERROR_ARGUMENT, "%s is %g, and must be at least 0", name, value);
}

}  // namespace

nopt_status validate_constraint(const OpSite& site, const nopt_constraint_args& args) {
  NOPT_CHECK(check_choice(site, "constraint", args.constraint, NOPT_CONSTRAINT_MIN_MAX_NORM));
  NOPT_CHECK(check_choice(site, "group", args.group, NOPT_NORM_GROUP_ALL));
  NOPT_CHECK(check_reserved(site, args.reserved));
  NOPT_CHECK(check_not_negative(site, "minimum", args.minimum));
  NOPT_CHECK(check_finite(site, "maximum", args.maximum));
  if (args.maximum < args.minimum) {
    return fail_at(site, NOPT_ERROR_ARGUMENT, "maximum is %g, and must be at least minimum, which is %g", args.maximum,
                   args.minimum);
  }
  NOPT_CHECK(check_fraction(site, "rate", args.rate));
  NOPT_CHECK(check_not_negative(site, "epsilon", args.epsilon));
  return check_matrix(site, "w", args.w);
}

nopt_status validate_average(const OpSite& site, const nopt_average_args& args) {
  NOPT_CHECK(check_choice(site, "form", args.form, NOPT_AVERAGE_TOWARDS));
  NOPT_CHECK(check_fraction(site, "keep", args.keep));
  NOPT_CHECK(check_matrix(site, "w", args.w));
  NOPT_CHECK(check_matrix(site, "a", args.a));
  NOPT_CHECK(check_shape(site, "a", args.a, {"w.rows", args.w.rows}, {"w.columns", args.w.columns}));
  BufferList buffers;
  buffers.add("w", args.w, Use::kInput);
  buffers.add("a", args.a, Use::kOutput);
  return buffers.check(site);
}

nopt_status validate_penalty(const OpSite& site, const nopt_penalty_args& args) {
  NOPT_CHECK(check_reserved(site, args.reserved));
  NOPT_CHECK(check_finite(site, "l1", args.l1));
  NOPT_CHECK(check_finite(site, "l2", args.l2));
  NOPT_CHECK(check_finite(site, "gradient_scale", args.gradient_scale));
  NOPT_CHECK(check_finite(site, "gradient_scale * l1", args.gradient_scale * args.l1));
  NOPT_CHECK(check_finite(site, "2 * gradient_scale * l2", 2 * args.gradient_scale * args.l2));
  NOPT_CHECK(check_matrix(site, "x", args.x));
  NOPT_CHECK(check_optional_matrix(site, "dx", args.dx));
  NOPT_CHECK(check_shape(site, "dx", args.dx, {"x.rows", args.x.rows}, {"x.columns", args.x.columns}));
  NOPT_CHECK(check_result_pointer(site, "value", args.value));
  BufferList buffers;
  buffers.add("x", args.x, Use::kInput);
  buffers.add("dx", args.dx, Use::kOutput);
  buffers.add("value", args.value, sizeof(double), Use::kOutput);
  return buffers.check(site);
}

}  // namespace nopt
