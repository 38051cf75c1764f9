// SM3 for matrices: Anil, Gupta, Koren and Singer 2019, https://arxiv.org/abs/1901.11150, algorithm SM3-II with the
// rows and the columns as its cover. Vectors: sm3_vector.cpp.
//   n = share g^2 + beta2 min(row, column)      u = g / sqrt(n + eps), 0 where n is
//   row <- largest n of the row      column <- largest n of the column
//   m <- beta1 m + (1 - beta1) u      w <- w - rate m
#define NOPT_SLOTS(slot) slot(row, 0, NOPT_SLOT_ROWS) slot(column, 0, NOPT_SLOT_COLUMNS) slot(m, 0, NOPT_SLOT_ELEMENTS)
#define NOPT_SCALARS(scalar) scalar(beta1) scalar(one_minus_beta1) scalar(beta2) scalar(share) scalar(eps) scalar(rate)
#define NOPT_VARIANTS(variant)
#define HWY_TARGET_INCLUDE "optimizers/matrix/sm3.cpp"
#include "optimizers/matrix/matrix-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct Sm3Step : Operands {
  using Operands::Operands;
  float* column_maxima;  // [blocks, columns] the largest n of each block
};

struct UpdateRow {
  const Sm3Step& step;
  int64_t begin;   // of the row
  float smallest;  // n of the row so far
  float* maxima;   // of the block
  LineMax largest;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    const float* const a = step.a;
    V weights, g;
    step.read(place, i, weights, g);
    const V cover = min(splat(smallest), place.get(step.s[column] + (i - begin)));
    const V n = splat(a[share]) * (g * g) + splat(a[beta2]) * cover;
    largest.add(lane, n);
    float* const column_maximum = maxima + (i - begin);
    place.put(max(place.get(column_maximum), n), column_maximum);
    const V u = hn::IfThenElse(n > zero(), g / hn::Sqrt(n + splat(a[eps])), n);
    const V kept = splat(a[beta1]) * place.get(step.s[m] + i) + splat(a[one_minus_beta1]) * u;
    place.put(kept, step.s[m] + i);
    step.write(place, i, weights - splat(a[rate]) * kept);
  }
};

void update_rows(const Sm3Step& step, int64_t block) {
  float* const maxima = step.column_maxima + block * step.lines.length;
  for (int64_t k = 0; k < step.lines.length; ++k) maxima[k] = 0.0f;
  for (int64_t line = step.lines.block_begin(block); line < step.lines.block_end(block); ++line) {
    UpdateRow update{step, step.lines.begin(line), step.s[row][line], maxima, LineMax()};
    for_each_vector_of_line(step.lines, line, update);
    step.s[row][line] = update.largest.total();
  }
}

struct JoinBlocks {
  const Sm3Step& step;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    V largest = place.get(step.column_maxima + i);
    for (int64_t block = 1; block < step.lines.block_count(); ++block) {
      largest = max(largest, place.get(step.column_maxima + block * step.lines.length + i));
    }
    place.put(largest, step.s[column] + i);
  }
};

void run(const Execution& execution, const nopt_matrix_step_args& args) {
  Sm3Step step(args, Lines::rows(args.columns, args.rows * args.columns));
  step.column_maxima = scratch_floats(kScratchMatrix, step.lines.block_count() * args.columns);
  for_each_block<Sm3Step, update_rows>(execution, step, step.lines, 5);
  JoinBlocks join{step};
  for_each_vector(args.columns, join);
}

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_MATRIX_RULE(sm3, 0)
