// What can be wrong with activations, losses and random numbers beyond their single matrices.
#include "faults.h"

namespace nopt {
namespace testing_abi {
namespace {

// clang-format off
const Fault kActivationFaults[] = {
    NOPT_FAULT(Unknown, ARGUMENT, o.activation.activation = 5, "activation is 5"),
    NOPT_FAULT(ParameterInfinite, ARGUMENT, o.activation.activation_parameter = kInfinity,
               "activation_parameter is inf"),
    NOPT_FAULT(YRows, SHAPE, o.activation.y.rows = 2, "y.rows is 2, x.rows is 3"),
    NOPT_FAULT(YShiftedByOne, OVERLAP, o.activation.y.data = at(o.activation.x, 1), "shares memory with x"),
    NOPT_FAULT(YWithAnotherStride, OVERLAP, o.activation.y = o.activation.x; o.activation.y.stride = 5,
               "shares memory with x"),
};

const Fault kLossFaults[] = {
    NOPT_FAULT(Unknown, ARGUMENT, o.loss.loss = 4, "loss is 4", "0 to 3"),
    NOPT_FAULT(FlagsUnknown, ARGUMENT, o.loss.flags = 6, "flags is 0x6"),
    NOPT_FAULT(ReservedNotZero, ARGUMENT, o.loss.reserved = -1, "reserved is -1"),
    NOPT_FAULT(ScaleNan, ARGUMENT, o.loss.gradient_scale = kNan, "gradient_scale is nan"),
    NOPT_FAULT(ScaleNotFiniteIn32Bits, ARGUMENT, o.loss.gradient_scale = 1e39, "gradient_scale is 1e+39"),
    NOPT_FAULT(TargetRows, SHAPE, o.loss.targets.rows = 2, "targets.rows is 2, y.rows is 3"),
    NOPT_FAULT(WeightColumns, SHAPE, o.loss.sample_weights.columns = 2, "sample_weights.columns is 2"),
    NOPT_FAULT(DyColumns, SHAPE, o.loss.dy.columns = 4, "dy.columns is 4, y.columns is 5"),
    NOPT_FAULT(LabelTooLarge, DATA, static_cast<int32_t*>(o.loss.targets.data)[2 * 2] = 5,
               "targets[2] is 5", "y.columns, which is 5"),
    NOPT_FAULT(LabelNegative, DATA, static_cast<int32_t*>(o.loss.targets.data)[0] = -1, "targets[0] is -1"),
    NOPT_FAULT(LossSumMisaligned, ALIGNMENT, o.loss.loss_sum = shifted(&o.loss_sum, 4),
               "loss_sum is at 0x"),
    NOPT_FAULT(CorrectCountMisaligned, ALIGNMENT, o.loss.correct_count = shifted(&o.correct_count, 2),
               "correct_count is at 0x"),
    NOPT_FAULT(DyInTargets, OVERLAP, o.loss.dy.data = o.loss.targets.data, "dy", "shares memory with targets"),
    NOPT_FAULT(DyHalfInY, OVERLAP, o.loss.dy.data = at(o.loss.y, 6), "dy", "shares memory with y"),
    NOPT_FAULT(CountIsSum, OVERLAP, o.loss.correct_count = reinterpret_cast<int64_t*>(&o.loss_sum),
               "correct_count", "shares memory with loss_sum"),
    NOPT_FAULT(SquaredErrorFromLogits, ARGUMENT, o.loss.loss = NOPT_LOSS_MEAN_SQUARED_ERROR, "flags is 0x1"),
    NOPT_FAULT(SquaredErrorWithCount, ARGUMENT, o.loss.loss = NOPT_LOSS_MEAN_SQUARED_ERROR; o.loss.flags = 0,
               "correct_count is 0x"),
    NOPT_FAULT(OneHotWithLabels, DTYPE, o.loss.loss = NOPT_LOSS_CATEGORICAL_CROSS_ENTROPY,
               "targets.dtype is 3 (i32)"),
};

const Fault kRandomUniformFaults[] = {
    NOPT_FAULT(ReservedNotZero, ARGUMENT, o.uniform.reserved = 1, "reserved is 1"),
    NOPT_FAULT(LowNan, ARGUMENT, o.uniform.low = kNan, "low is nan"),
    NOPT_FAULT(HighInfinite, ARGUMENT, o.uniform.high = kInfinity, "high is inf"),
    NOPT_FAULT(LowIsHigh, ARGUMENT, o.uniform.low = 1, "low is 1", "high, which is 1"),
    NOPT_FAULT(RangeTooWide, ARGUMENT, o.uniform.low = -3e38; o.uniform.high = 3e38, "high - low is 6e+38"),
    NOPT_FAULT(OffsetTooLarge, ARGUMENT, o.uniform.offset = UINT64_MAX - 14,
               "offset is 18446744073709551601", "15 elements"),
};

// clang-format on

NOPT_FAULT_TESTS(Activation, NOPT_OP_ACTIVATION, kActivationFaults)
NOPT_FAULT_TESTS(Loss, NOPT_OP_LOSS, kLossFaults)
NOPT_FAULT_TESTS(RandomUniform, NOPT_OP_RANDOM_UNIFORM, kRandomUniformFaults)

}  // namespace
}  // namespace testing_abi
}  // namespace nopt
