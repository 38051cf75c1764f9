// The iteration that makes a matrix nearly orthogonal: all its singular values are moved towards 1 by a polynomial of
// odd degree 5, which takes nothing but matrix products (Jordan et al. 2024). Included once per instruction set.
#if defined(NOPT_OPTIMIZERS_MATRIX_NEWTON_SCHULZ_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_OPTIMIZERS_MATRIX_NEWTON_SCHULZ_INL_H
#undef NOPT_OPTIMIZERS_MATRIX_NEWTON_SCHULZ_INL_H
#else
#define NOPT_OPTIMIZERS_MATRIX_NEWTON_SCHULZ_INL_H
#endif

#include <cfloat>

#include "gemm/gemm.h"
#include "optimizers/matrix/matrix-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

enum class Preconditioning { kNone, kAol, kSchatten };

// to <- factor to
struct Scale {
  float* to;
  float factor;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    place.put(place.get(to + i) * splat(factor), to + i);
  }
};

// to <- factors to, element by element
struct ScaleEach {
  float* to;
  const float* factors;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    place.put(place.get(to + i) * place.get(factors + i), to + i);
  }
};

// to <- b gram + c to
struct Combine {
  const float* gram;
  float* to;
  float b;
  float c;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    place.put(splat(b) * place.get(gram + i) + splat(c) * place.get(to + i), to + i);
  }
};

struct SumAbsolutes {
  const float* x;
  LineSum sum;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    sum.add(lane, hn::Abs(place.get(x + i)));
  }
};

struct SumProducts {
  const float* x;
  const float* y;
  LineSum sum;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    sum.add(lane, place.get(x + i) * place.get(y + i));
  }
};

// A step for each vector of an array, whatever its shape.
template <class Step>
struct Runs {
  Step step;
  Lines lines;
};

template <class Step>
void run_lines(const Runs<Step>& runs, int64_t block) {
  for (int64_t line = runs.lines.block_begin(block); line < runs.lines.block_end(block); ++line) {
    Step step = runs.step;
    for_each_vector_of_line(runs.lines, line, step);
  }
}

// A matrix x [rows, columns] in the scratch of this thread, and what the iteration needs beside it. The products are
// those of the smaller side: x x^T for a wide x, x^T x for a tall one, which gives the same x.
class NewtonSchulz {
 public:
  // `extra` floats are added for the caller.
  NewtonSchulz(int64_t rows, int64_t columns, int64_t extra)
      : rows_(rows), columns_(columns), side_(rows < columns ? rows : columns) {
    x_ = scratch_floats(kScratchMatrix, 2 * rows * columns + 2 * side_ * side_ + side_ + extra);
    next_ = x_ + rows * columns;
    gram_ = next_ + rows * columns;
    polynomial_ = gram_ + side_ * side_;
    factors_ = polynomial_ + side_ * side_;
    extra_ = factors_ + side_;
  }

  float* x() const { return x_; }
  float* extra() const { return extra_; }

  void scale(const Execution& execution, float factor) { over_runs(execution, rows_ * columns_, 2, Scale{x_, factor}); }

  // The largest singular value of x, the root of the largest eigenvalue of A = x x^T. The powers P of A, squared again
  // and again, keep the eigenvectors of that one alone, and <A, P> / trace P goes to it.
  float spectral_norm(const Execution& execution) {
    multiply_gram(execution);
    const float size = trace(gram_);
    if (size == 0.0f) return 0.0f;
    float* power = polynomial_;
    float* square = next_;
    for (int64_t i = 0; i < side_ * side_; ++i) power[i] = gram_[i] / size;
    float share = 0.0f;  // the trace of the square; it grows until nothing else is left
    for (int k = 0; k < kMostSquarings; ++k) {
      gemm(execution, {false, false, side_, side_, side_, power, side_, power, side_, 0.0f, square, side_}, nullptr);
      const float before = share;
      share = trace(square);
      over_runs(execution, side_ * side_, 2, Scale{square, 1.0f / share});
      float* const other = power;
      power = square;
      square = other;
      if (k >= kLeastSquarings && std::fabs(share - before) <= FLT_EPSILON * share) break;
    }
    for (int64_t i = 0; i < side_; ++i) {
      SumProducts row{gram_ + i * side_, power + i * side_, LineSum()};
      for_each_vector(side_, row);
      factors_[i] = row.sum.total();
    }
    return std::sqrt(sum_of(factors_, side_));
  }

