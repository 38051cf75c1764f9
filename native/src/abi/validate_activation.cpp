#include "abi/activation_check.h"
#include "abi/matrix_check.h"
#include "abi/overlap_check.h"
#include "abi/validate.h"

namespace nopt {

nopt_status validate_activation(const OpSite& site, const nopt_activation_args& args) {
  NOPT_CHECK(check_activation(site, args.activation, args.activation_parameter));
  NOPT_CHECK(check_matrix(site, "x", args.x));
  NOPT_CHECK(check_matrix(site, "y", args.y));
  NOPT_CHECK(check_shape(site, "y", args.y, {"x.rows", args.x.rows}, {"x.columns", args.x.columns}));
  NOPT_CHECK(check_slopes(site, args.activation, args.slopes, args.x));
  BufferList buffers;
  if (!same_matrix(args.x, args.y)) buffers.add("x", args.x, Use::kInput);
  buffers.add("slopes", args.slopes, Use::kInput);
  buffers.add("y", args.y, Use::kOutput);
  return buffers.check(site);
}

namespace {

nopt_status check_backward_matrices(const OpSite& site, const nopt_activation_backward_args& args) {
  NOPT_CHECK(check_optional_matrix(site, "x", args.x));
  NOPT_CHECK(check_optional_matrix(site, "y", args.y));
  NOPT_CHECK(check_matrix(site, "dy", args.dy));
  NOPT_CHECK(check_optional_matrix(site, "dx", args.dx));
  const NamedSize batch = {"dy.rows", args.dy.rows};
  const NamedSize width = {"dy.columns", args.dy.columns};
  NOPT_CHECK(check_shape(site, "x", args.x, batch, width));
  NOPT_CHECK(check_shape(site, "y", args.y, batch, width));
  return check_shape(site, "dx", args.dx, batch, width);
}

nopt_status check_backward_slopes(const OpSite& site, const nopt_activation_backward_args& args) {
  NOPT_CHECK(check_slopes(site, args.activation, args.slopes, args.x));
  if (is_absent(args.dslopes)) return NOPT_OK;
  if (is_absent(args.slopes)) {
    return fail_at(site, NOPT_ERROR_ARGUMENT, "dslopes.data is %p, and must be null where slopes is absent",
                   args.dslopes.data);
  }
  NOPT_CHECK(check_matrix(site, "dslopes", args.dslopes));
  return check_shape(site, "dslopes", args.dslopes, {"slopes.rows", args.slopes.rows},
                     {"slopes.columns", args.slopes.columns});
}

}  // namespace

nopt_status validate_activation_backward(const OpSite& site, const nopt_activation_backward_args& args) {
  NOPT_CHECK(check_activation(site, args.activation, args.activation_parameter));
  NOPT_CHECK(check_flags(site, args.flags, NOPT_BACKWARD_ACCUMULATE));
  NOPT_CHECK(check_reserved(site, args.reserved));
  NOPT_CHECK(check_derivative_source(site, args.activation, "x", args.x, args.y));
  NOPT_CHECK(check_backward_matrices(site, args));
  NOPT_CHECK(check_backward_slopes(site, args));
  BufferList buffers;
  buffers.add("x", args.x, Use::kInput);
  buffers.add("y", args.y, Use::kInput);
  buffers.add("slopes", args.slopes, Use::kInput);
  if (!same_matrix(args.dy, args.dx)) buffers.add("dy", args.dy, Use::kInput);
  buffers.add("dslopes", args.dslopes, Use::kOutput);
  buffers.add("dx", args.dx, Use::kOutput);
  return buffers.check(site);
}

}  // namespace nopt
