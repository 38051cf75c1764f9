#include "kernels/dense_forward.h"

#include "gemm/gemm.h"
#include "kernels/activation.h"
#include "kernels/activation_traits.h"
#include "kernels/matrix.h"

namespace nopt {
namespace {

struct ForwardContext {
  Isa isa;
  ActivationFunction activation;
  const nopt_dense_forward_args* args;
};

// y holds rows and columns of x w: adds the bias, keeps the sum in z where asked, applies the activation.
void finish_block(const void* context, int64_t row, int64_t rows, int64_t column, int64_t columns) {
  const ForwardContext& forward = *static_cast<const ForwardContext*>(context);
  const nopt_dense_forward_args& args = *forward.args;
  float* const y = float_row(args.y, row) + column;
  float* const z = args.z.data == nullptr ? nullptr : float_row(args.z, row) + column;
  const float* const bias = args.b.data == nullptr ? nullptr : floats(args.b) + column;
  apply_activation(forward.isa,
                   {forward.activation, rows, columns, bias, y, args.y.stride, z, args.z.stride, y, args.y.stride});
}

}  // namespace

void run_dense_forward(const Execution& execution, const nopt_dense_forward_args& args) {
  // Softmax and its like need whole rows, and blocks may divide them.
  const bool by_rows = activation_traits(args.activation).works_on_rows;
  const ActivationFunction function = {by_rows ? NOPT_ACTIVATION_LINEAR : args.activation,
                                       static_cast<float>(args.activation_parameter)};
  const ForwardContext context = {execution.isa, function, &args};
  const GemmEpilogue epilogue = {finish_block, &context};
  const GemmProduct product = {false,          false,          args.y.rows,    args.y.columns,
                               args.x.columns, floats(args.x), args.x.stride,  floats(args.w),
                               args.w.stride,  0.0f,           floats(args.y), args.y.stride};
  gemm(execution, product, &epilogue);
  if (!by_rows) return;
  nopt_activation_args rows = {};
  rows.struct_size = sizeof(rows);
  rows.activation = args.activation;
  rows.x = args.y;
  rows.y = args.y;
  run_activation(execution, rows);
}

}  // namespace nopt
