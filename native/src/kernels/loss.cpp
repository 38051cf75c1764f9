#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/loss.cpp"
#include "hwy/foreach_target.h"

#include "core/isa_table.h"
#include "core/parallel.h"
#include "kernels/loss.h"
#include "kernels/loss_binary-inl.h"
#include "kernels/loss_categorical-inl.h"
#include "kernels/loss_correct-inl.h"
#include "kernels/loss_focal-inl.h"
#include "kernels/loss_regression-inl.h"
#include "kernels/loss_similarity-inl.h"
#include "kernels/loss_tversky-inl.h"
#include "kernels/matrix.h"

NOPT_KERNEL_NAMESPACE_BEGIN

double binary_loss(const LossRow& row, const LossSettings& settings) {
  const SmoothedTargets smoothing(settings);
  if (settings.has(NOPT_LOSS_FROM_LOGITS)) return mean_loss(row, BinaryLogits{smoothing});
  if (settings.has(NOPT_LOSS_UNCLIPPED)) return mean_loss(row, UnclippedBinary{smoothing});
  return mean_loss(row, BinaryProbabilities{smoothing});
}

double binary_focal_loss(const LossRow& row, const LossSettings& settings) {
  const SmoothedTargets smoothing(settings);
  const FocalPower power{settings.gamma};
  const ClassBalance balance{settings.has(NOPT_LOSS_CLASS_BALANCING), splat(settings.alpha)};
  if (settings.has(NOPT_LOSS_FROM_LOGITS)) return mean_loss(row, BinaryFocalLogits{smoothing, power, balance});
  return mean_loss(row, BinaryFocalProbabilities{smoothing, power, balance});
}

// A sum over the columns, not a mean.
double divergence_loss(const LossRow& row, const LossSettings& settings) {
  if (!settings.has(NOPT_LOSS_LOG_INPUT)) return elementwise_loss(row, KlDivergence{splat(settings.epsilon)}, 1);
  return elementwise_loss(row, KlDivergenceOfLogarithms{settings.has(NOPT_LOSS_LOG_TARGETS)}, 1);
}

double poisson_loss(const LossRow& row, const LossSettings& settings) {
  return mean_loss(row,
                   Poisson{splat(settings.epsilon), settings.has(NOPT_LOSS_LOG_INPUT), settings.has(NOPT_LOSS_FULL)});
}

double regression_loss(const LossRow& row, const LossSettings& settings) {
  switch (settings.loss) {
    case NOPT_LOSS_MEAN_ABSOLUTE_ERROR:
      return mean_loss(row, AbsoluteError{});
    case NOPT_LOSS_MEAN_ABSOLUTE_PERCENTAGE_ERROR:
      return mean_loss(row, PercentageError{splat(settings.epsilon)});
    case NOPT_LOSS_MEAN_SQUARED_LOGARITHMIC_ERROR:
      return mean_loss(row, SquaredLogarithmicError{splat(settings.epsilon)});
    case NOPT_LOSS_HUBER:
      return mean_loss(row, Huber{splat(settings.delta)});
    case NOPT_LOSS_SMOOTH_L1:
      return mean_loss(row, SmoothL1{splat(settings.delta)});
    case NOPT_LOSS_LOG_COSH:
      return mean_loss(row, LogCosh{});
    case NOPT_LOSS_HINGE:
      return mean_loss(row, Hinge{settings.zero_is_minus_one});
    case NOPT_LOSS_SQUARED_HINGE:
      return mean_loss(row, SquaredHinge{{settings.zero_is_minus_one}});
    default:
      return mean_loss(row, SquaredError{});
  }
}

