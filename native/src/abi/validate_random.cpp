#include "abi/matrix_check.h"
#include "abi/validate.h"

namespace nopt {

nopt_status validate_random_uniform(const OpSite& site, const nopt_random_uniform_args& args) {
  NOPT_CHECK(check_reserved(site, args.reserved));
  NOPT_CHECK(check_finite(site, "low", args.low));
  NOPT_CHECK(check_finite(site, "high", args.high));
  if (!(args.low < args.high))
    return fail_at(site, NOPT_ERROR_ARGUMENT, "low is %g, and must be below high, which is %g", args.low, args.high);
  NOPT_CHECK(check_finite(site, "high - low", args.high - args.low));
  NOPT_CHECK(check_matrix(site, "y", args.y));
  const uint64_t count = static_cast<uint64_t>(args.y.rows) * static_cast<uint64_t>(args.y.columns);
  return check_stream_range(site, args.offset, count);
}

}  // namespace nopt
