#include "abi/matrix_check.h"
#include "abi/overlap_check.h"
#include "abi/validate.h"

namespace nopt {

nopt_status validate_activation(const OpSite& site, const nopt_activation_args& args) {
  NOPT_CHECK(check_activation(site, args.activation, args.activation_parameter));
  NOPT_CHECK(check_matrix(site, "x", args.x));
  NOPT_CHECK(check_matrix(site, "y", args.y));
  NOPT_CHECK(check_shape(site, "y", args.y, {"x.rows", args.x.rows}, {"x.columns", args.x.columns}));
  BufferList buffers;
  if (!same_matrix(args.x, args.y)) buffers.add("x", args.x, Use::kInput);
  buffers.add("y", args.y, Use::kOutput);
  return buffers.check(site);
}

}  // namespace nopt