// Value of one row; writes its gradient where wanted.
double loss_value(const LossSettings& settings, const LossRow& row) {
  switch (settings.loss) {
    case NOPT_LOSS_BINARY_CROSS_ENTROPY:
      return binary_loss(row, settings);
    case NOPT_LOSS_CATEGORICAL_CROSS_ENTROPY:
      return categorical_loss<RowTargets>(row, settings);
    case NOPT_LOSS_SPARSE_CATEGORICAL_CROSS_ENTROPY:
      return sparse_loss(row, settings);
    case NOPT_LOSS_COSINE_SIMILARITY:
      return cosine_loss(row, settings);
    case NOPT_LOSS_POISSON:
      return poisson_loss(row, settings);
    case NOPT_LOSS_KL_DIVERGENCE:
      return divergence_loss(row, settings);
    case NOPT_LOSS_CATEGORICAL_HINGE:
      return categorical_hinge_loss(row);
    case NOPT_LOSS_BINARY_FOCAL_CROSS_ENTROPY:
      return binary_focal_loss(row, settings);
    case NOPT_LOSS_CATEGORICAL_FOCAL_CROSS_ENTROPY:
      return categorical_focal_loss(row, settings);
    case NOPT_LOSS_TVERSKY:
      return tversky_loss(row, settings);
    default:
      return regression_loss(row, settings);
  }
}

int64_t count_correct(const LossSettings& settings, const LossRow& row) {
  const bool binary =
      settings.loss == NOPT_LOSS_BINARY_CROSS_ENTROPY || settings.loss == NOPT_LOSS_BINARY_FOCAL_CROSS_ENTROPY;
  if (binary) return count_correct_binary(row, settings.has(NOPT_LOSS_FROM_LOGITS) ? 0.0f : 0.5f);
  return count_correct_categorical(row);
}

NOPT_KERNEL_NAMESPACE_END

