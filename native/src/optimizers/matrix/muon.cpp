// Muon: Jordan et al. 2024, https://kellerjordan.github.io/posts/muon/; scaled as in Liu et al. 2025,
// https://arxiv.org/abs/2502.16982. The momentum of a matrix, made nearly orthogonal.
//   m <- momentum m + share g      u = from_gradient g + from_momentum m
//   x = u / max(|u| + offset, least_norm), |u| the Frobenius norm
//   for each a, b, c of the coefficients:  x <- a x + (b A + c A^2) x with A = x x^T      (Newton-Schulz)
//   w <- w - rate x
// Variant adaptive: times <u, x> (Bernstein and Newhouse 2024, https://arxiv.org/abs/2409.20325). Variants aol (Boissin
// et al. 2025, https://arxiv.org/abs/2512.04632) and schatten (Grishina et al. 2025, https://arxiv.org/abs/2506.10935)
// leave u as it is and scale x and A in the first iteration. Variant spectral: |u| is the largest singular value.
#define NOPT_SLOTS(slot) slot(m, 0, NOPT_SLOT_ELEMENTS)
#define NOPT_SCALARS(scalar)                                                                                   \
  scalar(momentum) scalar(share) scalar(from_gradient) scalar(from_momentum) scalar(offset) scalar(least_norm) \
      scalar(rate)
#define NOPT_VARIANTS(variant) variant(adaptive) variant(aol) variant(schatten) variant(spectral)
#define HWY_TARGET_INCLUDE "optimizers/matrix/muon.cpp"
#include "optimizers/matrix/matrix-inl.h"

#include "optimizers/matrix/newton_schulz-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct MuonStep : Operands {
  using Operands::Operands;

  // u at position i; g is the gradient there and m that of this step.
  template <class Place>
  HWY_INLINE V direction(const Place& place, int64_t i, V gradients) const {
    return splat(a[from_gradient]) * gradients + splat(a[from_momentum]) * place.get(s[m] + i);
  }

  float* x;
  float* sums;   // of each line
  float change;  // of x in the step
};

struct Accumulate {
  const MuonStep& step;
  LineSum squares;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    V w, g;
    step.read(place, i, w, g);
    place.put(splat(step.a[momentum]) * place.get(step.s[m] + i) + splat(step.a[share]) * g, step.s[m] + i);
    const V u = step.direction(place, i, g);
    place.put(u, step.x + i);
    squares.add(lane, u * u);
  }
  float total() const { return squares.total(); }
};

// Adds up <u, x>.
struct Project {
  const MuonStep& step;
  LineSum products;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    V w, g;
    step.read(place, i, w, g);
    products.add(lane, step.direction(place, i, g) * place.get(step.x + i));
  }
  float total() const { return products.total(); }
};

template <class Line>
void sum_lines(const MuonStep& step, int64_t block) {
  for (int64_t line = step.lines.block_begin(block); line < step.lines.block_end(block); ++line) {
    Line sum{step, LineSum()};
    for_each_vector_of_line(step.lines, line, sum);
    step.sums[line] = sum.total();
  }
}

struct Apply {
  const MuonStep& step;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    V weights, g;
    step.read(place, i, weights, g);
    step.write(place, i, weights - splat(step.change) * place.get(step.x + i));
  }
};

void apply_lines(const MuonStep& step, int64_t block) {
  for (int64_t line = step.lines.block_begin(block); line < step.lines.block_end(block); ++line) {
    Apply apply{step};
    for_each_vector_of_line(step.lines, line, apply);
  }
}

Preconditioning preconditioning_of(const MuonStep& step) {
  return step.has(aol) ? Preconditioning::kAol
                       : (step.has(schatten) ? Preconditioning::kSchatten : Preconditioning::kNone);
}

void run(const Execution& execution, const nopt_matrix_step_args& args) {
  MuonStep step(args, Lines::runs(args.rows * args.columns));
  const int64_t lines = step.lines.count();
  NewtonSchulz matrix(args.rows, args.columns, lines);
  step.x = matrix.x();
  step.sums = matrix.extra();
  for_each_block<MuonStep, sum_lines<Accumulate>>(execution, step, step.lines, 5);
  const Preconditioning preconditioning = preconditioning_of(step);
  if (preconditioning == Preconditioning::kNone) {
    const float norm = step.has(spectral) ? matrix.spectral_norm(execution) : std::sqrt(sum_of(step.sums, lines));
    matrix.scale(execution, 1.0f / larger(norm + step.a[offset], step.a[least_norm]));
  }
  matrix.iterate(execution, args.coefficients, args.coefficient_count, preconditioning);
  step.x = matrix.x();
  step.change = step.a[rate];
  if (step.has(adaptive)) {
    for_each_block<MuonStep, sum_lines<Project>>(execution, step, step.lines, 3);
    step.change = step.change * sum_of(step.sums, lines);
  }
  for_each_block<MuonStep, apply_lines>(execution, step, step.lines, 4);
}

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_MATRIX_RULE(muon, 3)
