// The matrix product against a reference in double, for all transposes, odd shapes, both implementations and any thread
// count.
#include "gemm/gemm.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <tuple>
#include <vector>

#include "gemm/openblas.h"
#include "isa_support.h"
#include "test_data.h"

namespace nopt {
namespace {

struct Shape {
  int64_t m, n, k;
};

constexpr Shape kShapes[] = {{1, 1, 1},      {1, 7, 3},     {2, 16, 5},     {5, 17, 1},    {6, 64, 33},
                             {7, 65, 64},    {13, 1, 100},  {16, 48, 513},  {31, 130, 29}, {32, 10, 128},
                             {33, 63, 1030}, {97, 79, 101}, {40, 45, 30},   {25, 37, 9},   {8, 200, 70},
                             {11, 90, 300},  {70, 12, 90},  {20, 250, 600}, {128, 10, 32}, {200, 129, 65}};

// op(A) [m, k], op(B) [k, n], C [m, n] with strides larger than the rows and guards around them.
struct Problem {
  Problem(const Shape& s, bool transpose_a, bool transpose_b, float beta)
      : shape(s),
        lda((transpose_a ? s.m : s.k) + 3),
        ldb((transpose_b ? s.k : s.n) + 5),
        ldc(s.n + 2),
        a((transpose_a ? s.k : s.m) * lda, true),
        b((transpose_b ? s.n : s.k) * ldb, true),
        c(s.m * ldc, true) {
    a.fill(1);
    b.fill(2);
    c.fill(3);
    product = {transpose_a, transpose_b, s.m, s.n, s.k, a.data(), lda, b.data(), ldb, beta, c.data(), ldc};
  }
  double a_at(int64_t i, int64_t k) const { return a[product.transpose_a ? k * lda + i : i * lda + k]; }
  double b_at(int64_t k, int64_t j) const { return b[product.transpose_b ? j * ldb + k : k * ldb + j]; }

