// What both forms of Adafactor do once they know by which d a gradient is divided: limit the size of the whole update,
// scale it with the size of the weights, and apply it. Included once per instruction set.
#if defined(NOPT_OPTIMIZERS_MATRIX_ADAFACTOR_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_OPTIMIZERS_MATRIX_ADAFACTOR_INL_H
#undef NOPT_OPTIMIZERS_MATRIX_ADAFACTOR_INL_H
#else
#define NOPT_OPTIMIZERS_MATRIX_ADAFACTOR_INL_H
#endif

#include <cfloat>

#include "optimizers/matrix/matrix-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// The forms derive their steps from this and add V divisor(place, i, line): what the element is divided by.
struct AdafactorStep : Operands {
  AdafactorStep(const nopt_matrix_step_args& args, const Lines& cut) : Operands(args, cut) {
    // The machine epsilon of the element type is written as -1.
    if (a[least_divisor] < 0.0f) a[least_divisor] = FLT_EPSILON;
  }

  float* weight_squares;  // sums of the squared weights of each line
  float* update_squares;  // of the squared updates
  float factor;           // of the updates in the step
};

// g / max(d, least_divisor)
template <class Step, class Place>
HWY_INLINE V update_of(const Step& step, const Place& place, int64_t i, int64_t line, V gradients) {
  return gradients / max(step.divisor(place, i, line), splat(step.a[least_divisor]));
}

template <class Step>
struct SquareUpdates {
  const Step& step;
  int64_t line;
  LineSum sum;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    V weights, gradients;
    step.read(place, i, weights, gradients);
    const V u = update_of(step, place, i, line, gradients);
    sum.add(lane, u * u);
  }
};

template <class Step>
void square_updates(const Step& step, int64_t block) {
  for (int64_t line = step.lines.block_begin(block); line < step.lines.block_end(block); ++line) {
    SquareUpdates<Step> squares{step, line, LineSum()};
    for_each_vector_of_line(step.lines, line, squares);
    step.update_squares[line] = squares.sum.total();
  }
}

template <class Step>
struct ApplyUpdates {
  const Step& step;
  int64_t line;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    V weights, gradients;
    step.read(place, i, weights, gradients);
    V change = splat(step.factor) * update_of(step, place, i, line, gradients);
    if (step.has(momentum)) {
      const V kept = splat(step.a[decay]) * place.get(step.s[m] + i) + splat(step.a[one_minus_decay]) * change;
      place.put(kept, step.s[m] + i);
      change = kept;
    }
    step.write(place, i, weights - change);
  }
};

template <class Step>
void apply_updates(const Step& step, int64_t block) {
  for (int64_t line = step.lines.block_begin(block); line < step.lines.block_end(block); ++line) {
    ApplyUpdates<Step> apply{step, line};
    for_each_vector_of_line(step.lines, line, apply);
  }
}

// What one vector of weights adds to the sum of their squares.
template <class Place>
HWY_INLINE V weight_square(const Operands& step, const Place& place, int64_t i, V decayed) {
  const V weights = step.has(decayed_scale) ? decayed : place.get(step.w + i);
  return weights * weights;
}

// The rest of the step, once the second moments are those of this gradient.
template <class Step>
void finish(const Execution& execution, Step& step) {
  const Lines& lines = step.lines;
  for_each_block<Step, square_updates<Step>>(execution, step, lines, 2);
  const float size = root_mean(sum_of(step.update_squares, lines.count()), lines.total);
  const float weight_size = root_mean(sum_of(step.weight_squares, lines.count()), lines.total);
  const float scale = step.has(absolute) ? 1.0f : larger(weight_size, step.a[least_scale]);
  step.factor = step.a[rate] * scale / larger(size * step.a[inverse_clip], 1.0f);
  for_each_block<Step, apply_updates<Step>>(execution, step, lines, step.has(momentum) ? 5 : 3);
}

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_OPTIMIZERS_MATRIX_ADAFACTOR_INL_H
