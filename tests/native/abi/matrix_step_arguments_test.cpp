// What can be wrong with a matrix step.
#include "faults.h"

namespace nopt {
namespace testing_abi {
namespace {

// A rule without coefficients and with slots of three lengths.
void take_adafactor(Operations& o) {
  ASSERT_EQ(nopt_optimizer_find("adafactor", &o.matrix_step.optimizer), NOPT_OK) << nopt_last_error();
  float* const m = static_cast<float*>(o.matrix_slots[0]);
  float* const rows = static_cast<float*>(o.slots[0]);
  o.matrix_slots = {rows, rows + kIn, m};
  o.matrix_scalars.assign(9, 0.5);
  o.matrix_step.slots = o.matrix_slots.data();
  o.matrix_step.scalars = o.matrix_scalars.data();
  o.matrix_step.slot_count = 3;
  o.matrix_step.scalar_count = 9;
  o.matrix_step.variant = 1;
  o.matrix_step.coefficient_count = 0;
}

// clang-format off
const Fault kMatrixStepFaults[] = {
    NOPT_FAULT(OptimizerNegative, NOT_FOUND, o.matrix_step.optimizer = -1, "optimizer is -1"),
    NOPT_FAULT(OptimizerTooLarge, NOT_FOUND, o.matrix_step.optimizer = 1000, "optimizer is 1000"),
    NOPT_FAULT(OptimizerOfTheOtherFamily, ARGUMENT, o.matrix_step.optimizer = o.step.optimizer,
               "(adam)", "its operation is optimizer_step"),
    NOPT_FAULT(FlagsUnknown, ARGUMENT, o.matrix_step.flags = 4, "flags is 0x4"),
    NOPT_FAULT(VariantUnknown, ARGUMENT, o.matrix_step.variant = 16, "variant is 0x10", "muon has 4"),
    NOPT_FAULT(ReservedNotZero, ARGUMENT, o.matrix_step.reserved = 1, "reserved is 1"),
    NOPT_FAULT(DtypeF64, DTYPE, o.matrix_step.dtype = NOPT_DTYPE_F64, "dtype is 1 (f64)"),
    NOPT_FAULT(SlotCount, SHAPE, o.matrix_step.slot_count = 2, "slot_count is 2, muon has 1"),
    NOPT_FAULT(ScalarCount, SHAPE, o.matrix_step.scalar_count = 6, "scalar_count is 6, muon has 7"),
    NOPT_FAULT(RowsZero, SHAPE, o.matrix_step.rows = 0, "rows is 0"),
    NOPT_FAULT(ColumnsNegative, SHAPE, o.matrix_step.columns = -5, "columns is -5"),
    NOPT_FAULT(SizeHuge, SHAPE, o.matrix_step.rows = INT64_MAX, "rows is 9223372036854775807 and columns is 5"),
    NOPT_FAULT(SizeBeyondTheEnd, SHAPE, (o.matrix_step.rows = INT64_MAX / 8, o.matrix_step.columns = 2),
               "rows * columns is", "more than can be addressed"),
    NOPT_FAULT(ParametersNull, ARGUMENT, o.matrix_step.parameters = nullptr, "parameters is null"),
    NOPT_FAULT(GradientsMisaligned, ALIGNMENT, o.matrix_step.gradients = shifted(static_cast<float*>(o.matrix_step.gradients), 2),
               "gradients is at 0x"),
    NOPT_FAULT(SlotsNull, ARGUMENT, o.matrix_step.slots = nullptr, "slots is null"),
    NOPT_FAULT(SlotNull, ARGUMENT, o.matrix_slots[0] = nullptr, "slots[0] is null"),
    NOPT_FAULT(PrologueNull, ARGUMENT, o.matrix_step.prologue = nullptr, "prologue is null"),
    NOPT_FAULT(ClipValueNegative, ARGUMENT, o.matrix_prologue.clip_value = -1, "prologue.clip_value is -1"),
    NOPT_FAULT(WeightFactorNan, ARGUMENT, o.matrix_prologue.weight_factor = kNan, "prologue.weight_factor is nan"),
    NOPT_FAULT(ScalarsNull, ARGUMENT, o.matrix_step.scalars = nullptr, "scalars is null"),
    NOPT_FAULT(ScalarInfinite, ARGUMENT, o.matrix_scalars[6] = kInfinity, "scalars[6] (rate) is inf"),
    NOPT_FAULT(CoefficientsNull, ARGUMENT, o.matrix_step.coefficients = nullptr, "coefficients is null"),
    NOPT_FAULT(CoefficientsOfHalfAnIteration, SHAPE, o.matrix_step.coefficient_count = 5,
               "coefficient_count is 5", "a multiple of 3 from 0 to 300"),
    NOPT_FAULT(CoefficientsTooMany, SHAPE, o.matrix_step.coefficient_count = 303, "coefficient_count is 303"),
    NOPT_FAULT(CoefficientNan, ARGUMENT, o.coefficients[4] = kNan, "coefficients[4] is nan"),
    NOPT_FAULT(CoefficientsOfARuleWithout, SHAPE, (take_adafactor(o), o.matrix_step.coefficient_count = 3),
               "coefficient_count is 3", "adafactor has none"),
    NOPT_FAULT(GradientsAreParameters, OVERLAP, o.matrix_step.gradients = o.matrix_step.parameters,
               "gradients", "shares memory with parameters"),
    NOPT_FAULT(SlotInParameters, OVERLAP, o.matrix_slots[0] = static_cast<float*>(o.matrix_step.parameters) + kIn * kOut - 1,
               "slots[0]", "shares memory with parameters"),
    NOPT_FAULT(RowsInColumns, OVERLAP,
               (take_adafactor(o), o.matrix_slots[1] = static_cast<float*>(o.matrix_slots[0]) + kIn - 1),
               "slots[1]", "shares memory with slots[0]"),
    NOPT_FAULT(CoefficientsInParameters, OVERLAP, (o.matrix_step.parameters = o.coefficients.data(), o.matrix_step.rows = 1),
               "coefficients", "shares memory with parameters"),
};
// clang-format on

NOPT_FAULT_TESTS(MatrixStep, NOPT_OP_MATRIX_STEP, kMatrixStepFaults)

TEST(MatrixStep, Run_WithSlotsSideBySide_Succeeds) {
  Operations operations;
  take_adafactor(operations);
  EXPECT_EQ(operations.run(NOPT_OP_MATRIX_STEP), NOPT_OK) << nopt_last_error();
}

TEST(MatrixStep, Run_WithoutCoefficients_AppliesTheNormalisedMomentum) {
  Operations operations;
  operations.matrix_step.coefficient_count = 0;
  operations.matrix_step.coefficients = nullptr;
  EXPECT_EQ(operations.run(NOPT_OP_MATRIX_STEP), NOPT_OK) << nopt_last_error();
}

}  // namespace
}  // namespace testing_abi
}  // namespace nopt
