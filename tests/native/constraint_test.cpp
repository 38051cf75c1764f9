// Constraints: the same bits as scalar code on every instruction set, for every group, width and thread count.
#include "kernels/constraint.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "isa_support.h"
#include "test_data.h"

namespace nopt {
namespace {

constexpr int32_t kNormConstraints[] = {NOPT_CONSTRAINT_MAX_NORM, NOPT_CONSTRAINT_UNIT_NORM,
                                        NOPT_CONSTRAINT_MIN_MAX_NORM};
constexpr float kEpsilon = 1e-7f;

nopt_constraint_args args_for(int32_t constraint, int32_t group, nopt_matrix w) {
  nopt_constraint_args args = {};
  args.struct_size = sizeof(args);
  args.constraint = constraint;
  args.group = group;
  args.minimum = 0.5;
  args.maximum = 0.75;
  args.rate = 0.75;
  args.epsilon = 1e-7;
  args.w = w;
  return args;
}

float constrained(int32_t constraint, float w, float n) {
  const float clipped = n < 0.5f ? 0.5f : n > 0.75f ? 0.75f : n;
  if (constraint == NOPT_CONSTRAINT_UNIT_NORM) return w / (kEpsilon + n);
  if (constraint == NOPT_CONSTRAINT_MAX_NORM) return w * ((n < 0.75f ? n : 0.75f) / (kEpsilon + n));
  const float strict = 0.75f * clipped;
  const float loose = 0.25f * n;
  return w * ((strict + loose) / (kEpsilon + n));
}

// Sixteen partial sums and a tree, as all sums along a row.
float row_squares(const float* w, int64_t count) {
  float sums[16] = {};
  for (int64_t i = 0; i < count; ++i) {
    const float square = w[i] * w[i];
    sums[i % 16] = sums[i % 16] + square;
  }
  for (int width = 8; width > 0; width /= 2)
    for (int i = 0; i < width; ++i) sums[i] = sums[i] + sums[i + width];
  return sums[0];
}

float column_squares(const float* w, int64_t rows, int64_t stride) {
  float sum = 0;
  for (int64_t row = 0; row < rows; ++row) {
    const float square = w[row * stride] * w[row * stride];
    sum = sum + square;
  }
  return sum;
}

void constrain_reference(const nopt_constraint_args& args) {
  float* const w = static_cast<float*>(args.w.data);
  const int64_t stride = args.w.stride;
  double all = 0;
  std::vector<float> norms(static_cast<size_t>(args.w.columns));
  for (int64_t row = 0; row < args.w.rows; ++row)
    all += static_cast<double>(row_squares(w + row * stride, args.w.columns));
  for (int64_t c = 0; c < args.w.columns; ++c)
    norms[static_cast<size_t>(c)] = std::sqrt(column_squares(w + c, args.w.rows, stride));
  for (int64_t row = 0; row < args.w.rows; ++row) {
    const float row_norm = std::sqrt(row_squares(w + row * stride, args.w.columns));
    for (int64_t c = 0; c < args.w.columns; ++c) {
      const float norm = args.group == NOPT_NORM_GROUP_COLUMN ? norms[static_cast<size_t>(c)]
                         : args.group == NOPT_NORM_GROUP_ROW  ? row_norm
                                                              : std::sqrt(static_cast<float>(all));
      w[row * stride + c] = constrained(args.constraint, w[row * stride + c], norm);
    }
  }
}

class ConstraintOnIsa : public IsaTest {};
NOPT_INSTANTIATE_FOR_ISAS(ConstraintOnIsa);

TEST_P(ConstraintOnIsa, Norms_ForEachGroupAndWidth_HaveTheBitsOfScalarCode) {
  for (int32_t constraint : kNormConstraints) {
    for (int32_t group = NOPT_NORM_GROUP_COLUMN; group <= NOPT_NORM_GROUP_ALL; ++group) {
      for (int64_t columns = 1; columns <= 67; ++columns) {
        const int64_t rows = 1 + columns % 4;
        const int64_t stride = columns + columns % 3;
        GuardedArray w(rows * stride, true);
        w.fill(static_cast<uint64_t>(columns));
        GuardedArray expected = w;
        nopt_constraint_args args = args_for(constraint, group, matrix_of(w, rows, columns, stride));
        run_constraint(execution(), args);
        args.w.data = expected.data();
        constrain_reference(args);
        ASSERT_TRUE(w.guards_are_intact());
        ASSERT_NO_FATAL_FAILURE(expect_same_bits(w, expected, "w"));
      }
    }
  }
}

TEST_P(ConstraintOnIsa, NonNegative_KeepsNanAndMakesNegativesZero) {
  for (int64_t columns = 1; columns <= 67; ++columns) {
    GuardedArray w(columns, true);
    w.fill(5);
    w[columns / 2] = std::nanf("");
    w[0] = -std::numeric_limits<float>::infinity();
    const GuardedArray before = w;
    run_constraint(execution(), args_for(NOPT_CONSTRAINT_NON_NEGATIVE, NOPT_NORM_GROUP_COLUMN, matrix_of(w, 1, columns)));
    ASSERT_TRUE(w.guards_are_intact());
    for (int64_t i = 0; i < columns; ++i) {
      if (std::isnan(before[i])) {
        EXPECT_TRUE(std::isnan(w[i]));
      } else {
        EXPECT_EQ(w[i], before[i] > 0 ? before[i] : 0.0f);
      }
    }
  }
}

TEST_P(ConstraintOnIsa, Constraint_OnSeveralThreads_HasTheBitsOfOne) {
  for (int32_t group = NOPT_NORM_GROUP_COLUMN; group <= NOPT_NORM_GROUP_ALL; ++group) {
    GuardedArray one(300 * 333), several(300 * 333);
    one.fill(1);
    several.fill(1);
    run_constraint(execution(), args_for(NOPT_CONSTRAINT_MAX_NORM, group, matrix_of(one, 300, 333)));
    run_constraint(execution(3), args_for(NOPT_CONSTRAINT_MAX_NORM, group, matrix_of(several, 300, 333)));
    expect_same_bits(several, one, "w");
  }
}

TEST_P(ConstraintOnIsa, Norm_ThatIsNan_MakesItsGroupNanAndNoOther) {
  GuardedArray w(2 * 20);
  w.fill(1);
  w[3] = std::nanf("");
  run_constraint(execution(), args_for(NOPT_CONSTRAINT_MAX_NORM, NOPT_NORM_GROUP_COLUMN, matrix_of(w, 2, 20)));
  for (int64_t i = 0; i < 40; ++i) EXPECT_EQ(std::isnan(w[i]), i % 20 == 3);
}

}  // namespace
}  // namespace nopt