#if HWY_ONCE
namespace nopt {
namespace {

constexpr IsaTable<double(const LossSettings&, const LossRow&)> kLossValue = NOPT_ISA_TABLE(loss_value);
constexpr IsaTable<int64_t(const LossSettings&, const LossRow&)> kCountCorrect = NOPT_ISA_TABLE(count_correct);

constexpr IsaTable<TverskyTotals(const LossRow&)> kTverskyTotals = NOPT_ISA_TABLE(tversky_totals);
constexpr IsaTable<void(const LossRow&, const LossSettings&, const TverskyTotals&)> kTverskyGradient =
    NOPT_ISA_TABLE(tversky_gradient);

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

bool is_binary(int32_t loss) {
  return loss == NOPT_LOSS_BINARY_CROSS_ENTROPY || loss == NOPT_LOSS_BINARY_FOCAL_CROSS_ENTROPY;
}

// Whether the hinge losses take the targets for classes 0 and 1, as Keras decides it.
bool all_zero_or_one(const nopt_loss_args& args) {
  if (args.loss != NOPT_LOSS_HINGE && args.loss != NOPT_LOSS_SQUARED_HINGE) return false;
  for (int64_t row = 0; row < args.targets.rows; ++row) {
    const float* t = float_row(args.targets, row);
    for (int64_t j = 0; j < args.targets.columns; ++j) {
      if (t[j] != 0.0f && t[j] != 1.0f) return false;
    }
  }
  return true;
}

LossSettings settings_of(const nopt_loss_args& args) {
  const int64_t classes = is_binary(args.loss) ? 2 : args.y.columns;
  LossSettings settings = {};
  settings.loss = args.loss;
  settings.flags = args.flags;
  settings.delta = static_cast<float>(args.delta);
  settings.gamma = static_cast<float>(args.gamma);
  settings.alpha = static_cast<float>(args.alpha);
  settings.beta = static_cast<float>(args.beta);
  settings.epsilon = static_cast<float>(args.epsilon);
  settings.kept = static_cast<float>(1.0 - args.label_smoothing);
  settings.spread = static_cast<float>(args.label_smoothing / static_cast<double>(classes));
  settings.class_weights = static_cast<const float*>(args.class_weights.data);
  settings.zero_is_minus_one = all_zero_or_one(args);
  return settings;
}

bool is_ignored(const nopt_loss_args& args, const LossRow& row) {
  return row.t == nullptr && (args.flags & NOPT_LOSS_IGNORE_CLASS) != 0 && row.label == args.ignore_class;
}

LossRow row_of(const nopt_loss_args& args, int64_t i, double weight) {
  LossRow row = {float_row(args.y, i), nullptr, 0, args.y.columns, static_cast<float>(args.gradient_scale * weight),
                 float_row(args.dy, i)};
  if (args.loss == NOPT_LOSS_SPARSE_CATEGORICAL_CROSS_ENTROPY) {
    row.label = static_cast<const int32_t*>(args.targets.data)[i * args.targets.stride];
  } else {
    row.t = float_row(args.targets, i);
  }
  return row;
}

Partial run_rows(Isa isa, const nopt_loss_args& args, const LossSettings& settings, int64_t begin, int64_t end) {
  Partial sum = {0.0, 0};
  for (int64_t i = begin; i < end; ++i) {
    const double weight =
        args.sample_weights.data == nullptr ? 1.0 : static_cast<double>(*float_row(args.sample_weights, i));
    const LossRow row = row_of(args, i, weight);
    // Counted first: dy may be y.
    if (args.correct_count != nullptr) sum.correct += kCountCorrect[isa](settings, row);
    if (is_ignored(args, row)) {
      for (int64_t j = 0; row.dy != nullptr && j < row.columns; ++j) row.dy[j] = 0.0f;
    } else {
      sum.loss += weight * kLossValue[isa](settings, row);
    }
  }
  return sum;
}

// A block of rows, [begin, end).
struct RowBlocks {
  int64_t rows;
  int64_t block_rows;
  explicit RowBlocks(int64_t count) : rows(count), block_rows(rows_per_block(count)) {}
  int64_t count() const { return (rows + block_rows - 1) / block_rows; }
  int64_t begin(int64_t block) const { return block * block_rows; }
  int64_t end(int64_t block) const { return rows - begin(block) < block_rows ? rows : begin(block) + block_rows; }
};

// One index for all rows: their sums first, then the gradients.
void run_whole_batch(const Execution& execution, const nopt_loss_args& args, const LossSettings& settings) {
  const RowBlocks blocks(args.y.rows);
  const int64_t cost = 2 * float_bytes(args.y);
  TverskyTotals partials[kMaxBlocks] = {};
  parallel_for(execution, blocks.count(), cost, [&](int64_t block) {
    for (int64_t i = blocks.begin(block); i < blocks.end(block); ++i) {
      const TverskyTotals row = kTverskyTotals[execution.isa](row_of(args, i, 1.0));
      partials[block].common += row.common;
      partials[block].only_y += row.only_y;
      partials[block].only_t += row.only_t;
    }
  });
  TverskyTotals total = {};
  for (const TverskyTotals& partial : partials) {
    total.common += partial.common;
    total.only_y += partial.only_y;
    total.only_t += partial.only_t;
  }
  if (args.dy.data != nullptr) {
    parallel_for(execution, blocks.count(), cost, [&](int64_t block) {
      for (int64_t i = blocks.begin(block); i < blocks.end(block); ++i)
        kTverskyGradient[execution.isa](row_of(args, i, 1.0), settings, total);
    });
  }
  if (args.loss_sum != nullptr) *args.loss_sum = total.value(settings);
}

}  // namespace

void run_loss(const Execution& execution, const nopt_loss_args& args) {
  const LossSettings settings = settings_of(args);
  if (settings.has(NOPT_LOSS_WHOLE_BATCH)) {
    run_whole_batch(execution, args, settings);
    return;
  }
  const RowBlocks blocks(args.y.rows);
  Partial partials[kMaxBlocks];
  parallel_for(execution, blocks.count(), 3 * kElementCost * float_bytes(args.y), [&](int64_t block) {
    partials[block] = run_rows(execution.isa, args, settings, blocks.begin(block), blocks.end(block));
  });
  Partial total = {0.0, 0};
  for (int64_t block = 0; block < blocks.count(); ++block) {
    total.loss += partials[block].loss;
    total.correct += partials[block].correct;
  }
  if (args.loss_sum != nullptr) *args.loss_sum = total.loss;
  if (args.correct_count != nullptr) *args.correct_count = total.correct;
}

}  // namespace nopt
#endif
