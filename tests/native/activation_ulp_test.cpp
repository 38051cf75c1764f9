// Largest errors of the activations that are made of exp, log, tanh and the normal distribution, in units of the last
// place, over all exponents. The tail of gelu_tanh has the largest: its argument of exp is rounded, and the error grows
// with it, while the value fades away.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "activation_reference.h"
#include "isa_support.h"
#include "kernels/activation.h"
#include "test_data.h"
#include "ulp.h"

namespace nopt {
namespace {

constexpr float kLargest = std::numeric_limits<float>::max();

struct Bound {
  TestedActivation activation;
  double max_ulp;
  float low, high;  // where it holds
};

const Bound kBounds[] = {
    {{NOPT_ACTIVATION_SIGMOID, 0}, 3, -87, kLargest},
    {{NOPT_ACTIVATION_TANH, 0}, 2, -kLargest, kLargest},
    {{NOPT_ACTIVATION_ELU, 1}, 2, -kLargest, kLargest},
    {{NOPT_ACTIVATION_SELU, 0}, 4, -kLargest, 3e38f},
    {{NOPT_ACTIVATION_CELU, 2.5}, 4, -kLargest, kLargest},
    {{NOPT_ACTIVATION_GELU, 0}, 5, -12, kLargest},
    {{NOPT_ACTIVATION_GELU_TANH, 0}, 20, -4, kLargest},
    {{NOPT_ACTIVATION_SILU, 1}, 4, -80, kLargest},
    {{NOPT_ACTIVATION_MISH, 0}, 4, -80, kLargest},
    {{NOPT_ACTIVATION_SOFTPLUS, 1}, 4, -87, kLargest},
    {{NOPT_ACTIVATION_LOG_SIGMOID, 0}, 4, -kLargest, 87},
    {{NOPT_ACTIVATION_TANH_SHRINK, 0}, 30, 1e-3f, kLargest},  // below, the reference cancels
};

class ActivationUlpOnIsa : public IsaTest {};
NOPT_INSTANTIATE_FOR_ISAS(ActivationUlpOnIsa);

TEST_P(ActivationUlpOnIsa, Activation_OverAllExponents_IsWithinItsUlpBound) {
  std::vector<float> x = sample_of_all_floats(40009);
  std::vector<float> y(x.size());
  for (const Bound& bound : kBounds) {
    nopt_activation_args args = {};
    args.activation = bound.activation.kind;
    args.activation_parameter = bound.activation.parameter;
    args.x = matrix_of(x.data(), 1, static_cast<int64_t>(x.size()));
    args.y = matrix_of(y.data(), 1, static_cast<int64_t>(x.size()));
    run_activation(execution(), args);
    double worst = 0;
    float at = 0;
    for (size_t i = 0; i < x.size(); ++i) {
      const bool normal = std::fabs(x[i]) >= std::numeric_limits<float>::min();
      if (!normal || !(x[i] >= bound.low && x[i] <= bound.high)) continue;
      const double error = error_in_ulp(y[i], reference_activation(bound.activation, x[i]).value);
      if (!(error <= worst)) {
        worst = error;
        at = x[i];
      }
    }
    EXPECT_LE(worst, bound.max_ulp) << bound.activation.kind << " at " << at;
    RecordProperty("activation_" + std::to_string(bound.activation.kind) + "_max_ulp", std::to_string(worst));
  }
}

}  // namespace
}  // namespace nopt
