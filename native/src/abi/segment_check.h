// Checks of segments and of the rows that they point to.
#ifndef NOPT_ABI_SEGMENT_CHECK_H
#define NOPT_ABI_SEGMENT_CHECK_H

#include <cstdint>

#include "abi/error.h"

namespace nopt {

// The segments of an operation, and what they point into.
struct SegmentList {
  const nopt_segment* segments;
  int64_t count;
  int64_t length;     // elements of the arrays
  int64_t row_count;  // rows of prologues
};

// Ascending, not empty, within the arrays and the rows; the list may be empty.
nopt_status check_segments(const OpSite& site, const SegmentList& list);

// row_count prologues, at least one, with numbers that are finite and in their ranges.
nopt_status check_prologues(const OpSite& site, const nopt_prologue* prologues, int64_t row_count);

}  // namespace nopt

#endif  // NOPT_ABI_SEGMENT_CHECK_H
