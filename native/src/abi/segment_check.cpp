#include "abi/segment_check.h"

#include <cinttypes>

#include "abi/step_check.h"

namespace nopt {

nopt_status check_segments(const OpSite& site, const SegmentList& list) {
  if (list.count < 0) {
    return fail_at(site, NOPT_ERROR_SHAPE, "segment_count is %" PRId64 ", and must be at least 0", list.count);
  }
  if (list.count > 0) {
    NOPT_CHECK(check_array(site, {"segments", list.segments, "segment_count", list.count}, sizeof(nopt_segment),
                           alignof(nopt_segment)));
  }
  int64_t end = 0;  // of the segment before
  for (int64_t i = 0; i < list.count; ++i) {
    const nopt_segment& s = list.segments[i];
    if (s.count < 1)
      return fail_at(site, NOPT_ERROR_SHAPE, "segments[%" PRId64 "].count is %" PRId64 ", and must be at least 1", i,
                     s.count);
    if (s.offset < end) {
      return fail_at(site, NOPT_ERROR_SHAPE,
                     "segments[%" PRId64 "].offset is %" PRId64 ", and must be at least %" PRId64
                     ", where the segment before ends",
                     i, s.offset, end);
    }
    if (s.count > list.length || s.offset > list.length - s.count) {
      return fail_at(site, NOPT_ERROR_SHAPE,
                     "segments[%" PRId64 "] is %" PRId64 " elements at %" PRId64 ", and length is %" PRId64, i, s.count,
                     s.offset, list.length);
    }
    if (s.scalars_index < 0 || s.scalars_index >= list.row_count) {
      return fail_at(site, NOPT_ERROR_ARGUMENT,
                     "segments[%" PRId64 "].scalars_index is %" PRId64
                     ", and must be at least 0 and below row_count, which is %" PRId64,
                     i, s.scalars_index, list.row_count);
    }
    end = s.offset + s.count;
  }
  return NOPT_OK;
}

nopt_status check_prologues(const OpSite& site, const nopt_prologue* prologues, int64_t row_count) {
  NOPT_CHECK(check_array(site, {"prologues", prologues, "row_count", row_count}, sizeof(nopt_prologue),
                         alignof(nopt_prologue)));
  for (int64_t row = 0; row < row_count; ++row) {
    NOPT_CHECK(check_prologue(site, {"prologues", row}, prologues[row]));
  }
  return NOPT_OK;
}

}  // namespace nopt
