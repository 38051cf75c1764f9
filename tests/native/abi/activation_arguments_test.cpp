// What can be wrong with activations beyond their single matrices.
#include "faults.h"

namespace nopt {
namespace testing_abi {
namespace {

// clang-format off
const Fault kActivationFaults[] = {
    NOPT_FAULT(Unknown, ARGUMENT, o.activation.activation = 27, "activation is 27", "0 to 26"),
    NOPT_FAULT(ParameterInfinite, ARGUMENT, o.activation.activation_parameter = kInfinity,
               "activation_parameter is inf"),
    NOPT_FAULT(ParameterNotFinite, ARGUMENT, o.activation.activation = NOPT_ACTIVATION_ELU;
               o.activation.activation_parameter = 1e39, "activation_parameter is 1e+39", "32-bit number"),
    NOPT_FAULT(BetaZero, ARGUMENT, o.activation.activation = NOPT_ACTIVATION_SILU,
               "activation_parameter is 0, and must be above 0"),
    NOPT_FAULT(ThresholdNegative, ARGUMENT, o.activation.activation = NOPT_ACTIVATION_SOFT_SHRINK;
               o.activation.activation_parameter = -1, "activation_parameter is -1, and must be at least 0"),
    NOPT_FAULT(YRows, SHAPE, o.activation.y.rows = 2, "y.rows is 2, x.rows is 3"),
    NOPT_FAULT(YShiftedByOne, OVERLAP, o.activation.y.data = at(o.activation.x, 1), "shares memory with x"),
    NOPT_FAULT(YWithAnotherStride, OVERLAP, o.activation.y = o.activation.x; o.activation.y.stride = 5,
               "shares memory with x"),
    NOPT_FAULT(SlopesOfAnother, ARGUMENT, o.activation.slopes = o.activation_backward.slopes,
               "slopes.data is 0x", "must be null: activation 3 has none"),
    NOPT_FAULT(SlopesAbsent, ARGUMENT, o.activation.activation = NOPT_ACTIVATION_PRELU, "slopes.data is null"),
    NOPT_FAULT(SlopeColumns, SHAPE, o.activation.activation = NOPT_ACTIVATION_PRELU;
               o.activation.slopes = o.activation_backward.slopes; o.activation.slopes.columns = 4,
               "slopes.columns is 4, x.columns is 5"),
    NOPT_FAULT(YInSlopes, OVERLAP, o.activation.activation = NOPT_ACTIVATION_PRELU;
               o.activation.slopes = o.activation_backward.slopes; o.activation.slopes.data = o.activation.y.data,
               "y", "shares memory with slopes"),
};

// PRELU, which uses every matrix.
const Fault kActivationBackwardFaults[] = {
    NOPT_FAULT(Unknown, ARGUMENT, o.activation_backward.activation = -1, "activation is -1", "0 to 26"),
    NOPT_FAULT(FlagsUnknown, ARGUMENT, o.activation_backward.flags = 2, "flags is 0x2"),
    NOPT_FAULT(ReservedNotZero, ARGUMENT, o.activation_backward.reserved = 3, "reserved is 3"),
    NOPT_FAULT(ParameterNotZero, ARGUMENT, o.activation_backward.activation_parameter = 1,
               "activation_parameter is 1, and must be 0"),
    NOPT_FAULT(XAbsent, ARGUMENT, o.activation_backward.x.data = nullptr,
               "x.data is null, and activation 26 needs x"),
    NOPT_FAULT(YAbsent, ARGUMENT, o.activation_backward.activation = NOPT_ACTIVATION_TANH;
               o.activation_backward.y.data = nullptr, "y.data is null, and activation 3 needs y"),
    NOPT_FAULT(XRows, SHAPE, o.activation_backward.x.rows = 2, "x.rows is 2, dy.rows is 3"),
    NOPT_FAULT(YColumns, SHAPE, o.activation_backward.y.columns = 4, "y.columns is 4, dy.columns is 5"),
    NOPT_FAULT(DxRows, SHAPE, o.activation_backward.dx.rows = 2, "dx.rows is 2, dy.rows is 3"),
    NOPT_FAULT(SlopeRows, SHAPE, o.activation_backward.slopes.rows = 2, "slopes.rows is 2"),
    NOPT_FAULT(SharedGradientOfSingleSlopes, SHAPE, o.activation_backward.dslopes.columns = 1,
               "dslopes.columns is 1, slopes.columns is 5"),
    NOPT_FAULT(GradientOfNoSlopes, ARGUMENT, o.activation_backward.activation = NOPT_ACTIVATION_TANH;
               o.activation_backward.slopes.data = nullptr, "dslopes.data is 0x", "where slopes is absent"),
    NOPT_FAULT(DxIsX, OVERLAP, o.activation_backward.dx = o.activation_backward.x, "dx", "shares memory with x"),
    NOPT_FAULT(DxHalfInDy, OVERLAP, o.activation_backward.dx.data = at(o.activation_backward.dy, 2),
               "dx", "shares memory with dy"),
    NOPT_FAULT(DslopesIsSlopes, OVERLAP, o.activation_backward.dslopes = o.activation_backward.slopes,
               "dslopes", "shares memory with slopes"),
};

// clang-format on

NOPT_FAULT_TESTS(Activation, NOPT_OP_ACTIVATION, kActivationFaults)
NOPT_FAULT_TESTS(ActivationBackward, NOPT_OP_ACTIVATION_BACKWARD, kActivationBackwardFaults)

}  // namespace
}  // namespace testing_abi
}  // namespace nopt
