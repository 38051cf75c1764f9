#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/activation.cpp"
#include "hwy/foreach_target.h"

#include "core/isa_table.h"
#include "core/parallel.h"
#include "kernels/activation-inl.h"
#include "kernels/activation.h"
#include "kernels/matrix.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// One row of y = f(x + bias), keeping x + bias in z where asked.
template <class Function>
struct ActivateRow {
  const float* x;
  const float* bias;
  float* z;
  float* y;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    V v = place.get(x + i);
    if (bias != nullptr) v = v + place.get(bias + i);
    if (z != nullptr) place.put(v, z + i);
    place.put(Function::value(v), y + i);
  }
};

template <class Function>
void activate_rows(const ActivationBlock& block) {
  for (int64_t row = 0; row < block.rows; ++row) {
    ActivateRow<Function> step{block.x + row * block.x_stride, block.bias,
                               block.z == nullptr ? nullptr : block.z + row * block.z_stride,
                               block.y + row * block.y_stride};
    for_each_vector(block.columns, step);
  }
}

void activate(const ActivationBlock& block) {
  switch (block.activation) {
    case NOPT_ACTIVATION_RELU:
      return activate_rows<Relu>(block);
    case NOPT_ACTIVATION_SIGMOID:
      return activate_rows<Sigmoid>(block);
    case NOPT_ACTIVATION_TANH:
      return activate_rows<Tanh>(block);
    case NOPT_ACTIVATION_SOFTMAX:
      activate_rows<Linear>(block);
      for (int64_t row = 0; row < block.rows; ++row) {
        float* const y = block.y + row * block.y_stride;
        softmax_row(y, y, block.columns);
      }
      return;
    default:
      return activate_rows<Linear>(block);
  }
}

template <class Function>
struct DifferentiateRow {
  const float* y;
  float* dy;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    place.put(Function::slope(place.get(y + i), place.get(dy + i)), dy + i);
  }
};

template <class Function>
void differentiate_rows(const DerivativeBlock& block) {
  for (int64_t row = 0; row < block.rows; ++row) {
    DifferentiateRow<Function> step{block.y + row * block.y_stride, block.dy + row * block.dy_stride};
    for_each_vector(block.columns, step);
  }
}

void differentiate(const DerivativeBlock& block) {
  switch (block.activation) {
    case NOPT_ACTIVATION_RELU:
      return differentiate_rows<Relu>(block);
    case NOPT_ACTIVATION_SIGMOID:
      return differentiate_rows<Sigmoid>(block);
    case NOPT_ACTIVATION_TANH:
      return differentiate_rows<Tanh>(block);
    case NOPT_ACTIVATION_SOFTMAX:
      for (int64_t row = 0; row < block.rows; ++row) {
        softmax_slope_row(block.y + row * block.y_stride, block.dy + row * block.dy_stride, block.columns);
      }
      return;
    default:
      return;
  }
}

NOPT_KERNEL_NAMESPACE_END

#if HWY_ONCE
namespace nopt {
namespace {

constexpr IsaTable<void(const ActivationBlock&)> kActivate = NOPT_ISA_TABLE(activate);
constexpr IsaTable<void(const DerivativeBlock&)> kDifferentiate = NOPT_ISA_TABLE(differentiate);

// Elements in one block, and what computing an exponential costs, in units of reading and writing a float.
constexpr int64_t kBlockElements = 16384;
constexpr int64_t kExponentialCost = 4;

// body(row, rows) for blocks of rows of a matrix.
template <class Body>
void for_row_blocks(const Execution& execution, const nopt_matrix& matrix, const Body& body) {
  const int64_t block_rows = matrix.columns < kBlockElements ? kBlockElements / matrix.columns : 1;
  const int64_t block_count = (matrix.rows + block_rows - 1) / block_rows;
  parallel_for(execution, block_count, 2 * kExponentialCost * float_bytes(matrix), [&](int64_t block) {
    const int64_t row = block * block_rows;
    body(row, matrix.rows - row < block_rows ? matrix.rows - row : block_rows);
  });
}

}  // namespace

void apply_activation(Isa isa, const ActivationBlock& block) {
  const bool in_place = block.x == block.y && block.bias == nullptr && block.z == nullptr;
  if (block.activation == NOPT_ACTIVATION_LINEAR && in_place) return;
  kActivate[isa](block);
}

void apply_activation_derivative(Isa isa, const DerivativeBlock& block) {
  if (block.activation == NOPT_ACTIVATION_LINEAR) return;
  kDifferentiate[isa](block);
}

void run_activation(const Execution& execution, const nopt_activation_args& args) {
  for_row_blocks(execution, args.x, [&](int64_t row, int64_t rows) {
    apply_activation(execution.isa, {args.activation, rows, args.x.columns, nullptr, float_row(args.x, row),
                                     args.x.stride, nullptr, 0, float_row(args.y, row), args.y.stride});
  });
}

void run_activation_derivative(const Execution& execution, int32_t activation, const nopt_matrix& y,
                               const nopt_matrix& dy) {
  if (activation == NOPT_ACTIVATION_LINEAR) return;
  for_row_blocks(execution, dy, [&](int64_t row, int64_t rows) {
    apply_activation_derivative(
        execution.isa, {activation, rows, dy.columns, float_row(y, row), y.stride, float_row(dy, row), dy.stride});
  });
}

}  // namespace nopt
#endif
