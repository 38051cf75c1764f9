// What is known of each activation besides its arithmetic.
#ifndef NOPT_KERNELS_ACTIVATION_TRAITS_H
#define NOPT_KERNELS_ACTIVATION_TRAITS_H

#include <cstdint>

namespace nopt {

enum class ActivationParameter { kNone, kPositive, kNotNegative };

struct ActivationTraits {
  ActivationParameter parameter;
  bool slope_of_input;  // its derivative is a function of x, not of y
  bool works_on_rows;   // an element depends on its whole row
};

// NOPT_ACTIVATION_PRELU is the last number.
constexpr int32_t kActivationCount = 27;

// `activation` is a nopt_activation.
const ActivationTraits& activation_traits(int32_t activation);

}  // namespace nopt

#endif  // NOPT_KERNELS_ACTIVATION_TRAITS_H
