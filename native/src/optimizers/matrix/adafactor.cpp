// Adafactor for matrices: Shazeer and Stern 2018, https://arxiv.org/abs/1804.04235, algorithm 4.
//   r <- beta2 r + (1 - beta2) (mean of g^2 over each row + offset)      c <- the same over each column
//   d = sqrt(r / max(mean r, least_divisor)) sqrt(c)      u = g / max(d, least_divisor)
//   u <- u / max(1, rms(u) inverse_clip)
//   w <- w - rate max(least_scale, rms(w)) u
// variant momentum: m <- decay m + (1 - decay) (that change of w) takes its place. Variant absolute: without the factor
// of w. Variant decayed_scale: rms(w) is taken after weight_factor, as Keras does, else before. Keras and optax have an
// offset, PyTorch a least divisor; -1 there stands for the machine epsilon.
#include "optimizers/matrix/adafactor_words.h"

#define NOPT_SLOTS(slot) slot(r, 0, NOPT_SLOT_ROWS) slot(c, 0, NOPT_SLOT_COLUMNS) slot(m, momentum, NOPT_SLOT_ELEMENTS)
#define HWY_TARGET_INCLUDE "optimizers/matrix/adafactor.cpp"
#include "optimizers/matrix/matrix-inl.h"

#include "optimizers/matrix/adafactor-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct FactoredStep : AdafactorStep {
  using AdafactorStep::AdafactorStep;

  template <class Place>
  HWY_INLINE V divisor(const Place& place, int64_t i, int64_t row) const {
    return splat(row_roots[row]) * place.get(column_roots + (i - lines.begin(row)), 1.0f);
  }

  float* row_roots;       // first the sums of g^2 of each row, then sqrt(r / mean r)
  float* column_roots;    // first the sums of g^2 of each column, then sqrt(c)
  float* column_squares;  // [blocks, columns] the sums of each block
};

struct SquareRow {
  const FactoredStep& step;
  int64_t begin;   // of the row
  float* columns;  // sums of the block
  LineSum gradients;
  LineSum weights;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    V w, g;
    step.read(place, i, w, g);
    weights.add(lane, weight_square(step, place, i, w));
    const V square = g * g;
    gradients.add(lane, square);
    float* const column = columns + (i - begin);
    place.put(place.get(column) + square, column);
  }
};

void square_gradients(const FactoredStep& step, int64_t block) {
  float* const columns = step.column_squares + block * step.lines.length;
  for (int64_t column = 0; column < step.lines.length; ++column) columns[column] = 0.0f;
  for (int64_t row = step.lines.block_begin(block); row < step.lines.block_end(block); ++row) {
    SquareRow squares{step, step.lines.begin(row), columns, LineSum(), LineSum()};
    for_each_vector_of_line(step.lines, row, squares);
    step.row_roots[row] = squares.gradients.total();
    step.weight_squares[row] = squares.weights.total();
  }
}

// Adds the sums of the blocks in their order.
struct AddBlocks {
  const FactoredStep& step;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t column, int64_t /*lane*/) {
    V sum = place.get(step.column_squares + column);
    for (int64_t block = 1; block < step.lines.block_count(); ++block) {
      sum = sum + place.get(step.column_squares + block * step.lines.length + column);
    }
    place.put(sum, step.column_roots + column);
  }
};

// moment <- beta2 moment + (1 - beta2) (sum / count + offset)
struct UpdateMoment {
  const Operands& step;
  float* moment;
  const float* sums;
  float count;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    const V mean = place.get(sums + i) / splat(count) + splat(step.a[offset]);
    place.put(splat(step.a[beta2]) * place.get(moment + i) + splat(step.a[one_minus_beta2]) * mean, moment + i);
  }
};

struct Root {
  const float* moment;
  float divisor;
  float* root;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    place.put(hn::Sqrt(place.get(moment + i) / splat(divisor)), root + i);
  }
};

void update_moments(const FactoredStep& step, int64_t rows, int64_t columns) {
  AddBlocks add{step};
  for_each_vector(columns, add);
  UpdateMoment of_rows{step, step.s[r], step.row_roots, static_cast<float>(columns)};
  for_each_vector(rows, of_rows);
  UpdateMoment of_columns{step, step.s[c], step.column_roots, static_cast<float>(rows)};
  for_each_vector(columns, of_columns);
  const float mean = sum_of(step.s[r], rows) / static_cast<float>(rows);
  Root row_root{step.s[r], larger(mean, step.a[least_divisor]), step.row_roots};
  for_each_vector(rows, row_root);
  Root column_root{step.s[c], 1.0f, step.column_roots};
  for_each_vector(columns, column_root);
}

void run(const Execution& execution, const nopt_matrix_step_args& args) {
  const int64_t rows = args.rows;
  const int64_t columns = args.columns;
  FactoredStep step(args, Lines::rows(columns, rows * columns));
  const int64_t blocks = step.lines.block_count();
  float* const scratch = scratch_floats(kScratchMatrix, 3 * rows + (1 + blocks) * columns);
  step.weight_squares = scratch;
  step.update_squares = scratch + rows;
  step.row_roots = scratch + 2 * rows;
  step.column_roots = scratch + 3 * rows;
  step.column_squares = step.column_roots + columns;
  for_each_block<FactoredStep, square_gradients>(execution, step, step.lines, 2);
  update_moments(step, rows, columns);
  finish(execution, step);
}

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_MATRIX_RULE(adafactor, 0)
