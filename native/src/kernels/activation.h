// Activation functions, applied forward and backward.
#ifndef NOPT_KERNELS_ACTIVATION_H
#define NOPT_KERNELS_ACTIVATION_H

#include <cstdint>

#include "core/execution.h"
#include "nativeopt/nativeopt.h"

namespace nopt {

// y = activation(x). The arguments have been checked.
void run_activation(const Execution& execution, const nopt_activation_args& args);

// Rows of matrices that a kernel works on. A null bias is none; x and y may be the same.
struct ActivationBlock {
  int32_t activation;  // nopt_activation
  int64_t rows;
  int64_t columns;
  const float* bias;  // [columns], added to x first
  const float* x;
  int64_t x_stride;
  float* z;  // [rows, columns] x + bias, or null
  int64_t z_stride;
  float* y;
  int64_t y_stride;
};

// y = activation(x + bias). Softmax runs along each row of the block, so a block then holds whole rows.
void apply_activation(Isa isa, const ActivationBlock& block);

// Rows of dy to be multiplied with the derivative, which is a function of y.
struct DerivativeBlock {
  int32_t activation;
  int64_t rows;
  int64_t columns;
  const float* y;
  int64_t y_stride;
  float* dy;  // in: gradient of y; out: gradient of the activation's input
  int64_t dy_stride;
};

void apply_activation_derivative(Isa isa, const DerivativeBlock& block);

// The same over whole matrices, shared by the threads: dy = dy * activation'(x).
void run_activation_derivative(const Execution& execution, int32_t activation, const nopt_matrix& y,
                               const nopt_matrix& dy);

}  // namespace nopt

#endif  // NOPT_KERNELS_ACTIVATION_H
