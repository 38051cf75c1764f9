// Norms and adaptive clipping: against sums in long double, and the same bits on every instruction set and thread count.
#include "kernels/gradient_norm.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "isa_support.h"
#include "kernels/adaptive_clip.h"
#include "test_data.h"

namespace nopt {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kOrders[] = {1.0, 2.0, 3.0, 0.5, kInfinity};

class GradientNorm : public IsaTest {};
INSTANTIATE_TEST_SUITE_P(Isas, GradientNorm, testing::ValuesIn(kTestedIsas), isa_test_name);

// Two segments with a gap between them; the second one spans several blocks.
struct NormProblem {
  explicit NormProblem(int64_t first_count) : w(first_count + 40'003), g(first_count + 40'003) {
    w.fill(1);
    g.fill(2);
    segments = {{0, first_count, 0}, {first_count + 3, 40'000, 1}};
  }

  std::vector<double> run(const Execution& execution, double order, uint32_t flags = 0) {
    std::vector<double> norms(2);
    nopt_gradient_norm_args args = {};
    args.struct_size = sizeof(args);
    args.flags = flags;
    args.order = order;
    args.length = w.size();
    args.parameters = w.data();
    args.gradients = g.data();
    args.segments = segments.data();
    args.segment_count = 2;
    args.prologues = prologues.data();
    args.row_count = 2;
    args.norms = norms.data();
    args.non_finite_counts = counts.data();
    run_gradient_norm(execution, args);
    return norms;
  }

  double reference(int segment, double order) const {
    const nopt_segment& s = segments[static_cast<size_t>(segment)];
    const nopt_prologue& p = prologues[static_cast<size_t>(segment)];
    long double total = 0;
    for (int64_t i = s.offset; i < s.offset + s.count; ++i) {
      const double sign = w[i] > 0 ? 1 : w[i] < 0 ? -1 : 0;
      const long double x = std::fabs(p.gradient_scale * g[i] + p.l1 * sign + p.l2 * w[i]);
      total = std::isinf(order) ? std::max(total, x) : total + std::pow(x, static_cast<long double>(order));
    }
    return static_cast<double>(std::isinf(order) ? total : std::pow(total, 1 / static_cast<long double>(order)));
  }

  GuardedArray w, g;
  std::vector<nopt_segment> segments;
  std::vector<nopt_prologue> prologues = {{1, 0, 0, 0, 0, 1}, {0.5, 0.1, 0.2, 1e-9, 3, 7}};
  std::vector<int64_t> counts = {-1, -1};
};

TEST_P(GradientNorm, Norms_AtEveryLength_AreThoseOfTheReference) {
  for (int64_t count : {1, 2, 15, 16, 17, 31, 33, 67, 16384, 16385}) {
    NormProblem problem(count);
    for (double order : kOrders) {
      const std::vector<double> norms = problem.run(execution(), order);
      for (int i = 0; i < 2; ++i) {
        const double expected = problem.reference(i, order);
        EXPECT_NEAR(norms[static_cast<size_t>(i)], expected, 1e-6 * expected) << count << ", order " << order;
      }
      EXPECT_EQ(norms, problem.run(execution_on(Isa::kScalar, 3), order)) << "order " << order;
      EXPECT_EQ(problem.counts, (std::vector<int64_t>{0, 0}));
    }
  }
}

TEST_P(GradientNorm, GradientsThatAreNotFinite_AreCountedAndReachTheNorm) {
  NormProblem problem(20);
  problem.g[3] = std::numeric_limits<float>::quiet_NaN();
  problem.g[17] = std::numeric_limits<float>::infinity();
  problem.g[23 + 20'000] = -std::numeric_limits<float>::infinity();
  for (double order : kOrders) {
    const std::vector<double> norms = problem.run(execution(), order);
    EXPECT_TRUE(std::isnan(norms[0]));
    EXPECT_EQ(norms[1], kInfinity);
    EXPECT_EQ(problem.counts, (std::vector<int64_t>{2, 1}));
    NormProblem zeroed(20);
    zeroed.g[3] = zeroed.g[17] = zeroed.g[23 + 20'000] = 0;
    EXPECT_EQ(problem.run(execution(), order, NOPT_GRADIENT_IGNORE_NON_FINITE), zeroed.run(execution(), order));
    EXPECT_EQ(problem.counts, (std::vector<int64_t>{2, 1}));
  }
}

class AdaptiveClip : public IsaTest {};
INSTANTIATE_TEST_SUITE_P(Isas, AdaptiveClip, testing::ValuesIn(kTestedIsas), isa_test_name);

nopt_adaptive_clip_args clip_args(GuardedArray& w, GuardedArray& g, GuardedArray& y, int64_t rows, int64_t columns) {
  nopt_adaptive_clip_args args = {};
  args.struct_size = sizeof(args);
  args.clipping = 0.1;
  args.epsilon = 1e-3;
  args.gradient_scale = 0.5;
  args.l1 = 1e-4;
  args.l2 = 1e-4;
  args.w = matrix_of(w, rows, columns, columns + 2);
  args.g = matrix_of(g, rows, columns, columns + 2);
  args.y = matrix_of(y, rows, columns, columns + 2);
  return args;
}

TEST_P(AdaptiveClip, Columns_AreLimitedToAShareOfTheirWeights) {
  constexpr int64_t kRows = 13;
  for (int64_t columns : {1, 3, 15, 16, 17, 67}) {
    const int64_t size = kRows * (columns + 2);
    GuardedArray w(size), g(size), y(size), scalar(size);
    w.fill(1);
    g.fill(2);
    y.fill(3);
    scalar.fill(3);
    for (int64_t row = 0; row < kRows; ++row) {
      for (int64_t c = 1; c < columns; c += 3) g[row * (columns + 2) + c] *= 1e-3f;  // below the limit
      for (int64_t c = 2; c < columns; c += 3) w[row * (columns + 2) + c] = 0;       // epsilon counts
    }
    run_adaptive_clip(execution(2), clip_args(w, g, y, kRows, columns));
    run_adaptive_clip(execution_on(Isa::kScalar), clip_args(w, g, scalar, kRows, columns));
    expect_same_bits(y, scalar, "y");
    EXPECT_TRUE(y.guards_are_intact());
    for (int64_t c = 0; c < columns; ++c) {
      double g_squares = 0, w_squares = 0;
      const auto penalized = [&](int64_t i) {
        return 0.5 * g[i] + 1e-4 * ((w[i] > 0) - (w[i] < 0)) + 1e-4 * w[i];
      };
      for (int64_t i = c; i < size; i += columns + 2) {
        g_squares += penalized(i) * penalized(i);
        w_squares += static_cast<double>(w[i]) * static_cast<double>(w[i]);
      }
      const double limit = 0.1 * std::max(std::sqrt(w_squares), 1e-3);
      const double factor = std::sqrt(g_squares) < limit ? 1 : limit / std::sqrt(g_squares);
      EXPECT_EQ(factor == 1, c % 3 == 1);
      for (int64_t i = c; i < size; i += columns + 2) {
        EXPECT_NEAR(y[i], penalized(i) * factor, 1e-6 * std::fabs(penalized(i) * factor) + 1e-12);
      }
    }
    run_adaptive_clip(execution(), clip_args(w, g, g, kRows, columns));
    for (int64_t i = 0; i < size; ++i) {
      if (i % (columns + 2) < columns) {
        EXPECT_EQ(g[i], y[i]) << "in place";
      }
    }
  }
}

}  // namespace
}  // namespace nopt
