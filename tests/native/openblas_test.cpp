// OpenBLAS behind its gate: right products from any number of threads at once.
#include "gemm/openblas.h"

#include <gtest/gtest.h>

#include <atomic>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "gemm/openblas_gate.h"

namespace nopt {
namespace {

std::vector<float> numbers(std::size_t count, unsigned seed) {
  std::vector<float> result(count);
  for (float& x : result) {
    seed = seed * 1664525u + 1013904223u;
    x = static_cast<float>(seed >> 8) / 8388608.0f - 1.0f;
  }
  return result;
}

// The product in double, for comparison.
double element(const OpenBlasProduct& p, int64_t row, int64_t column) {
  double sum = 0;
  for (int64_t i = 0; i < p.k; ++i) {
    const float a = p.transpose_a ? p.a[i * p.lda + row] : p.a[row * p.lda + i];
    const float b = p.transpose_b ? p.b[column * p.ldb + i] : p.b[i * p.ldb + column];
    sum += static_cast<double>(a) * b;
  }
  return sum;
}

class OpenBlas : public testing::Test {
 protected:
  void SetUp() override {
    if (!openblas_available()) GTEST_SKIP() << "built without OpenBLAS";
    const char* gemm = std::getenv("NOPT_GEMM");
    if (gemm != nullptr && std::strcmp(gemm, "own") == 0)
      GTEST_SKIP() << "NOPT_GEMM=own: sanitizers do not see into OpenBLAS";
  }
};

TEST_F(OpenBlas, Sgemm_WithEachTransposition_GivesTheProduct) {
  constexpr int64_t m = 7, n = 9, k = 11;
  const std::vector<float> a = numbers(200, 1);
  const std::vector<float> b = numbers(200, 2);
  for (bool transpose_a : {false, true}) {
    for (bool transpose_b : {false, true}) {
      std::vector<float> c(m * (n + 2), 2.0f);
      const OpenBlasProduct p = {transpose_a,
                                 transpose_b,
                                 m,
                                 n,
                                 k,
                                 a.data(),
                                 transpose_a ? m + 3 : k + 1,
                                 b.data(),
                                 transpose_b ? k + 2 : n + 1,
                                 0.5f,
                                 c.data(),
                                 n + 2};
      ASSERT_TRUE(openblas_accepts(p));
      openblas_sgemm(p);
      for (int64_t row = 0; row < m; ++row) {
        for (int64_t column = 0; column < n; ++column)
          EXPECT_NEAR(c[row * (n + 2) + column], element(p, row, column) + 1, 1e-5);
        EXPECT_EQ(c[row * (n + 2) + n], 2.0f) << "written behind the row";
      }
    }
  }
}

TEST_F(OpenBlas, Accepts_RefusesWhatDoesNotFitItsIntegers) {
  float x = 0;
  const OpenBlasProduct good = {false, false, 2, 3, 4, &x, 4, &x, 3, 0, &x, 3};
  EXPECT_TRUE(openblas_accepts(good));
  for (int64_t OpenBlasProduct::*size : {&OpenBlasProduct::m, &OpenBlasProduct::n, &OpenBlasProduct::k,
                                         &OpenBlasProduct::lda, &OpenBlasProduct::ldb, &OpenBlasProduct::ldc}) {
    for (int64_t value : {int64_t{0}, int64_t{-1}, int64_t{INT_MAX} + 1}) {
      OpenBlasProduct bad = good;
      bad.*size = value;
      EXPECT_FALSE(openblas_accepts(bad));
    }
  }
  OpenBlasProduct narrow = good;
  narrow.lda = 3;
  EXPECT_FALSE(openblas_accepts(narrow));
}

class OpenBlasCallers : public OpenBlas, public testing::WithParamInterface<int> {};
INSTANTIATE_TEST_SUITE_P(OpenBlas, OpenBlasCallers, testing::Values(300, 700), testing::PrintToStringParamName());

// More callers than OpenBLAS has buffers for. Each compares its products with those of one quiet thread.
TEST_P(OpenBlasCallers, Sgemm_FromAllAtOnce_GivesTheSameBitsAndPrintsNothing) {
  constexpr int64_t m = 32, n = 48, k = 64;
  const std::vector<float> a = numbers(m * k, 3);
  const std::vector<float> b = numbers(k * n, 4);
  const auto product = [&](float* c) { openblas_sgemm({false, false, m, n, k, a.data(), k, b.data(), n, 0, c, n}); };
  std::vector<float> expected(m * n);
  product(expected.data());

  std::atomic<bool> go{false};
  std::atomic<int> wrong{0};
  std::atomic<int> most_inside{0};
  testing::internal::CaptureStderr();
  std::vector<std::thread> callers;
  for (int t = 0; t < GetParam(); ++t) {
    callers.emplace_back([&] {
      std::vector<float> c(m * n);
      while (!go) std::this_thread::yield();
      for (int i = 0; i < 20; ++i) {
        product(c.data());
        wrong += std::memcmp(c.data(), expected.data(), c.size() * sizeof(float)) != 0;
        const int inside = OpenBlasGate::inside();
        int most = most_inside;
        while (inside > most && !most_inside.compare_exchange_weak(most, inside)) {
        }
      }
    });
  }
  go = true;
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_EQ(wrong, 0);
  EXPECT_LE(most_inside, OpenBlasGate::kCapacity);
  EXPECT_EQ(OpenBlasGate::inside(), 0);
}

TEST(OpenBlasGate, Passes_BeyondItsCapacity_Wait) {
  std::atomic<int> most_inside{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < OpenBlasGate::kCapacity + 40; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 5; ++i) {
        const OpenBlasGate::Pass pass;
        int most = most_inside;
        const int inside = OpenBlasGate::inside();
        while (inside > most && !most_inside.compare_exchange_weak(most, inside)) {
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(most_inside, OpenBlasGate::kCapacity);
  EXPECT_GT(most_inside, 1);
  EXPECT_EQ(OpenBlasGate::inside(), 0);
}

}  // namespace
}  // namespace nopt
