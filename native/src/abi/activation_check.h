// Checks of an activation, of its parameter and of what its derivative is computed from.
#ifndef NOPT_ABI_ACTIVATION_CHECK_H
#define NOPT_ABI_ACTIVATION_CHECK_H

#include "abi/error.h"

namespace nopt {

// A known activation with a parameter in its range.
nopt_status check_activation(const OpSite& site, int32_t activation, double parameter);

// The same; a dense layer has no slopes for PRELU.
nopt_status check_dense_activation(const OpSite& site, int32_t activation, double parameter);

// Of the input, called `input_name`, and the output y, that which the derivative needs is there.
nopt_status check_derivative_source(const OpSite& site, int32_t activation, const char* input_name,
                                    const nopt_matrix& input, const nopt_matrix& y);

// Slopes are there for PRELU and for no other, and are [1, x.columns] or [1, 1].
nopt_status check_slopes(const OpSite& site, int32_t activation, const nopt_matrix& slopes, const nopt_matrix& x);

}  // namespace nopt

#endif  // NOPT_ABI_ACTIVATION_CHECK_H
