#include "kernels/dense_backward.h"

#include "gemm/gemm.h"
#include "kernels/activation.h"
#include "kernels/column_sum.h"
#include "kernels/matrix.h"

namespace nopt {

void run_dense_backward(const Execution& execution, const nopt_dense_backward_args& args) {
  const nopt_matrix& dz = args.dy;  // [batch, out], once the derivative is in it
  const bool accumulate = (args.flags & NOPT_BACKWARD_ACCUMULATE) != 0;
  const ActivationFunction function = {args.activation, static_cast<float>(args.activation_parameter)};
  run_activation_derivative(execution, function, args.z, args.y, dz, dz);
  if (args.db.data != nullptr) run_column_sum(execution, dz, accumulate, floats(args.db));
  if (args.dw.data != nullptr) {
    // dw = x^T dz
    gemm(execution,
         {true, false, args.dw.rows, args.dw.columns, dz.rows, floats(args.x), args.x.stride, floats(dz), dz.stride,
          accumulate ? 1.0f : 0.0f, floats(args.dw), args.dw.stride},
         nullptr);
  }
  if (args.dx.data != nullptr) {
    // dx = dz w^T
    gemm(execution,
         {false, true, args.dx.rows, args.dx.columns, dz.columns, floats(dz), dz.stride, floats(args.w), args.w.stride,
          0.0f, floats(args.dx), args.dx.stride},
         nullptr);
  }
}

}  // namespace nopt
