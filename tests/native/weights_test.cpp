// Running averages and penalties: the same bits as scalar code on every instruction set, for every width and thread count.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "isa_support.h"
#include "kernels/average.h"
#include "kernels/penalty.h"
#include "test_data.h"

namespace nopt {
namespace {

constexpr int64_t kMaxColumns = 67;
constexpr int64_t kRows = 3;

class AverageOnIsa : public IsaTest {
 protected:
  void average(int32_t form, double keep, nopt_matrix w, nopt_matrix a, int threads = 1) {
    nopt_average_args args = {};
    args.struct_size = sizeof(args);
    args.form = form;
    args.keep = keep;
    args.w = w;
    args.a = a;
    run_average(execution(threads), args);
  }

  static float reference(int32_t form, double keep, float w, float a) {
    const float k = static_cast<float>(keep);
    const float add = static_cast<float>(1 - keep);
    if (keep == 0) return w;
    if (keep == 1) return a;
    const float kept = k * a;
    const float taken = add * (form == NOPT_AVERAGE_WEIGHTED ? w : w - a);
    return (form == NOPT_AVERAGE_WEIGHTED ? kept : a) + taken;
  }
};
NOPT_INSTANTIATE_FOR_ISAS(AverageOnIsa);

TEST_P(AverageOnIsa, Average_ForEachFormAndWidth_HasTheBitsOfScalarCode) {
  for (int32_t form : {NOPT_AVERAGE_WEIGHTED, NOPT_AVERAGE_TOWARDS}) {
    for (double keep : {0.0, 0.25, 0.99, 1.0}) {
      for (int64_t columns = 1; columns <= kMaxColumns; ++columns) {
        const int64_t stride = columns + columns % 3;
        GuardedArray w(kRows * stride, true);
        GuardedArray a(kRows * stride, true);
        GuardedArray expected = a.fill(2);
        w.fill(1);
        for (int64_t i = 0; i < kRows * stride; ++i)
          if (i % stride < columns) expected[i] = reference(form, keep, w[i], a[i]);
        average(form, keep, matrix_of(w, kRows, columns, stride), matrix_of(a, kRows, columns, stride));
        ASSERT_TRUE(a.guards_are_intact());
        ASSERT_NO_FATAL_FAILURE(expect_same_bits(a, expected, "a"));
      }
    }
  }
}

TEST_P(AverageOnIsa, Average_WithKeepZero_ForgetsWhatWasThere) {
  GuardedArray w(5), a(5);
  w.fill(1);
  for (int64_t i = 0; i < 5; ++i) a[i] = std::nanf("");
  average(NOPT_AVERAGE_WEIGHTED, 0, matrix_of(w, 1, 5), matrix_of(a, 1, 5));
  expect_same_bits(a, w, "a");
}

TEST_P(AverageOnIsa, Average_OnSeveralThreads_HasTheBitsOfOne) {
  constexpr int64_t kCount = 3 * 65536 + 5;
  GuardedArray w(kCount), one(kCount);
  w.fill(1);
  one.fill(2);
  GuardedArray several = one;
  average(NOPT_AVERAGE_TOWARDS, 0.9, matrix_of(w, 1, kCount), matrix_of(one, 1, kCount));
  average(NOPT_AVERAGE_TOWARDS, 0.9, matrix_of(w, 1, kCount), matrix_of(several, 1, kCount), 3);
  expect_same_bits(several, one, "a");
}

class PenaltyOnIsa : public IsaTest {
 protected:
  double penalty(double l1, double l2, nopt_matrix x, nopt_matrix dx = {}, double scale = 1, int threads = 1) {
    double value = -1;
    nopt_penalty_args args = {};
    args.struct_size = sizeof(args);
    args.l1 = l1;
    args.l2 = l2;
    args.gradient_scale = scale;
    args.x = x;
    args.dx = dx;
    args.value = &value;
    run_penalty(execution(threads), args);
    return value;
  }
};
NOPT_INSTANTIATE_FOR_ISAS(PenaltyOnIsa);

TEST_P(PenaltyOnIsa, Penalty_ForEachWidth_IsCloseToDoubleAndAddsItsGradient) {
  const double l1 = 0.25, l2 = 0.75, scale = 0.5;
  for (int64_t columns = 1; columns <= kMaxColumns; ++columns) {
    const int64_t stride = columns + columns % 3;
    GuardedArray x(kRows * stride, true);
    GuardedArray dx(kRows * stride, true);
    GuardedArray expected = dx.fill(2);
    x.fill(1);
    x[0] = 0;
    double sum = 0;
    for (int64_t i = 0; i < kRows * stride; ++i) {
      if (i % stride >= columns) continue;
      sum += l1 * std::fabs(static_cast<double>(x[i])) + l2 * static_cast<double>(x[i]) * static_cast<double>(x[i]);
      const float sign = x[i] > 0 ? 1.0f : x[i] < 0 ? -1.0f : 0.0f;
      const float with_sign = expected[i] + 0.125f * sign;
      expected[i] = with_sign + 0.75f * x[i];
    }
    const double value =
        penalty(l1, l2, matrix_of(x, kRows, columns, stride), matrix_of(dx, kRows, columns, stride), scale);
    EXPECT_NEAR(value, sum, 1e-6 * sum);
    ASSERT_TRUE(dx.guards_are_intact());
    ASSERT_NO_FATAL_FAILURE(expect_same_bits(dx, expected, "dx"));
  }
}

TEST_P(PenaltyOnIsa, Penalty_OnEveryInstructionSetAndThreadCount_IsTheSameNumber) {
  constexpr int64_t kCount = 5 * 65536 + 7;
  GuardedArray x(kCount);
  x.fill(3);
  double scalar = 0;
  nopt_penalty_args args = {};
  args.l1 = 0.5;
  args.l2 = 0.125;
  args.x = matrix_of(x, 1, kCount);
  args.value = &scalar;
  run_penalty(execution_on(Isa::kScalar), args);
  for (int threads : {1, 2, 5}) EXPECT_EQ(penalty(0.5, 0.125, args.x, {}, 1, threads), scalar);
}

TEST_P(PenaltyOnIsa, Penalty_WithFactorZero_LeavesItsTermOut) {
  GuardedArray x(3);
  x[0] = 1e30f;  // its square is infinite
  x[1] = -1;
  x[2] = 0;
  EXPECT_EQ(penalty(1, 0, matrix_of(x, 1, 3)), static_cast<double>(1e30f));
  EXPECT_EQ(penalty(0, 0, matrix_of(x, 1, 3)), 0);
  x[0] = std::nanf("");
  EXPECT_TRUE(std::isnan(penalty(0, 1, matrix_of(x, 1, 3))));
}

}  // namespace
}  // namespace nopt
