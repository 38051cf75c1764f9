// What can be wrong with an optimizer step.
#include "faults.h"

namespace nopt {
namespace testing_abi {
namespace {

// The same step with an optimizer that keeps one number for each segment.
void take_novograd(Operations& o) {
  static double numbers[2];
  EXPECT_EQ(nopt_optimizer_find("novograd", &o.step.optimizer), NOPT_OK) << nopt_last_error();
  o.step.slot_count = 1;
  o.step.scalar_count = 7;
  o.step.numbers = numbers;
  o.scalars.resize(14, 0.5);
  o.step.scalars = o.scalars.data();
}

// The first pass of an optimizer that takes sums over all segments.
void take_dadapt_adamw(Operations& o) {
  static float sum[64];
  EXPECT_EQ(nopt_optimizer_find("dadapt_adamw", &o.step.optimizer), NOPT_OK) << nopt_last_error();
  o.step.scalar_count = 8;
  o.step.row_count = 1;
  o.step.flags = NOPT_STEP_MEASURE;
  for (nopt_segment& segment : o.segments) segment.scalars_index = 0;
  o.slots[2] = sum;
}

// clang-format off
const Fault kOptimizerStepFaults[] = {
    NOPT_FAULT(OptimizerNegative, NOT_FOUND, o.step.optimizer = -1, "optimizer is -1"),
    NOPT_FAULT(OptimizerTooLarge, NOT_FOUND, o.step.optimizer = 1000, "optimizer is 1000"),
    NOPT_FAULT(OptimizerOfTheOtherFamily, ARGUMENT, o.step.optimizer = o.matrix_step.optimizer,
               "(muon)", "its operation is matrix_step"),
    NOPT_FAULT(FlagsUnknown, ARGUMENT, o.step.flags = 32, "flags is 0x20"),
    NOPT_FAULT(MeasureOfARuleOfOnePass, ARGUMENT, o.step.flags = NOPT_STEP_MEASURE, "flags is 0x4"),
    NOPT_FAULT(VariantUnknown, ARGUMENT, o.step.variant = 2, "variant is 0x2", "adam has 1"),
    NOPT_FAULT(ReservedNotZero, ARGUMENT, o.step.reserved = 1, "reserved is 1"),
    NOPT_FAULT(DtypeF64, DTYPE, o.step.dtype = NOPT_DTYPE_F64, "dtype is 1 (f64)"),
    NOPT_FAULT(SlotCount, SHAPE, o.step.slot_count = 2, "slot_count is 2, adam has 3"),
    NOPT_FAULT(ScalarCount, SHAPE, o.step.scalar_count = 7, "scalar_count is 7, adam has 6"),
    NOPT_FAULT(LengthZero, SHAPE, o.step.length = 0, "length is 0"),
    NOPT_FAULT(LengthNegative, SHAPE, o.step.length = -20, "length is -20"),
    NOPT_FAULT(LengthHuge, SHAPE, o.step.length = INT64_MAX, "length is 9223372036854775807"),
    NOPT_FAULT(ParametersNull, ARGUMENT, o.step.parameters = nullptr, "parameters is null"),
    NOPT_FAULT(GradientsNull, ARGUMENT, o.step.gradients = nullptr, "gradients is null"),
    NOPT_FAULT(GradientsMisaligned, ALIGNMENT, o.step.gradients = static_cast<char*>(o.step.gradients) + 2,
               "gradients is at 0x"),
    NOPT_FAULT(SlotsNull, ARGUMENT, o.step.slots = nullptr, "slots is null"),
    NOPT_FAULT(SlotNull, ARGUMENT, o.slots[1] = nullptr, "slots[1] is null"),
    NOPT_FAULT(SlotOfTheVariantNull, ARGUMENT, o.step.variant = 1, "slots[2] is null"),
    NOPT_FAULT(SlotMisaligned, ALIGNMENT, o.slots[0] = static_cast<char*>(o.slots[0]) + 1, "slots[0] is at 0x"),
    NOPT_FAULT(SegmentsNull, ARGUMENT, o.step.segments = nullptr, "segments is null"),
    NOPT_FAULT(SegmentCountNegative, SHAPE, o.step.segment_count = -1, "segment_count is -1"),
    NOPT_FAULT(SegmentCountHuge, SHAPE, o.step.segment_count = INT64_MAX, "segment_count is 9223372036854775807"),
    NOPT_FAULT(SegmentEmpty, SHAPE, o.segments[0].count = 0, "segments[0].count is 0"),
    NOPT_FAULT(SegmentOffsetNegative, SHAPE, o.segments[0].offset = -1, "segments[0].offset is -1"),
    NOPT_FAULT(SegmentsOverlap, SHAPE, o.segments[1].offset = 7, "segments[1].offset is 7", "at least 8"),
    NOPT_FAULT(SegmentBeyondTheEnd, SHAPE, o.segments[1].count = 11,
               "segments[1] is 11 elements at 10", "length is 20"),
    NOPT_FAULT(SegmentHuge, SHAPE, o.segments[1].count = INT64_MAX, "segments[1]"),
    NOPT_FAULT(SegmentRowNegative, ARGUMENT, o.segments[0].scalars_index = -1, "segments[0].scalars_index is -1"),
    NOPT_FAULT(SegmentRowTooLarge, ARGUMENT, o.segments[0].scalars_index = 2,
               "scalars_index is 2", "row_count, which is 2"),
    NOPT_FAULT(ProloguesNull, ARGUMENT, o.step.prologues = nullptr, "prologues is null"),
    NOPT_FAULT(ScalarsNull, ARGUMENT, o.step.scalars = nullptr, "scalars is null"),
    NOPT_FAULT(RowCountZero, SHAPE, o.step.row_count = 0, "row_count is 0"),
    NOPT_FAULT(RowCountHuge, SHAPE, o.step.row_count = INT64_MAX, "row_count is 9223372036854775807"),
    NOPT_FAULT(ScalarNan, ARGUMENT, o.scalars[6 + 4] = kNan, "scalars[1][4] (step) is nan"),
    NOPT_FAULT(ScalarInfinite, ARGUMENT, o.scalars[0] = -kInfinity, "scalars[0][0] (beta1) is -inf"),
    NOPT_FAULT(ScalarNotFiniteIn32Bits, ARGUMENT, o.scalars[4] = 1e300, "scalars[0][4] (step) is 1e+300"),
    NOPT_FAULT(GradientScaleInfinite, ARGUMENT, o.prologues[1].gradient_scale = kInfinity,
               "prologues[1].gradient_scale is inf"),
    NOPT_FAULT(L1Infinite, ARGUMENT, o.prologues[0].l1 = kInfinity, "prologues[0].l1 is inf"),
    NOPT_FAULT(L2Nan, ARGUMENT, o.prologues[0].l2 = kNan, "prologues[0].l2 is nan"),
    NOPT_FAULT(ClipValueNegative, ARGUMENT, o.prologues[0].clip_value = -1, "prologues[0].clip_value is -1"),
    NOPT_FAULT(ClipValueNan, ARGUMENT, o.prologues[0].clip_value = kNan, "prologues[0].clip_value is nan"),
    NOPT_FAULT(WeightDecayNan, ARGUMENT, o.prologues[0].weight_decay = kNan, "prologues[0].weight_decay is nan"),
    NOPT_FAULT(WeightFactorInfinite, ARGUMENT, o.prologues[1].weight_factor = kInfinity,
               "prologues[1].weight_factor is inf"),
    NOPT_FAULT(SegmentsShareNumbers, ARGUMENT, take_novograd(o); o.segments[1].scalars_index = 0,
               "segments[1].scalars_index is 0", "larger than 0"),
    NOPT_FAULT(NumbersNull, ARGUMENT, take_novograd(o); o.step.numbers = nullptr, "numbers is null"),
    NOPT_FAULT(NumbersMisaligned, ALIGNMENT, take_novograd(o); o.step.numbers = shifted(o.step.numbers, 4),
               "numbers is at 0x"),
    NOPT_FAULT(NumbersAreScalars, OVERLAP, take_novograd(o); o.step.numbers = o.scalars.data(),
               "scalars", "shares memory with numbers"),
    NOPT_FAULT(SumsNull, ARGUMENT, take_dadapt_adamw(o), "numbers is null"),
    NOPT_FAULT(GradientsAreParameters, OVERLAP, o.step.gradients = o.step.parameters,
               "gradients", "shares memory with parameters"),
    NOPT_FAULT(SlotIsGradients, OVERLAP, o.slots[1] = o.step.gradients, "slots[1]", "shares memory with gradients"),
    NOPT_FAULT(SlotIsSlot, OVERLAP, o.slots[1] = o.slots[0], "slots[1]", "shares memory with slots[0]"),
    NOPT_FAULT(ScalarsInParameters, OVERLAP, o.step.parameters = o.scalars.data(),
               "scalars", "shares memory with parameters"),
};

// clang-format on

NOPT_FAULT_TESTS(OptimizerStep, NOPT_OP_OPTIMIZER_STEP, kOptimizerStepFaults)

TEST(OptimizerStep, Run_OfAMeasurement_LeavesTheParametersAndWritesTheSums) {
  Operations operations;
  take_dadapt_adamw(operations);
  double sums[2] = {-1, -1};
  operations.step.numbers = sums;
  const float before = static_cast<const float*>(operations.step.parameters)[0];
  EXPECT_EQ(operations.run(NOPT_OP_OPTIMIZER_STEP), NOPT_OK) << nopt_last_error();
  EXPECT_EQ(static_cast<const float*>(operations.step.parameters)[0], before);
  EXPECT_GE(sums[1], 0);
  operations.step.segment_count = 0;
  sums[0] = sums[1] = -1;
  EXPECT_EQ(operations.run(NOPT_OP_OPTIMIZER_STEP), NOPT_OK) << nopt_last_error();
  EXPECT_EQ(sums[0], 0);
  EXPECT_EQ(sums[1], 0);
}

TEST(OptimizerStep, Run_WithoutSegments_ChangesNothing) {
  Operations operations;
  operations.step.segments = nullptr;
  operations.step.segment_count = 0;
  const float before = static_cast<const float*>(operations.step.parameters)[0];
  EXPECT_EQ(operations.run(NOPT_OP_OPTIMIZER_STEP), NOPT_OK) << nopt_last_error();
  EXPECT_EQ(static_cast<const float*>(operations.step.parameters)[0], before);
}

}  // namespace
}  // namespace testing_abi
}  // namespace nopt
