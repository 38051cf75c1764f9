#include "abi/activation_check.h"
#include "abi/matrix_check.h"
#include "abi/overlap_check.h"
#include "abi/validate.h"

namespace nopt {

nopt_status validate_dense_forward(const OpSite& site, const nopt_dense_forward_args& args) {
  NOPT_CHECK(check_dense_activation(site, args.activation, args.activation_parameter));
  NOPT_CHECK(check_matrix(site, "x", args.x));
  NOPT_CHECK(check_matrix(site, "w", args.w));
  NOPT_CHECK(check_optional_matrix(site, "b", args.b));
  NOPT_CHECK(check_optional_matrix(site, "z", args.z));
  NOPT_CHECK(check_matrix(site, "y", args.y));
  const NamedSize batch = {"x.rows", args.x.rows};
  const NamedSize out = {"w.columns", args.w.columns};
  NOPT_CHECK(check_shape(site, "w", args.w, {"x.columns", args.x.columns}, out));
  NOPT_CHECK(check_shape(site, "b", args.b, {"the number of rows of a bias", 1}, out));
  NOPT_CHECK(check_shape(site, "z", args.z, batch, out));
  NOPT_CHECK(check_shape(site, "y", args.y, batch, out));
  BufferList buffers;
  buffers.add("x", args.x, Use::kInput);
  buffers.add("w", args.w, Use::kInput);
  buffers.add("b", args.b, Use::kInput);
  buffers.add("z", args.z, Use::kOutput);
  buffers.add("y", args.y, Use::kOutput);
  return buffers.check(site);
}

namespace {

nopt_status check_backward_presence(const OpSite& site, const nopt_dense_backward_args& args) {
  if (is_absent(args.w) && !is_absent(args.dx))
    return fail_at(site, NOPT_ERROR_ARGUMENT, "w.data is null, and dx needs w");
  return check_derivative_source(site, args.activation, "z", args.z, args.y);
}

nopt_status check_backward_matrices(const OpSite& site, const nopt_dense_backward_args& args) {
  NOPT_CHECK(check_matrix(site, "x", args.x));
  NOPT_CHECK(check_optional_matrix(site, "w", args.w));
  NOPT_CHECK(check_optional_matrix(site, "y", args.y));
  NOPT_CHECK(check_optional_matrix(site, "z", args.z));
  NOPT_CHECK(check_matrix(site, "dy", args.dy));
  NOPT_CHECK(check_optional_matrix(site, "dw", args.dw));
  NOPT_CHECK(check_optional_matrix(site, "db", args.db));
  return check_optional_matrix(site, "dx", args.dx);
}

nopt_status check_backward_shapes(const OpSite& site, const nopt_dense_backward_args& args) {
  const NamedSize batch = {"x.rows", args.x.rows};
  const NamedSize in = {"x.columns", args.x.columns};
  const NamedSize out = {"dy.columns", args.dy.columns};
  NOPT_CHECK(check_shape(site, "dy", args.dy, batch, out));
  NOPT_CHECK(check_shape(site, "w", args.w, in, out));
  NOPT_CHECK(check_shape(site, "y", args.y, batch, out));
  NOPT_CHECK(check_shape(site, "z", args.z, batch, out));
  NOPT_CHECK(check_shape(site, "dw", args.dw, in, out));
  NOPT_CHECK(check_shape(site, "db", args.db, {"the number of rows of a bias", 1}, out));
  return check_shape(site, "dx", args.dx, batch, in);
}

}  // namespace

nopt_status validate_dense_backward(const OpSite& site, const nopt_dense_backward_args& args) {
  NOPT_CHECK(check_dense_activation(site, args.activation, args.activation_parameter));
  NOPT_CHECK(check_flags(site, args.flags, NOPT_BACKWARD_ACCUMULATE));
  NOPT_CHECK(check_reserved(site, args.reserved));
  NOPT_CHECK(check_backward_presence(site, args));
  NOPT_CHECK(check_backward_matrices(site, args));
  NOPT_CHECK(check_backward_shapes(site, args));
  BufferList buffers;
  buffers.add("x", args.x, Use::kInput);
  buffers.add("w", args.w, Use::kInput);
  buffers.add("y", args.y, Use::kInput);
  buffers.add("z", args.z, Use::kInput);
  buffers.add("dy", args.dy, Use::kOutput);
  buffers.add("dw", args.dw, Use::kOutput);
  buffers.add("db", args.db, Use::kOutput);
  buffers.add("dx", args.dx, Use::kOutput);
  return buffers.check(site);
}

}  // namespace nopt