  // One iteration for each three coefficients.
  void iterate(const Execution& execution, const double* coefficients, int64_t count, Preconditioning preconditioning) {
    for (int64_t k = 0; k < count; k += 3) {
      multiply_gram(execution);
      if (k == 0 && preconditioning == Preconditioning::kAol) scale_by_row_sums();
      if (k == 0 && preconditioning == Preconditioning::kSchatten) scale_by_norm(execution);
      gemm(execution, {false, false, side_, side_, side_, gram_, side_, gram_, side_, 0.0f, polynomial_, side_},
           nullptr);
      over_runs(execution, side_ * side_, 3,
                Combine{gram_, polynomial_, static_cast<float>(coefficients[k + 1]),
                        static_cast<float>(coefficients[k + 2])});
      // a x + P x = (a I + P) x: one pass over x less.
      const float a = static_cast<float>(coefficients[k]);
      for (int64_t i = 0; i < side_; ++i) polynomial_[i * side_ + i] = polynomial_[i * side_ + i] + a;
      multiply_polynomial(execution);
    }
  }

 private:
  static constexpr float kLeastSize = 1e-8f;  // below it a preconditioning divides by it

  // Two to the power of these is that of A: eigenvalues that are as close as the last digits agree are then one.
  static constexpr int kLeastSquarings = 12;
  static constexpr int kMostSquarings = 44;

  bool tall() const { return rows_ > columns_; }

  template <class Step>
  static void over_runs(const Execution& execution, int64_t total, int64_t arrays, const Step& step) {
    const Lines lines = Lines::runs(total);
    for_each_block<Runs<Step>, run_lines<Step>>(execution, {step, lines}, lines, arrays);
  }

  void multiply_gram(const Execution& execution) {
    const int64_t depth = tall() ? rows_ : columns_;
    gemm(execution, {tall(), !tall(), side_, side_, depth, x_, columns_, x_, columns_, 0.0f, gram_, side_}, nullptr);
  }

  void multiply_polynomial(const Execution& execution) {
    const float* const left = tall() ? x_ : polynomial_;
    const float* const right = tall() ? polynomial_ : x_;
    gemm(execution, {false, false, rows_, columns_, side_, left, side_, right, columns_, 0.0f, next_, columns_},
         nullptr);
    float* const before = x_;
    x_ = next_;
    next_ = before;
  }

  float trace(const float* matrix) {
    for (int64_t i = 0; i < side_; ++i) factors_[i] = matrix[i * side_ + i];
    return sum_of(factors_, side_);
  }

  // Almost orthogonal layers: each row of x (column of a tall one) by 1 / sqrt(the sum of |A| along it).
  void scale_by_row_sums() {
    for (int64_t i = 0; i < side_; ++i) {
      SumAbsolutes row{gram_ + i * side_, LineSum()};
      for_each_vector(side_, row);
      factors_[i] = 1.0f / std::sqrt(larger(row.sum.total(), kLeastSize));
    }
    for (int64_t i = 0; i < side_; ++i) {
      scale_row(gram_ + i * side_, side_, factors_[i]);
      scale_row(gram_ + i * side_, side_, factors_);
    }
    for (int64_t row = 0; row < rows_; ++row) {
      if (tall()) {
        scale_row(x_ + row * columns_, columns_, factors_);
      } else {
        scale_row(x_ + row * columns_, columns_, factors_[row]);
      }
    }
  }

  // The Schatten norm of degree 4: x by 1 / sqrt(|A|).
  void scale_by_norm(const Execution& execution) {
    for (int64_t i = 0; i < side_; ++i) {
      SumProducts row{gram_ + i * side_, gram_ + i * side_, LineSum()};
      for_each_vector(side_, row);
      factors_[i] = row.sum.total();
    }
    const float factor = 1.0f / std::sqrt(larger(std::sqrt(sum_of(factors_, side_)), kLeastSize));
    scale(execution, factor);
    over_runs(execution, side_ * side_, 2, Scale{gram_, factor * factor});
  }

  static void scale_row(float* row, int64_t count, float factor) {
    Scale step{row, factor};
    for_each_vector(count, step);
  }

  static void scale_row(float* row, int64_t count, const float* factors) {
    ScaleEach step{row, factors};
    for_each_vector(count, step);
  }

  int64_t rows_, columns_, side_;
  float *x_, *next_, *gram_, *polynomial_, *factors_, *extra_;
};

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_OPTIMIZERS_MATRIX_NEWTON_SCHULZ_INL_H
