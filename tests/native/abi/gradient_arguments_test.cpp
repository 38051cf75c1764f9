// What can be wrong with the operations that look at gradients before a step.
#include "faults.h"

namespace nopt {
namespace testing_abi {
namespace {

// clang-format off
const Fault kGradientNormFaults[] = {
    NOPT_FAULT(FlagsUnknown, ARGUMENT, o.norm.flags = 2, "flags is 0x2"),
    NOPT_FAULT(ReservedNotZero, ARGUMENT, o.norm.reserved = 1, "reserved is 1"),
    NOPT_FAULT(DtypeF64, DTYPE, o.norm.dtype = NOPT_DTYPE_F64, "dtype is 1 (f64)"),
    NOPT_FAULT(OrderZero, ARGUMENT, o.norm.order = 0, "order is 0, and must be greater than 0"),
    NOPT_FAULT(OrderNan, ARGUMENT, o.norm.order = kNan, "order is nan"),
    NOPT_FAULT(OrderMinusInfinity, ARGUMENT, o.norm.order = -kInfinity, "order is -inf"),
    NOPT_FAULT(LengthZero, SHAPE, o.norm.length = 0, "length is 0"),
    NOPT_FAULT(ParametersNull, ARGUMENT, o.norm.parameters = nullptr, "parameters is null"),
    NOPT_FAULT(GradientsNull, ARGUMENT, o.norm.gradients = nullptr, "gradients is null"),
    NOPT_FAULT(GradientsMisaligned, ALIGNMENT, o.norm.gradients = static_cast<const char*>(o.norm.gradients) + 2,
               "gradients is at 0x"),
    NOPT_FAULT(SegmentsNull, ARGUMENT, o.norm.segments = nullptr, "segments is null"),
    NOPT_FAULT(SegmentCountNegative, SHAPE, o.norm.segment_count = -1, "segment_count is -1"),
    NOPT_FAULT(SegmentsOverlap, SHAPE, o.segments[1].offset = 7, "segments[1].offset is 7", "at least 8"),
    NOPT_FAULT(SegmentBeyondTheEnd, SHAPE, o.segments[1].count = 11,
               "segments[1] is 11 elements at 10", "length is 20"),
    NOPT_FAULT(SegmentRowTooLarge, ARGUMENT, o.segments[0].scalars_index = 2,
               "scalars_index is 2", "row_count, which is 2"),
    NOPT_FAULT(ProloguesNull, ARGUMENT, o.norm.prologues = nullptr, "prologues is null"),
    NOPT_FAULT(RowCountZero, SHAPE, o.norm.row_count = 0, "row_count is 0"),
    NOPT_FAULT(L1Infinite, ARGUMENT, o.prologues[0].l1 = kInfinity, "prologues[0].l1 is inf"),
    NOPT_FAULT(NormsMisaligned, ALIGNMENT, o.norm.norms = shifted(o.norm.norms, 4), "norms is at 0x"),
    NOPT_FAULT(CountsMisaligned, ALIGNMENT, o.norm.non_finite_counts = shifted(o.norm.non_finite_counts, 4),
               "non_finite_counts is at 0x"),
    NOPT_FAULT(CountsAreNorms, OVERLAP, o.norm.non_finite_counts = reinterpret_cast<int64_t*>(o.norms.data()),
               "non_finite_counts", "shares memory with norms"),
};

const Fault kAdaptiveClipFaults[] = {
    NOPT_FAULT(FlagsUnknown, ARGUMENT, o.clip.flags = 2, "flags is 0x2"),
    NOPT_FAULT(ClippingZero, ARGUMENT, o.clip.clipping = 0, "clipping is 0, and must be greater than 0"),
    NOPT_FAULT(ClippingNan, ARGUMENT, o.clip.clipping = kNan, "clipping is nan"),
    NOPT_FAULT(EpsilonNegative, ARGUMENT, o.clip.epsilon = -1, "epsilon is -1"),
    NOPT_FAULT(EpsilonInfinite, ARGUMENT, o.clip.epsilon = kInfinity, "epsilon is inf"),
    NOPT_FAULT(ScaleNan, ARGUMENT, o.clip.gradient_scale = kNan, "gradient_scale is nan"),
    NOPT_FAULT(L1Nan, ARGUMENT, o.clip.l1 = kNan, "l1 is nan"),
    NOPT_FAULT(L2Infinite, ARGUMENT, o.clip.l2 = kInfinity, "l2 is inf"),
    NOPT_FAULT(GradientRows, SHAPE, o.clip.g.rows = kIn - 1, "g.rows is 3, w.rows is 4"),
    NOPT_FAULT(ResultColumns, SHAPE, o.clip.y.columns = kOut - 1, "y.columns is 4, w.columns is 5"),
    NOPT_FAULT(ResultIsWeights, OVERLAP, o.clip.y = o.clip.w, "y", "shares memory with w"),
    NOPT_FAULT(ResultInGradients, OVERLAP, o.clip.y.data = at(o.clip.g, 1), "y", "shares memory with g"),
};

const Fault kCentralizeFaults[] = {
    NOPT_FAULT(FlagsUnknown, ARGUMENT, o.centralize.flags = 2, "flags is 0x2"),
    NOPT_FAULT(PrologueNull, ARGUMENT, o.centralize.prologue = nullptr, "prologue is null"),
    NOPT_FAULT(PrologueMisaligned, ALIGNMENT, o.centralize.prologue = shifted(o.centralize.prologue, 4),
               "prologue is at 0x"),
    NOPT_FAULT(ScaleInfinite, ARGUMENT, o.prologues[0].gradient_scale = kInfinity, "prologue.gradient_scale is inf"),
    NOPT_FAULT(L2Nan, ARGUMENT, o.prologues[0].l2 = kNan, "prologue.l2 is nan"),
    NOPT_FAULT(GradientRows, SHAPE, o.centralize.g.rows = kIn - 1, "g.rows is 3, w.rows is 4"),
    NOPT_FAULT(ResultColumns, SHAPE, o.centralize.y.columns = kOut - 1, "y.columns is 4, w.columns is 5"),
    NOPT_FAULT(ResultIsWeights, OVERLAP, o.centralize.y = o.centralize.w, "y", "shares memory with w"),
    NOPT_FAULT(ResultInGradients, OVERLAP, o.centralize.y.data = at(o.centralize.g, 1), "y", "shares memory with g"),
};
// clang-format on

NOPT_FAULT_TESTS(GradientNorm, NOPT_OP_GRADIENT_NORM, kGradientNormFaults)
NOPT_FAULT_TESTS(AdaptiveClip, NOPT_OP_ADAPTIVE_CLIP, kAdaptiveClipFaults)
NOPT_FAULT_TESTS(Centralize, NOPT_OP_CENTRALIZE, kCentralizeFaults)

TEST(GradientNorm, Run_WithoutResultsOrSegments_Succeeds) {
  Operations operations;
  operations.norm.norms = nullptr;
  operations.norm.non_finite_counts = nullptr;
  EXPECT_EQ(operations.run(NOPT_OP_GRADIENT_NORM), NOPT_OK) << nopt_last_error();
  operations.norm.segments = nullptr;
  operations.norm.segment_count = 0;
  EXPECT_EQ(operations.run(NOPT_OP_GRADIENT_NORM), NOPT_OK) << nopt_last_error();
}

TEST(AdaptiveClip, Run_InPlace_Succeeds) {
  Operations operations;
  operations.clip.y = operations.clip.g;
  EXPECT_EQ(operations.run(NOPT_OP_ADAPTIVE_CLIP), NOPT_OK) << nopt_last_error();
}

}  // namespace
}  // namespace testing_abi
}  // namespace nopt
