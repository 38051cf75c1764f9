#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/activation.cpp"
#include "hwy/foreach_target.h"

#include "core/isa_table.h"
#include "kernels/activation-inl.h"
#include "kernels/activation.h"
#include "kernels/activation_traits.h"
#include "kernels/prelu.h"
#include "kernels/row_blocks.h"
#include "kernels/softmax-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// One row of y = f(x + bias), keeping x + bias in z where asked.
template <class Function>
struct ActivateRow {
  const float* x;
  const float* bias;
  float* z;
  float* y;
  V parameter;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    V v = place.get(x + i);
    if (bias != nullptr) v = v + place.get(bias + i);
    if (z != nullptr) place.put(v, z + i);
    place.put(Function::value(v, parameter), y + i);
  }
};

struct ActivateRows {
  const ActivationBlock& block;
  template <class Function>
  void run() const {
    for (int64_t row = 0; row < block.rows; ++row) {
      ActivateRow<Function> step{block.x + row * block.x_stride, block.bias,
                                 block.z == nullptr ? nullptr : block.z + row * block.z_stride,
                                 block.y + row * block.y_stride, splat(block.activation.parameter)};
      for_each_vector(block.columns, step);
    }
  }
};

void activate(const ActivationBlock& block) {
  visit_activation(block.activation.kind, ActivateRows{block});
  const int32_t kind = block.activation.kind;
  if (kind != NOPT_ACTIVATION_SOFTMAX && kind != NOPT_ACTIVATION_LOG_SOFTMAX) return;
  for (int64_t row = 0; row < block.rows; ++row) {
    float* const y = block.y + row * block.y_stride;
    kind == NOPT_ACTIVATION_SOFTMAX ? softmax_row(y, y, block.columns) : log_softmax_row(y, y, block.columns);
  }
}

template <class Function>
struct DifferentiateRow {
  const float* v;
  const float* dy;
  float* dx;
  V parameter;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    place.put(Function::slope(place.get(v + i), place.get(dy + i), parameter), dx + i);
  }
};

struct DifferentiateRows {
  const DerivativeBlock& block;
  template <class Function>
  void run() const {
    for (int64_t row = 0; row < block.rows; ++row) {
      DifferentiateRow<Function> step{block.v + row * block.v_stride, block.dy + row * block.dy_stride,
                                      block.dx + row * block.dx_stride, splat(block.activation.parameter)};
      for_each_vector(block.columns, step);
    }
  }
};

void differentiate(const DerivativeBlock& block) {
  const int32_t kind = block.activation.kind;
  if (kind != NOPT_ACTIVATION_SOFTMAX && kind != NOPT_ACTIVATION_LOG_SOFTMAX)
    return visit_activation(kind, DifferentiateRows{block});
  const auto slope_row = kind == NOPT_ACTIVATION_SOFTMAX ? softmax_slope_row : log_softmax_slope_row;
  for (int64_t row = 0; row < block.rows; ++row) {
    slope_row(block.v + row * block.v_stride, block.dy + row * block.dy_stride, block.dx + row * block.dx_stride,
              block.columns);
  }
}

NOPT_KERNEL_NAMESPACE_END

#if HWY_ONCE
namespace nopt {
namespace {

constexpr IsaTable<void(const ActivationBlock&)> kActivate = NOPT_ISA_TABLE(activate);
constexpr IsaTable<void(const DerivativeBlock&)> kDifferentiate = NOPT_ISA_TABLE(differentiate);

constexpr int64_t kExponentialCost = 4;

bool same_place(const nopt_matrix& a, const nopt_matrix& b) {
  return a.data == b.data;
}

}  // namespace

void apply_activation(Isa isa, const ActivationBlock& block) {
  const bool in_place = block.x == block.y && block.bias == nullptr && block.z == nullptr;
  if (block.activation.kind == NOPT_ACTIVATION_LINEAR && in_place) return;
  kActivate[isa](block);
}

void apply_activation_derivative(Isa isa, const DerivativeBlock& block) {
  kDifferentiate[isa](block);
}

void run_activation(const Execution& execution, const nopt_activation_args& args) {
  if (args.activation == NOPT_ACTIVATION_PRELU) return run_prelu(execution, args);
  const ActivationFunction function = {args.activation, static_cast<float>(args.activation_parameter)};
  for_row_blocks(execution, args.x, kExponentialCost, [&](int64_t row, int64_t rows) {
    apply_activation(execution.isa, {function, rows, args.x.columns, nullptr, float_row(args.x, row), args.x.stride,
                                     nullptr, 0, float_row(args.y, row), args.y.stride});
  });
}

void run_activation_derivative(const Execution& execution, ActivationFunction activation, const nopt_matrix& x,
                               const nopt_matrix& y, const nopt_matrix& dy, const nopt_matrix& dx) {
  const bool linear = activation.kind == NOPT_ACTIVATION_LINEAR;
  if (linear && same_place(dy, dx)) return;
  const nopt_matrix& v = linear ? dy : activation_traits(activation.kind).slope_of_input ? x : y;
  for_row_blocks(execution, dy, kExponentialCost, [&](int64_t row, int64_t rows) {
    apply_activation_derivative(execution.isa, {activation, rows, dy.columns, float_row(v, row), v.stride,
                                                float_row(dy, row), dy.stride, float_row(dx, row), dx.stride});
  });
}

void run_activation_backward(const Execution& execution, const nopt_activation_backward_args& args) {
  if (args.activation == NOPT_ACTIVATION_PRELU) return run_prelu_backward(execution, args);
  if (args.dx.data == nullptr) return;
  const ActivationFunction function = {args.activation, static_cast<float>(args.activation_parameter)};
  run_activation_derivative(execution, function, args.x, args.y, args.dy, args.dx);
}

}  // namespace nopt
#endif
