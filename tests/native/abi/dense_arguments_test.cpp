// What can be wrong with a dense layer beyond its single matrices.
#include "faults.h"

namespace nopt {
namespace testing_abi {
namespace {

// clang-format off
const Fault kDenseForwardFaults[] = {
    NOPT_FAULT(ActivationUnknown, ARGUMENT, o.forward.activation = NOPT_ACTIVATION_PRELU,
               "activation is 26", "0 to 25 in a dense layer"),
    NOPT_FAULT(ActivationNegative, ARGUMENT, o.forward.activation = -1, "activation is -1"),
    NOPT_FAULT(ParameterNotZero, ARGUMENT, o.forward.activation_parameter = 1, "activation_parameter is 1"),
    NOPT_FAULT(ParameterNan, ARGUMENT, o.forward.activation_parameter = kNan, "activation_parameter is nan"),
    NOPT_FAULT(CapTooSmall, ARGUMENT, o.forward.activation = NOPT_ACTIVATION_CAPPED_RELU;
               o.forward.activation_parameter = 1e-39, "activation_parameter is 1e-39", "above 0 as a 32-bit number"),
    NOPT_FAULT(WeightRows, SHAPE, o.forward.w.rows = 5, "dense_forward.w.rows is 5, x.columns is 4"),
    NOPT_FAULT(BiasRows, SHAPE, o.forward.b.rows = 2, "b.rows is 2"),
    NOPT_FAULT(BiasColumns, SHAPE, o.forward.b.columns = 4, "b.columns is 4, w.columns is 5"),
    NOPT_FAULT(ZRows, SHAPE, o.forward.z.rows = 2, "z.rows is 2, x.rows is 3"),
    NOPT_FAULT(YRows, SHAPE, o.forward.y.rows = 2, "y.rows is 2, x.rows is 3"),
    NOPT_FAULT(YColumns, SHAPE, o.forward.y.columns = 4, "y.columns is 4, w.columns is 5"),
    NOPT_FAULT(YIsX, OVERLAP, o.forward.y.data = o.forward.x.data, "dense_forward.y", "shares memory with x"),
    NOPT_FAULT(YEndsInX, OVERLAP, o.forward.x.data = at(o.forward.y, 16), "shares memory with x"),
    NOPT_FAULT(ZIsY, OVERLAP, o.forward.z = o.forward.y, "y", "shares memory with z"),
    NOPT_FAULT(YIsBias, OVERLAP, o.forward.b.data = at(o.forward.y, 6), "shares memory with b"),
};

const Fault kDenseBackwardFaults[] = {
    NOPT_FAULT(FlagsUnknown, ARGUMENT, o.backward.flags = 2, "flags is 0x2"),
    NOPT_FAULT(ReservedNotZero, ARGUMENT, o.backward.reserved = 7, "reserved is 7"),
    NOPT_FAULT(ActivationUnknown, ARGUMENT, o.backward.activation = 99, "activation is 99"),
    NOPT_FAULT(SlopeNegative, ARGUMENT, o.backward.activation = NOPT_ACTIVATION_LEAKY_RELU;
               o.backward.activation_parameter = -0.1, "activation_parameter is -0.1, and must be at least 0"),
    NOPT_FAULT(ZAbsent, ARGUMENT, o.backward.activation = NOPT_ACTIVATION_GELU; o.backward.z.data = nullptr,
               "z.data is null, and activation 10 needs z"),
    NOPT_FAULT(WeightRows, SHAPE, o.backward.w.rows = 3, "w.rows is 3, x.columns is 4"),
    NOPT_FAULT(DyRows, SHAPE, o.backward.dy.rows = 2, "dy.rows is 2, x.rows is 3"),
    NOPT_FAULT(YColumns, SHAPE, o.backward.y.columns = 4, "y.columns is 4, dy.columns is 5"),
    NOPT_FAULT(ZRows, SHAPE, o.backward.z.rows = 1, "z.rows is 1"),
    NOPT_FAULT(DwRows, SHAPE, o.backward.dw.rows = 3, "dw.rows is 3, x.columns is 4"),
    NOPT_FAULT(DbColumns, SHAPE, o.backward.db.columns = 4, "db.columns is 4"),
    NOPT_FAULT(DxColumns, SHAPE, o.backward.dx.columns = 3, "dx.columns is 3, x.columns is 4"),
    NOPT_FAULT(DxIsX, OVERLAP, o.backward.dx = o.backward.x, "dx", "shares memory with x"),
    NOPT_FAULT(DyIsY, OVERLAP, o.backward.dy = o.backward.y, "dy", "shares memory with y"),
    NOPT_FAULT(DwIsW, OVERLAP, o.backward.dw = o.backward.w, "dw", "shares memory with w"),
    NOPT_FAULT(DbInDw, OVERLAP, o.backward.db.data = o.backward.dw.data, "db", "shares memory with dw"),
};

// clang-format on

NOPT_FAULT_TESTS(DenseForward, NOPT_OP_DENSE_FORWARD, kDenseForwardFaults)
NOPT_FAULT_TESTS(DenseBackward, NOPT_OP_DENSE_BACKWARD, kDenseBackwardFaults)

}  // namespace
}  // namespace testing_abi
}  // namespace nopt
