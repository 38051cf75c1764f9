// What can be wrong with noise and normalizations beyond their single matrices.
#include "faults.h"

namespace nopt {
namespace testing_abi {
namespace {

// clang-format off
const Fault kNoiseFaults[] = {
    NOPT_FAULT(Unknown, ARGUMENT, o.noise.noise = 3, "noise is 3", "0 to 2"),
    NOPT_FAULT(RateAboveOne, ARGUMENT, o.noise.rate = 1.25, "rate is 1.25", "0 to 1"),
    NOPT_FAULT(RateNan, ARGUMENT, o.noise.rate = kNan, "rate is ", "0 to 1"),
    NOPT_FAULT(ScaleInfinite, ARGUMENT, o.noise.scale = kInfinity, "scale is inf"),
    NOPT_FAULT(ShiftNotFiniteIn32Bits, ARGUMENT, o.noise.shift = 1e39, "shift is 1e+39"),
    NOPT_FAULT(DroppedNan, ARGUMENT, o.noise.dropped = kNan, "dropped is "),
    NOPT_FAULT(YRows, SHAPE, o.noise.y.rows = 2, "y.rows is 2, x.rows is 3"),
    NOPT_FAULT(YShiftedByOne, OVERLAP, o.noise.y.data = at(o.noise.x, 1), "shares memory with x"),
    NOPT_FAULT(OffsetTooLarge, ARGUMENT, o.noise.offset = UINT64_MAX - 14,
               "offset is 18446744073709551601", "15 elements"),
};

const Fault kNormalizeFaults[] = {
    NOPT_FAULT(Unknown, ARGUMENT, o.normalize.normalization = 3, "normalization is 3", "0 to 2"),
    NOPT_FAULT(FlagsUnknown, ARGUMENT, o.normalize.flags = 4, "flags is 0x4"),
    NOPT_FAULT(FlagsOfAnotherKind, ARGUMENT, o.normalize.normalization = 1; o.normalize.flags = 1, "flags is 0x1"),
    NOPT_FAULT(ReservedNotZero, ARGUMENT, o.normalize.reserved = 1, "reserved is 1"),
    NOPT_FAULT(EpsilonNegative, ARGUMENT, o.normalize.epsilon = -1, "epsilon is -1", "at least 0"),
    NOPT_FAULT(MomentumAboveOne, ARGUMENT, o.normalize.momentum = 1.5, "momentum is 1.5", "0 to 1"),
    NOPT_FAULT(GammaRows, SHAPE, o.normalize.gamma.rows = 2, "gamma.rows is 2"),
    NOPT_FAULT(BetaColumns, SHAPE, o.normalize.beta.columns = 4, "beta.columns is 4, x.columns is 5"),
    NOPT_FAULT(FixedWithoutStatistics, ARGUMENT, o.normalize.flags = NOPT_NORMALIZATION_FIXED;
               o.normalize.moving_mean = o.normalize.moving_variance = {}, "moving_mean.data is null"),
    NOPT_FAULT(MovingStatisticsOfALayer, ARGUMENT, o.normalize.normalization = NOPT_NORMALIZATION_LAYER,
               "moving_mean.data must be null", "normalization 1 has none"),
    NOPT_FAULT(MeanOfRms, ARGUMENT, o.normalize.normalization = NOPT_NORMALIZATION_RMS;
               o.normalize.moving_mean = o.normalize.moving_variance = {},
               "mean.data must be null", "normalization 2 has none"),
    NOPT_FAULT(MeanOfAnotherAxis, SHAPE, o.normalize.normalization = NOPT_NORMALIZATION_LAYER;
               o.normalize.moving_mean = o.normalize.moving_variance = {}, "mean.rows is 1, x.rows is 3"),
    NOPT_FAULT(YIsX, OVERLAP, o.normalize.y = o.normalize.x, "y", "shares memory with x"),
    NOPT_FAULT(MeanIsMovingMean, OVERLAP, o.normalize.mean = o.normalize.moving_mean, "mean",
               "shares memory with moving_mean"),
};

const Fault kDifferentiateFaults[] = {
    NOPT_FAULT(FlagsUnknown, ARGUMENT, o.differentiate.flags = 2, "flags is 0x2"),
    NOPT_FAULT(MeanOfRms, ARGUMENT, o.differentiate.normalization = NOPT_NORMALIZATION_RMS, "mean.data must be null"),
    NOPT_FAULT(InverseColumns, SHAPE, o.differentiate.inverse.columns = 4, "inverse.columns is 4, x.columns is 5"),
    NOPT_FAULT(DyRows, SHAPE, o.differentiate.dy.rows = 2, "dy.rows is 2, x.rows is 3"),
    NOPT_FAULT(DxIsDy, OVERLAP, o.differentiate.dx = o.differentiate.dy, "dx", "shares memory with dy"),
    NOPT_FAULT(DgammaIsGamma, OVERLAP, o.differentiate.dgamma = o.differentiate.gamma, "dgamma",
               "shares memory with gamma"),
};
// clang-format on

NOPT_FAULT_TESTS(Noise, NOPT_OP_NOISE, kNoiseFaults)
NOPT_FAULT_TESTS(NormalizationForward, NOPT_OP_NORMALIZATION_FORWARD, kNormalizeFaults)
NOPT_FAULT_TESTS(NormalizationBackward, NOPT_OP_NORMALIZATION_BACKWARD, kDifferentiateFaults)

}  // namespace
}  // namespace testing_abi
}  // namespace nopt
