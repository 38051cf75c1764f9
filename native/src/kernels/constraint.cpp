#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/constraint.cpp"
#include "hwy/foreach_target.h"

#include "core/isa_table.h"
#include "core/parallel.h"
#include "kernels/constraint.h"
#include "kernels/constraint_norm-inl.h"
#include "kernels/matrix_pieces.h"
#include "kernels/row-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct NonNegative {
  float* w;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    place.put(max(place.get(w + i), zero()), w + i);
  }
};

void make_non_negative(float* w, int64_t count) {
  NonNegative step{w};
  for_each_vector(count, step);
}

// A column is summed row after row.
struct ConstrainColumns {
  const NormRule& rule;
  float* w;
  int64_t stride;
  int64_t rows;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t column, int64_t /*lane*/) {
    V squares = zero();
    for (int64_t row = 0; row < rows; ++row) {
      const V v = place.get(w + row * stride + column);
      squares = squares + v * v;
    }
    const V norm = hn::Sqrt(squares);
    const V factor = rule.factor(norm);
    for (int64_t row = 0; row < rows; ++row) {
      float* const p = w + row * stride + column;
      place.put(rule.apply(place.get(p), factor), p);
    }
  }
};

void constrain_columns(const nopt_constraint_args& args, int64_t column, int64_t columns) {
  const NormRule rule(args);
  ConstrainColumns step{rule, static_cast<float*>(args.w.data) + column, args.w.stride, args.w.rows};
  for_each_vector(columns, step);
}

struct SquaresStep {
  const float* w;
  LineSum squares;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    const V v = place.get(w + i);
    squares.add(lane, v * v);
  }
};

float sum_squares(const float* w, int64_t count) {
  SquaresStep step{w, LineSum()};
  for_each_vector(count, step);
  return step.squares.total();
}

struct ApplyFactor {
  const NormRule& rule;
  float* w;
  V factor;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    place.put(rule.apply(place.get(w + i), factor), w + i);
  }
};

void apply_norm(const nopt_constraint_args& args, float squares, float* w, int64_t count) {
  const NormRule rule(args);
  ApplyFactor step{rule, w, rule.factor(hn::Sqrt(splat(squares)))};
  for_each_vector(count, step);
}

NOPT_KERNEL_NAMESPACE_END

#if HWY_ONCE
namespace nopt {
namespace {

constexpr IsaTable<void(float*, int64_t)> kMakeNonNegative = NOPT_ISA_TABLE(make_non_negative);
constexpr IsaTable<void(const nopt_constraint_args&, int64_t, int64_t)> kConstrainColumns =
    NOPT_ISA_TABLE(constrain_columns);
constexpr IsaTable<float(const float*, int64_t)> kSumSquares = NOPT_ISA_TABLE(sum_squares);
constexpr IsaTable<void(const nopt_constraint_args&, float, float*, int64_t)> kApplyNorm = NOPT_ISA_TABLE(apply_norm);

constexpr int64_t kPieceElements = 16384;
constexpr int64_t kBlockColumns = 64;
constexpr int64_t kPasses = 3;  // read, read again, write

void run_non_negative(const Execution& execution, const nopt_matrix& w) {
  const MatrixPieces pieces(w, has_row_gaps(w), kPieceElements);
  parallel_for(execution, pieces.count(), 2 * float_bytes(w), [&](int64_t index) {
    kMakeNonNegative[execution.isa](pieces[index].of(w), pieces[index].count);
  });
}

void run_columns(const Execution& execution, const nopt_constraint_args& args) {
  const int64_t block_count = (args.w.columns + kBlockColumns - 1) / kBlockColumns;
  parallel_for(execution, block_count, kPasses * float_bytes(args.w), [&](int64_t block) {
    const int64_t column = block * kBlockColumns;
    const int64_t rest = args.w.columns - column;
    kConstrainColumns[execution.isa](args, column, rest < kBlockColumns ? rest : kBlockColumns);
  });
}

void run_rows(const Execution& execution, const nopt_constraint_args& args) {
  parallel_for(execution, args.w.rows, kPasses * float_bytes(args.w), [&](int64_t row) {
    float* const w = float_row(args.w, row);
    kApplyNorm[execution.isa](args, kSumSquares[execution.isa](w, args.w.columns), w, args.w.columns);
  });
}

void run_all(const Execution& execution, const nopt_constraint_args& args) {
  double squares = 0;
  for (int64_t row = 0; row < args.w.rows; ++row)
    squares += static_cast<double>(kSumSquares[execution.isa](float_row(args.w, row), args.w.columns));
  for (int64_t row = 0; row < args.w.rows; ++row)
    kApplyNorm[execution.isa](args, static_cast<float>(squares), float_row(args.w, row), args.w.columns);
}

}  // namespace

void run_constraint(const Execution& execution, const nopt_constraint_args& args) {
  if (args.constraint == NOPT_CONSTRAINT_NON_NEGATIVE) return run_non_negative(execution, args.w);
  switch (args.group) {
    case NOPT_NORM_GROUP_COLUMN:
      return run_columns(execution, args);
    case NOPT_NORM_GROUP_ROW:
      return run_rows(execution, args);
    default:
      return run_all(execution, args);
  }
}

}  // namespace nopt
#endif
