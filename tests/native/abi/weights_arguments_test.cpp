// What can be wrong with constraints, averages and penalties beyond their single matrices.
#include "faults.h"

namespace nopt {
namespace testing_abi {
namespace {

// clang-format off
const Fault kConstraintFaults[] = {
    NOPT_FAULT(Unknown, ARGUMENT, o.constraint.constraint = 4, "constraint.constraint is 4", "0 to 3"),
    NOPT_FAULT(GroupUnknown, ARGUMENT, o.constraint.group = -1, "group is -1", "0 to 2"),
    NOPT_FAULT(ReservedNotZero, ARGUMENT, o.constraint.reserved = 1, "reserved is 1"),
    NOPT_FAULT(MinimumNegative, ARGUMENT, o.constraint.minimum = -1, "minimum is -1", "at least 0"),
    NOPT_FAULT(MaximumNan, ARGUMENT, o.constraint.maximum = kNan, "maximum is nan"),
    NOPT_FAULT(MaximumBelowMinimum, ARGUMENT, o.constraint.minimum = 3, "maximum is 2", "minimum, which is 3"),
    NOPT_FAULT(RateAboveOne, ARGUMENT, o.constraint.rate = 1.5, "rate is 1.5", "0 to 1"),
    NOPT_FAULT(EpsilonNegative, ARGUMENT, o.constraint.epsilon = -1e-7, "epsilon is -1e-07"),
};

const Fault kAverageFaults[] = {
    NOPT_FAULT(FormUnknown, ARGUMENT, o.average.form = 2, "form is 2", "0 to 1"),
    NOPT_FAULT(KeepNan, ARGUMENT, o.average.keep = kNan, "keep is nan"),
    NOPT_FAULT(KeepNegative, ARGUMENT, o.average.keep = -0.5, "keep is -0.5", "0 to 1"),
    NOPT_FAULT(KeepAboveOne, ARGUMENT, o.average.keep = 1.25, "keep is 1.25", "0 to 1"),
    NOPT_FAULT(Rows, SHAPE, o.average.a.rows = 3, "a.rows is 3, w.rows is 4"),
    NOPT_FAULT(Columns, SHAPE, o.average.a.columns = 4, "a.columns is 4, w.columns is 5"),
    NOPT_FAULT(InPlace, OVERLAP, o.average.a = o.average.w, "a", "shares memory with w"),
};

const Fault kPenaltyFaults[] = {
    NOPT_FAULT(ReservedNotZero, ARGUMENT, o.penalty.reserved = 7, "reserved is 7"),
    NOPT_FAULT(L1Nan, ARGUMENT, o.penalty.l1 = kNan, "l1 is nan"),
    NOPT_FAULT(L2Infinite, ARGUMENT, o.penalty.l2 = kInfinity, "l2 is inf"),
    NOPT_FAULT(ScaleNotFiniteIn32Bits, ARGUMENT, o.penalty.gradient_scale = 1e39, "gradient_scale is 1e+39"),
    NOPT_FAULT(GradientNotFiniteIn32Bits, ARGUMENT, o.penalty.l2 = 2e38, "2 * gradient_scale * l2 is 4e+38"),
    NOPT_FAULT(GradientRows, SHAPE, o.penalty.dx.rows = 2, "dx.rows is 2, x.rows is 4"),
    NOPT_FAULT(GradientIsX, OVERLAP, o.penalty.dx = o.penalty.x, "dx", "shares memory with x"),
    NOPT_FAULT(ValueMisaligned, ALIGNMENT, o.penalty.value = shifted(&o.penalty_value, 4), "value is at 0x"),
    NOPT_FAULT(ValueIsX, OVERLAP, o.penalty.x.data = o.penalty.value; o.penalty.dx.data = nullptr,
               "value", "shares memory with x"),
};
// clang-format on

NOPT_FAULT_TESTS(Constraint, NOPT_OP_CONSTRAINT, kConstraintFaults)
NOPT_FAULT_TESTS(Average, NOPT_OP_AVERAGE, kAverageFaults)
NOPT_FAULT_TESTS(Penalty, NOPT_OP_PENALTY, kPenaltyFaults)

}  // namespace
}  // namespace testing_abi
}  // namespace nopt
