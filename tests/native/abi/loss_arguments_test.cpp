// What can be wrong with losses and random numbers beyond their single matrices.
#include "faults.h"

namespace nopt {
namespace testing_abi {
namespace {

// clang-format off
const Fault kLossFaults[] = {
    NOPT_FAULT(Unknown, ARGUMENT, o.loss.loss = 19, "loss is 19", "0 to 18"),
    NOPT_FAULT(FlagsUnknown, ARGUMENT, o.loss.flags = 0x101, "flags is 0x101", "0xff"),
    NOPT_FAULT(FlagsOfAnotherLoss, ARGUMENT, o.loss.flags = NOPT_LOSS_LOG_INPUT,
               "flags is 0x10, and loss 3 takes only bits of 0xb"),
    NOPT_FAULT(LogitsUnclipped, ARGUMENT, o.loss.flags = 9, "flags is 0x9: logits are never clipped, leave 0x8 out"),
    NOPT_FAULT(OnlyTargetsAreLogarithms, ARGUMENT, o.loss.loss = NOPT_LOSS_KL_DIVERGENCE;
               o.loss.flags = NOPT_LOSS_LOG_TARGETS, "flags is 0x20: 0x20 is only for predictions with 0x10"),
    NOPT_FAULT(IgnoredClassWithoutItsFlag, ARGUMENT, o.loss.ignore_class = -1,
               "ignore_class is -1, and must be 0 without flag 0x2"),
    NOPT_FAULT(DeltaOfAnotherLoss, ARGUMENT, o.loss.delta = 1, "delta is 1, and must be 0: loss 3 has none"),
    NOPT_FAULT(GammaOfAnotherLoss, ARGUMENT, o.loss.gamma = 2, "gamma is 2, and must be 0"),
    NOPT_FAULT(AlphaOfAnotherLoss, ARGUMENT, o.loss.alpha = 0.5, "alpha is 0.5, and must be 0"),
    NOPT_FAULT(BetaOfAnotherLoss, ARGUMENT, o.loss.beta = 0.5, "beta is 0.5, and must be 0"),
    NOPT_FAULT(EpsilonOfAnotherLoss, ARGUMENT, o.loss.epsilon = 1e-7, "epsilon is 1e-07, and must be 0"),
    NOPT_FAULT(SmoothingNan, ARGUMENT, o.loss.label_smoothing = kNan, "label_smoothing is nan"),
    NOPT_FAULT(SampleWeightsOfAWholeBatch, ARGUMENT, o.loss.loss = NOPT_LOSS_TVERSKY;
               o.loss.flags = NOPT_LOSS_WHOLE_BATCH; o.loss.correct_count = nullptr; o.loss.class_weights = {};
               o.loss.targets = o.loss.dy; o.loss.dy = {}, "sample_weights.data is", "must be null: with flag 0x80"),
    NOPT_FAULT(ClassWeightRows, SHAPE, o.loss.class_weights.rows = 2, "class_weights.rows is 2"),
    NOPT_FAULT(ClassWeightColumns, SHAPE, o.loss.class_weights.columns = 4,
               "class_weights.columns is 4, y.columns is 5"),
    NOPT_FAULT(ClassWeightsOfAnotherLoss, ARGUMENT, o.loss.loss = NOPT_LOSS_HUBER; o.loss.flags = 0;
               o.loss.correct_count = nullptr; o.loss.targets = o.loss.sample_weights; o.loss.targets.columns = 5;
               o.loss.targets.rows = 3; o.loss.targets.stride = 5; o.loss.sample_weights = {},
               "class_weights.data is", "loss 7 takes none"),
    NOPT_FAULT(DyInClassWeights, OVERLAP, o.loss.class_weights.data = o.loss.dy.data,
               "dy", "shares memory with class_weights"),
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
    NOPT_FAULT(SquaredErrorFromLogits, ARGUMENT, o.loss.loss = NOPT_LOSS_MEAN_SQUARED_ERROR,
               "flags is 0x1, and loss 0 takes only bits of 0x0"),
    NOPT_FAULT(SquaredErrorWithCount, ARGUMENT, o.loss.loss = NOPT_LOSS_MEAN_SQUARED_ERROR; o.loss.flags = 0,
               "correct_count is 0x", "loss 0 has no right answers"),
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

NOPT_FAULT_TESTS(Loss, NOPT_OP_LOSS, kLossFaults)
NOPT_FAULT_TESTS(RandomUniform, NOPT_OP_RANDOM_UNIFORM, kRandomUniformFaults)

}  // namespace
}  // namespace testing_abi
}  // namespace nopt
