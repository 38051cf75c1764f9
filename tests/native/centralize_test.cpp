// Gradient centralization: against means in double, and the same bits on every instruction set and thread count.
#include "kernels/centralize.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "isa_support.h"
#include "test_data.h"

namespace nopt {
namespace {

constexpr int64_t kRows = 13;

class Centralize : public IsaTest {};
INSTANTIATE_TEST_SUITE_P(Isas, Centralize, testing::ValuesIn(kTestedIsas), isa_test_name);

// Matrices with two columns that are not theirs behind each row.
struct CentralizeProblem {
  explicit CentralizeProblem(int64_t c) : columns(c), w(kRows * (c + 2)), g(kRows * (c + 2)), y(kRows * (c + 2)) {
    w.fill(1);
    g.fill(2);
    y.fill(3);
  }

  void run(const Execution& execution, GuardedArray& result) {
    nopt_centralize_args args = {};
    args.struct_size = sizeof(args);
    args.flags = flags;
    args.prologue = &prologue;
    args.w = matrix_of(w, kRows, columns, columns + 2);
    args.g = matrix_of(g, kRows, columns, columns + 2);
    args.y = matrix_of(result, kRows, columns, columns + 2);
    run_centralize(execution, args);
  }

  // The gradient after the stages of the prologue; what comes after l2 is none of this operation's business.
  double penalized(int64_t i) const {
    if (flags != 0 && !std::isfinite(g[i])) return 1e-3 * ((w[i] > 0) - (w[i] < 0)) + 2e-3 * w[i];
    return 0.5 * g[i] + 1e-3 * ((w[i] > 0) - (w[i] < 0)) + 2e-3 * w[i];
  }

  void expect_centralized() {
    for (int64_t c = 0; c < columns; ++c) {
      double mean = 0;
      for (int64_t i = c; i < w.size(); i += columns + 2) mean += penalized(i) / kRows;
      for (int64_t i = c; i < w.size(); i += columns + 2) {
        EXPECT_NEAR(y[i], penalized(i) - mean, 3e-7) << "column " << c << " of " << columns;
      }
    }
  }

  int64_t columns;
  uint32_t flags = 0;
  nopt_prologue prologue = {0.5, 1e-3, 2e-3, 1e-9, 3, 7};
  GuardedArray w, g, y;
};

TEST_P(Centralize, Columns_LoseTheirMean) {
  for (int64_t columns : {1, 3, 15, 16, 17, 67}) {
    CentralizeProblem problem(columns);
    GuardedArray scalar(problem.y.size());
    scalar.fill(3);
    problem.run(execution(2), problem.y);
    problem.run(execution_on(Isa::kScalar), scalar);
    expect_same_bits(problem.y, scalar, "y");
    EXPECT_TRUE(problem.y.guards_are_intact());
    problem.expect_centralized();
    problem.run(execution(), problem.g);
    for (int64_t i = 0; i < problem.g.size(); ++i) {
      if (i % (columns + 2) < columns) {
        EXPECT_EQ(problem.g[i], problem.y[i]) << "in place";
      }
    }
  }
}

TEST_P(Centralize, GradientsThatAreNotFinite_ReachTheirColumn_OrCountAsZero) {
  CentralizeProblem problem(5);
  problem.g[1] = std::numeric_limits<float>::infinity();
  problem.g[2] = std::numeric_limits<float>::quiet_NaN();
  problem.run(execution(), problem.y);
  for (int64_t row = 0; row < kRows; ++row) {
    for (int64_t c = 0; c < 5; ++c) EXPECT_EQ(std::isfinite(problem.y[row * 7 + c]), c != 1 && c != 2);
  }
  problem.flags = NOPT_GRADIENT_IGNORE_NON_FINITE;
  problem.run(execution(), problem.y);
  problem.expect_centralized();
}

}  // namespace
}  // namespace nopt
