// Adafactor for vectors: Shazeer and Stern 2018, https://arxiv.org/abs/1804.04235, algorithm 5. Its size is taken over
// the whole parameter, which is why it is none of the elementwise rules.
//   v <- beta2 v + (1 - beta2) (g^2 + offset)      u = g / max(sqrt(v), least_divisor)
// and the rest as in adafactor.cpp
#include "optimizers/matrix/adafactor_words.h"

#define NOPT_SLOTS(slot) slot(v, 0, NOPT_SLOT_ELEMENTS) slot(m, momentum, NOPT_SLOT_ELEMENTS)
#define HWY_TARGET_INCLUDE "optimizers/matrix/adafactor_unfactored.cpp"
#include "optimizers/matrix/matrix-inl.h"

#include "optimizers/matrix/adafactor-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct UnfactoredStep : AdafactorStep {
  using AdafactorStep::AdafactorStep;

  template <class Place>
  HWY_INLINE V divisor(const Place& place, int64_t i, int64_t /*line*/) const {
    return hn::Sqrt(place.get(s[v] + i, 1.0f));
  }
};

struct UpdateMoments {
  const UnfactoredStep& step;
  LineSum weights;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    V w, g;
    step.read(place, i, w, g);
    weights.add(lane, weight_square(step, place, i, w));
    const V square = g * g + splat(step.a[offset]);
    place.put(splat(step.a[beta2]) * place.get(step.s[v] + i) + splat(step.a[one_minus_beta2]) * square, step.s[v] + i);
  }
};

void update_moments(const UnfactoredStep& step, int64_t block) {
  for (int64_t line = step.lines.block_begin(block); line < step.lines.block_end(block); ++line) {
    UpdateMoments update{step, LineSum()};
    for_each_vector_of_line(step.lines, line, update);
    step.weight_squares[line] = update.weights.total();
  }
}

void run(const Execution& execution, const nopt_matrix_step_args& args) {
  UnfactoredStep step(args, Lines::runs(args.rows * args.columns));
  const int64_t lines = step.lines.count();
  step.weight_squares = scratch_floats(kScratchMatrix, 2 * lines);
  step.update_squares = step.weight_squares + lines;
  for_each_block<UnfactoredStep, update_moments>(execution, step, step.lines, 4);
  finish(execution, step);
}

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_MATRIX_RULE(adafactor_unfactored, 0)