  Shape shape;
  int64_t lda, ldb, ldc;
  GuardedArray a, b, c;
  GemmProduct product;
};

// |error| <= 2 K eps sum |a||b|, the bound for sums in any order, and the rounding of beta C.
void expect_product(const Problem& problem, const GuardedArray& before) {
  const GemmProduct& p = problem.product;
  for (int64_t i = 0; i < p.m; ++i) {
    for (int64_t j = 0; j < problem.ldc; ++j) {
      const float actual = problem.c[i * problem.ldc + j];
      const float old = before[i * problem.ldc + j];
      if (j >= p.n) {
        ASSERT_EQ(bits_of(actual), bits_of(old)) << "padding of row " << i;
        continue;
      }
      double sum = p.beta == 0.0f ? 0.0 : static_cast<double>(p.beta) * old;
      double magnitude = std::fabs(sum);
      for (int64_t k = 0; k < p.k; ++k) {
        const double term = problem.a_at(i, k) * problem.b_at(k, j);
        sum += term;
        magnitude += std::fabs(term);
      }
      const double bound = 2.0 * static_cast<double>(p.k + 2) * 0x1p-24 * magnitude;
      ASSERT_NEAR(actual, sum, bound) << "at " << i << ", " << j << " of " << p.m << "x" << p.n << "x" << p.k;
    }
  }
}

void check_all_shapes(const Execution& execution) {
  for (const Shape& shape : kShapes) {
    for (int transposes = 0; transposes < 4; ++transposes) {
      for (float beta : {0.0f, 1.0f, -0.5f}) {
        Problem problem(shape, (transposes & 1) != 0, (transposes & 2) != 0, beta);
        const GuardedArray before = problem.c;
        gemm(execution, problem.product, nullptr);
        expect_product(problem, before);
        ASSERT_TRUE(problem.c.guards_are_intact());
      }
    }
  }
}

class OwnGemm : public IsaTest {};
NOPT_INSTANTIATE_FOR_ISAS(OwnGemm);

TEST_P(OwnGemm, Product_OfOddShapesAndAllTransposes_IsWithinTheRoundingBound) {
  check_all_shapes(execution());
}

TEST(OpenBlasGemm, Product_OfOddShapesAndAllTransposes_IsWithinTheRoundingBound) {
  if (!openblas_available()) GTEST_SKIP() << "This build has no OpenBLAS";
  check_all_shapes(execution_on(best_isa(), 1, NOPT_GEMM_OPENBLAS));
}

TEST(AutoGemm, Product_OfOddShapesAndAllTransposes_IsWithinTheRoundingBound) {
  check_all_shapes(execution_on(best_isa(), 1, NOPT_GEMM_AUTO));
}

TEST_P(OwnGemm, Product_WithNaNInC_IgnoresItWhereBetaIsZero) {
  Problem problem({7, 21, 5}, false, false, 0.0f);
  for (int64_t i = 0; i < problem.c.size(); ++i) problem.c[i] = std::nanf("");
  const GuardedArray before = problem.c;
  gemm(execution(), problem.product, nullptr);
  expect_product(problem, before);
}

TEST_P(OwnGemm, Product_WithNaNInB_ReachesItsColumnOnly) {
  Problem problem({5, 20, 9}, false, false, 0.0f);
  problem.b[4 * problem.ldb + 18] = std::nanf("");
  gemm(execution(), problem.product, nullptr);
  for (int64_t i = 0; i < 5; ++i) {
    for (int64_t j = 0; j < 20; ++j) EXPECT_EQ(std::isnan(problem.c[i * problem.ldc + j]), j == 18) << i << ", " << j;
  }
}

// A product large enough for several threads, divided into many blocks.
class ThreadedGemm : public testing::TestWithParam<std::tuple<int, int>> {};
INSTANTIATE_TEST_SUITE_P(ImplementationAndTranspose, ThreadedGemm,
                         testing::Combine(testing::Values(NOPT_GEMM_AUTO, NOPT_GEMM_OPENBLAS, NOPT_GEMM_OWN),
                                          testing::Range(0, 4)));

TEST_P(ThreadedGemm, Product_OnSeveralThreads_HasTheBitsOfOne) {
  const auto [implementation, transposes] = GetParam();
  if (implementation == NOPT_GEMM_OPENBLAS && !openblas_available()) GTEST_SKIP() << "This build has no OpenBLAS";
  for (const Shape& shape :
       {Shape{33, 300, 700}, Shape{250, 200, 300}, Shape{700, 130, 40}, Shape{1, 900, 1500}, Shape{9, 2100, 2100}}) {
    Problem expected(shape, (transposes & 1) != 0, (transposes & 2) != 0, 1.0f);
    gemm(execution_on(best_isa(), 1, implementation), expected.product, nullptr);
    for (int threads : {2, 3, 7}) {
      Problem actual(shape, (transposes & 1) != 0, (transposes & 2) != 0, 1.0f);
      gemm(execution_on(best_isa(), threads, implementation), actual.product, nullptr);
      expect_same_bits(actual.c, expected.c, "c");
    }
  }
}

// Single samples and small batches, whose products are shared only where the update of the weights is.
TEST_P(ThreadedGemm, Product_OfWeightsThatThreadsUpdate_HasTheBitsOfOne) {
  const auto [implementation, transposes] = GetParam();
  if (implementation == NOPT_GEMM_OPENBLAS && !openblas_available()) GTEST_SKIP() << "This build has no OpenBLAS";
  for (const Shape& shape : {Shape{1, 128, 784}, Shape{1, 784, 128}, Shape{784, 128, 1}, Shape{8, 70, 500}}) {
    Problem expected(shape, (transposes & 1) != 0, (transposes & 2) != 0, 1.0f);
    gemm(execution_on(best_isa(), 1, implementation), expected.product, nullptr);
    for (int threads : {2, 3, 7}) {
      Problem actual(shape, (transposes & 1) != 0, (transposes & 2) != 0, 1.0f);
      Execution execution = execution_on(best_isa(), threads, implementation);
      execution.bytes_per_weight = 1000;
      gemm(execution, actual.product, nullptr);
      expect_same_bits(actual.c, expected.c, "c");
    }
  }
}

struct Visits {
  int64_t columns;
  std::vector<int>* counts;
};

void count_visit(const void* context, int64_t row, int64_t rows, int64_t column, int64_t columns) {
  const Visits& visits = *static_cast<const Visits*>(context);
  for (int64_t i = row; i < row + rows; ++i) {
    for (int64_t j = column; j < column + columns; ++j) ++(*visits.counts)[static_cast<size_t>(i * visits.columns + j)];
  }
}

TEST(AutoGemm, Epilogue_ForEachElementOfC_RunsOnce) {
  for (const Shape& shape : {Shape{1, 1, 1}, Shape{33, 300, 70}, Shape{33, 300, 700}, Shape{250, 65, 30}}) {
    Problem problem(shape, false, false, 0.0f);
    std::vector<int> counts(static_cast<size_t>(shape.m * shape.n));
    const Visits visits = {shape.n, &counts};
    const GemmEpilogue epilogue = {count_visit, &visits};
    gemm(execution_on(best_isa(), 2, NOPT_GEMM_AUTO), problem.product, &epilogue);
    for (int count : counts) ASSERT_EQ(count, 1);
  }
}

}  // namespace
}  // namespace nopt
