#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/loss.cpp"
#include "hwy/foreach_target.h"

#include "core/isa_table.h"
#include "core/parallel.h"
#include "kernels/loss.h"
#include "kernels/loss_categorical-inl.h"
#include "kernels/loss_correct-inl.h"
#include "kernels/loss_elementwise-inl.h"
#include "kernels/matrix.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// Value of one row; writes its gradient where wanted.
double loss_value(int32_t loss, bool from_logits, const LossRow& row) {
  switch (loss) {
    case NOPT_LOSS_MEAN_SQUARED_ERROR:
      return elementwise_loss<SquaredError>(row);
    case NOPT_LOSS_BINARY_CROSS_ENTROPY:
      return from_logits ? elementwise_loss<BinaryLogits>(row) : elementwise_loss<BinaryProbabilities>(row);
    case NOPT_LOSS_CATEGORICAL_CROSS_ENTROPY:
      return from_logits ? categorical_logits(row) : categorical_probabilities(row);
    default:
      return from_logits ? sparse_logits(row) : sparse_probabilities(row);
  }
}

int64_t count_correct(int32_t loss, bool from_logits, const LossRow& row) {
  if (loss == NOPT_LOSS_BINARY_CROSS_ENTROPY) return count_correct_binary(row, from_logits ? 0.0f : 0.5f);
  return count_correct_categorical(row);
}

NOPT_KERNEL_NAMESPACE_END

#if HWY_ONCE
namespace nopt {
namespace {

constexpr IsaTable<double(int32_t, bool, const LossRow&)> kLossValue = NOPT_ISA_TABLE(loss_value);
constexpr IsaTable<int64_t(int32_t, bool, const LossRow&)> kCountCorrect = NOPT_ISA_TABLE(count_correct);

constexpr int64_t kMaxBlocks = 64;
constexpr int64_t kRowGrain = 16;
constexpr int64_t kElementCost = 4;  // computing an element, in units of reading one and writing one

struct Partial {
  double loss;
  int64_t correct;
};

// Rows of one block: a function of the number of rows alone.
int64_t rows_per_block(int64_t rows) {
  const int64_t even = (rows + kMaxBlocks - 1) / kMaxBlocks;
  return (even + kRowGrain - 1) / kRowGrain * kRowGrain;
}

Partial run_rows(Isa isa, const nopt_loss_args& args, int64_t begin, int64_t end) {
  const bool sparse = args.loss == NOPT_LOSS_SPARSE_CATEGORICAL_CROSS_ENTROPY;
  const bool from_logits = (args.flags & NOPT_LOSS_FROM_LOGITS) != 0;
  Partial sum = {0.0, 0};
  for (int64_t i = begin; i < end; ++i) {
    const double weight =
        args.sample_weights.data == nullptr ? 1.0 : static_cast<double>(*float_row(args.sample_weights, i));
    LossRow row = {float_row(args.y, i), nullptr, 0, args.y.columns, static_cast<float>(args.gradient_scale * weight),
                   float_row(args.dy, i)};
    if (sparse) {
      row.label = static_cast<const int32_t*>(args.targets.data)[i * args.targets.stride];
    } else {
      row.t = float_row(args.targets, i);
    }
    // Counted first: dy may be y.
    if (args.correct_count != nullptr) sum.correct += kCountCorrect[isa](args.loss, from_logits, row);
    sum.loss += weight * kLossValue[isa](args.loss, from_logits, row);
  }
  return sum;
}

}  // namespace

void run_loss(const Execution& execution, const nopt_loss_args& args) {
  const int64_t rows = args.y.rows;
  const int64_t block_rows = rows_per_block(rows);
  const int64_t block_count = (rows + block_rows - 1) / block_rows;
  Partial partials[kMaxBlocks];
  parallel_for(execution, block_count, 3 * kElementCost * float_bytes(args.y), [&](int64_t block) {
    const int64_t begin = block * block_rows;
    partials[block] = run_rows(execution.isa, args, begin, rows - begin < block_rows ? rows : begin + block_rows);
  });
  Partial total = {0.0, 0};
  for (int64_t block = 0; block < block_count; ++block) {
    total.loss += partials[block].loss;
    total.correct += partials[block].correct;
  }
  if (args.loss_sum != nullptr) *args.loss_sum = total.loss;
  if (args.correct_count != nullptr) *args.correct_count = total.correct;
}

}  // namespace nopt
#endif
