// Checks of the arguments of each operation: everything that can be refused is refused before the first operation of a
// plan runs.
#ifndef NOPT_ABI_VALIDATE_H
#define NOPT_ABI_VALIDATE_H

#include "abi/error.h"

namespace nopt {

// struct_size has been checked by the caller.
nopt_status validate_dense_forward(const OpSite& site, const nopt_dense_forward_args& args);
nopt_status validate_dense_backward(const OpSite& site, const nopt_dense_backward_args& args);
nopt_status validate_activation(const OpSite& site, const nopt_activation_args& args);
nopt_status validate_activation_backward(const OpSite& site, const nopt_activation_backward_args& args);
nopt_status validate_loss(const OpSite& site, const nopt_loss_args& args);
nopt_status validate_optimizer_step(const OpSite& site, const nopt_optimizer_step_args& args);
nopt_status validate_matrix_step(const OpSite& site, const nopt_matrix_step_args& args);
nopt_status validate_random_uniform(const OpSite& site, const nopt_random_uniform_args& args);
nopt_status validate_noise(const OpSite& site, const nopt_noise_args& args);
nopt_status validate_normalization_forward(const OpSite& site, const nopt_normalization_forward_args& args);
nopt_status validate_normalization_backward(const OpSite& site, const nopt_normalization_backward_args& args);
nopt_status validate_constraint(const OpSite& site, const nopt_constraint_args& args);
nopt_status validate_average(const OpSite& site, const nopt_average_args& args);
nopt_status validate_penalty(const OpSite& site, const nopt_penalty_args& args);
nopt_status validate_gradient_norm(const OpSite& site, const nopt_gradient_norm_args& args);
nopt_status validate_adaptive_clip(const OpSite& site, const nopt_adaptive_clip_args& args);
nopt_status validate_centralize(const OpSite& site, const nopt_centralize_args& args);

}  // namespace nopt

#endif  // NOPT_ABI_VALIDATE_H
