// Activation functions, applied forward and backward.
#ifndef NOPT_KERNELS_ACTIVATION_H
#define NOPT_KERNELS_ACTIVATION_H

#include <cstdint>

#include "core/execution.h"
#include "nativeopt/nativeopt.h"

namespace nopt {

// A nopt_activation and its parameter.
struct ActivationFunction {
  int32_t kind;
  float parameter;
};

// y = activation(x). The arguments have been checked.
void run_activation(const Execution& execution, const nopt_activation_args& args);

// dx and dslopes from dy. The arguments have been checked.
void run_activation_backward(const Execution& execution, const nopt_activation_backward_args& args);

// Rows of matrices that a kernel works on. A null bias is none; x and y may be the same.
struct ActivationBlock {
  ActivationFunction activation;
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

// y = activation(x + bias). One that works on rows needs whole rows in the block.
void apply_activation(Isa isa, const ActivationBlock& block);

// Rows of dy to be multiplied with the derivative; dx may be dy.
struct DerivativeBlock {
  ActivationFunction activation;
  int64_t rows;
  int64_t columns;
  const float* v;  // y, or what the activation was applied to where activation_traits says so
  int64_t v_stride;
  const float* dy;
  int64_t dy_stride;
  float* dx;
  int64_t dx_stride;
};

void apply_activation_derivative(Isa isa, const DerivativeBlock& block);

// dx = dy * activation'(x) over whole matrices, shared by the threads. x or y may be absent as in the ABI.
void run_activation_derivative(const Execution& execution, ActivationFunction activation, const nopt_matrix& x,
                               const nopt_matrix& y, const nopt_matrix& dy, const nopt_matrix& dx);

}  // namespace nopt

#endif  // NOPT_KERNELS_ACTIVATION_H
