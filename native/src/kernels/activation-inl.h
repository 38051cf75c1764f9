// All activation functions that work element by element, found by their number. Included once per instruction set.
#if defined(NOPT_KERNELS_ACTIVATION_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_KERNELS_ACTIVATION_INL_H
#undef NOPT_KERNELS_ACTIVATION_INL_H
#else
#define NOPT_KERNELS_ACTIVATION_INL_H
#endif

#include "kernels/activation_piecewise-inl.h"
#include "kernels/activation_smooth-inl.h"
#include "nativeopt/nativeopt.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// visitor.run<Function>() for the function of that number; Linear for one that works on rows.
template <class Visitor>
void visit_activation(int32_t activation, const Visitor& visitor) {
#define NOPT_CASE(NUMBER, Function)   \
  case NOPT_ACTIVATION_##NUMBER:      \
    visitor.template run<Function>(); \
    return;
  switch (activation) {
    NOPT_CASE(RELU, Relu)
    NOPT_CASE(SIGMOID, Sigmoid)
    NOPT_CASE(TANH, Tanh)
    NOPT_CASE(CAPPED_RELU, CappedRelu)
    NOPT_CASE(LEAKY_RELU, LeakyRelu)
    NOPT_CASE(ELU, Elu)
    NOPT_CASE(SELU, Selu)
    NOPT_CASE(CELU, Celu)
    NOPT_CASE(GELU, Gelu)
    NOPT_CASE(GELU_TANH, GeluTanh)
    NOPT_CASE(SILU, Silu)
    NOPT_CASE(MISH, Mish)
    NOPT_CASE(HARD_SIGMOID, HardSigmoid)
    NOPT_CASE(HARD_SILU, HardSilu)
    NOPT_CASE(HARD_TANH, HardTanh)
    NOPT_CASE(SOFTPLUS, Softplus)
    NOPT_CASE(SOFTSIGN, Softsign)
    NOPT_CASE(EXPONENTIAL, Exponential)
    NOPT_CASE(LOG_SIGMOID, LogSigmoid)
    NOPT_CASE(SOFT_SHRINK, SoftShrink)
    NOPT_CASE(HARD_SHRINK, HardShrink)
    NOPT_CASE(TANH_SHRINK, TanhShrink)
    NOPT_CASE(SQUAREPLUS, Squareplus)
    default:
      visitor.template run<Linear>();
      return;
  }
#undef NOPT_CASE
}

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_KERNELS_ACTIVATION_INL_H
