#include <cinttypes>

#include "abi/matrix_check.h"
#include "abi/overlap_check.h"
#include "abi/validate.h"

namespace nopt {

nopt_status validate_noise(const OpSite& site, const nopt_noise_args& args) {
  if (args.noise < NOPT_NOISE_DROPOUT || args.noise > NOPT_NOISE_GAUSSIAN) {
    return fail_at(site, NOPT_ERROR_ARGUMENT, "noise is %" PRId32 ", and must be 0 to %d", args.noise,
                   static_cast<int>(NOPT_NOISE_GAUSSIAN));
  }
  NOPT_CHECK(check_fraction(site, "rate", args.rate));
  NOPT_CHECK(check_finite(site, "scale", args.scale));
  NOPT_CHECK(check_finite(site, "shift", args.shift));
  NOPT_CHECK(check_finite(site, "dropped", args.dropped));
  NOPT_CHECK(check_matrix(site, "x", args.x));
  NOPT_CHECK(check_matrix(site, "y", args.y));
  NOPT_CHECK(check_shape(site, "y", args.y, {"x.rows", args.x.rows}, {"x.columns", args.x.columns}));
  NOPT_CHECK(check_stream_range(site, args.offset,
                                static_cast<uint64_t>(args.x.rows) * static_cast<uint64_t>(args.x.columns)));
  BufferList buffers;
  if (!same_matrix(args.x, args.y)) buffers.add("x", args.x, Use::kInput);
  buffers.add("y", args.y, Use::kOutput);
  return buffers.check(site);
}

}  // namespace nopt
