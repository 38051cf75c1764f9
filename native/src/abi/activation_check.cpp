#include "abi/activation_check.h"

#include <cfloat>
#include <cinttypes>

#include "abi/matrix_check.h"
#include "kernels/activation_traits.h"

namespace nopt {
namespace {

nopt_status check_known(const OpSite& site, int32_t activation, int32_t last, const char* reason) {
  if (activation >= NOPT_ACTIVATION_LINEAR && activation <= last) return NOPT_OK;
  return fail_at(site, NOPT_ERROR_ARGUMENT, "activation is %" PRId32 ", and must be 0 to %" PRId32 "%s", activation,
                 last, reason);
}

nopt_status check_parameter(const OpSite& site, int32_t activation, double parameter) {
  const ActivationParameter range = activation_traits(activation).parameter;
  if (range == ActivationParameter::kNone) {
    if (parameter == 0) return NOPT_OK;
    return fail_at(site, NOPT_ERROR_ARGUMENT,
                   "activation_parameter is %g, and must be 0: activation %" PRId32 " has none", parameter, activation);
  }
  NOPT_CHECK(check_finite(site, "activation_parameter", parameter));
  if (range == ActivationParameter::kNotNegative && parameter < 0) {
    return fail_at(site, NOPT_ERROR_ARGUMENT, "activation_parameter is %g, and must be at least 0", parameter);
  }
  if (range == ActivationParameter::kPositive && parameter < FLT_MIN) {
    return fail_at(site, NOPT_ERROR_ARGUMENT, "activation_parameter is %g, and must be above 0 as a 32-bit number",
                   parameter);
  }
  return NOPT_OK;
}

}  // namespace

nopt_status check_activation(const OpSite& site, int32_t activation, double parameter) {
  NOPT_CHECK(check_known(site, activation, NOPT_ACTIVATION_PRELU, ""));
  return check_parameter(site, activation, parameter);
}

nopt_status check_dense_activation(const OpSite& site, int32_t activation, double parameter) {
  NOPT_CHECK(check_known(site, activation, NOPT_ACTIVATION_PRELU - 1, " in a dense layer"));
  return check_parameter(site, activation, parameter);
}

nopt_status check_derivative_source(const OpSite& site, int32_t activation, const char* input_name,
                                    const nopt_matrix& input, const nopt_matrix& y) {
  if (activation == NOPT_ACTIVATION_LINEAR) return NOPT_OK;
  const bool from_input = activation_traits(activation).slope_of_input;
  if (!is_absent(from_input ? input : y)) return NOPT_OK;
  const char* const name = from_input ? input_name : "y";
  return fail_at(site, NOPT_ERROR_ARGUMENT, "%s.data is null, and activation %" PRId32 " needs %s", name, activation,
                 name);
}

nopt_status check_slopes(const OpSite& site, int32_t activation, const nopt_matrix& slopes, const nopt_matrix& x) {
  if (activation != NOPT_ACTIVATION_PRELU) {
    if (is_absent(slopes)) return NOPT_OK;
    return fail_at(site, NOPT_ERROR_ARGUMENT, "slopes.data is %p, and must be null: activation %" PRId32 " has none",
                   slopes.data, activation);
  }
  NOPT_CHECK(check_matrix(site, "slopes", slopes));
  const NamedSize one_row = {"the number of rows of slopes", 1};
  if (slopes.columns == 1) return check_shape(site, "slopes", slopes, one_row, {"the number of shared slopes", 1});
  return check_shape(site, "slopes", slopes, one_row, {"x.columns", x.columns});
}

}  // namespace nopt
