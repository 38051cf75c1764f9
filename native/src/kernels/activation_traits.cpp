#include "kernels/activation_traits.h"

#include "nativeopt/nativeopt.h"

namespace nopt {
namespace {

static_assert(NOPT_ACTIVATION_PRELU == kActivationCount - 1, "PRELU is the last activation");

constexpr ActivationParameter kNone = ActivationParameter::kNone;
constexpr ActivationParameter kPositive = ActivationParameter::kPositive;
constexpr ActivationParameter kNotNegative = ActivationParameter::kNotNegative;

// In the order of nopt_activation.
constexpr ActivationTraits kTraits[kActivationCount] = {
    {kNone, false, false},         // LINEAR
    {kNone, false, false},         // RELU
    {kNone, false, false},         // SIGMOID
    {kNone, false, false},         // TANH
    {kNone, false, true},          // SOFTMAX
    {kPositive, false, false},     // CAPPED_RELU
    {kNotNegative, false, false},  // LEAKY_RELU
    {kNotNegative, false, false},  // ELU
    {kNone, false, false},         // SELU
    {kPositive, false, false},     // CELU
    {kNone, true, false},          // GELU
    {kNone, true, false},          // GELU_TANH
    {kPositive, true, false},      // SILU
    {kNone, true, false},          // MISH
    {kNone, false, false},         // HARD_SIGMOID
    {kNone, true, false},          // HARD_SILU
    {kNone, false, false},         // HARD_TANH
    {kPositive, false, false},     // SOFTPLUS
    {kNone, false, false},         // SOFTSIGN
    {kNone, false, true},          // LOG_SOFTMAX
    {kNone, false, false},         // EXPONENTIAL
    {kNone, false, false},         // LOG_SIGMOID
    {kNotNegative, false, false},  // SOFT_SHRINK
    {kNotNegative, false, false},  // HARD_SHRINK
    {kNone, true, false},          // TANH_SHRINK
    {kNotNegative, false, false},  // SQUAREPLUS
    {kNone, true, false},          // PRELU
};

}  // namespace

const ActivationTraits& activation_traits(int32_t activation) {
  return kTraits[activation];
}

}  // namespace nopt
