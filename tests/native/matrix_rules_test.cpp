// The matrix rules: on each instruction set, on several threads, and what Newton-Schulz does to singular values.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "isa_support.h"
#include "optimizers/matrix/registry.h"
#include "optimizers/registry.h"
#include "test_data.h"

namespace nopt {
namespace {

constexpr double kIteration[] = {3.4445, -4.775, 2.0315};

struct MatrixCase {
  const char* name;
  uint32_t variant;
  std::vector<double> scalars;
  int iterations;
  bool has_products;  // then instruction sets agree within rounding
};

const MatrixCase kCases[] = {
    {"adafactor", 0, {0.9, 0.1, 1e-30, 0, 1, 1e-3, 0.02, 0, 1}, 0, false},
    {"adafactor", 1, {0.9, 0.1, 0, -1, 0.5, 1e-3, 0.02, 0.9, 0.1}, 0, false},
    {"adafactor", 2, {0.9, 0.1, 0, 1e-7, 0, 1e-3, 0.02, 0, 1}, 0, false},
    {"adafactor", 4, {0.9, 0.1, 1e-30, 0, 1, 1e-3, 0.02, 0, 1}, 0, false},
    {"adafactor_unfactored", 0, {0.9, 0.1, 1e-30, 0, 1, 1e-3, 0.02, 0, 1}, 0, false},
    {"adafactor_unfactored", 1, {0.9, 0.1, 0, -1, 0.5, 1e-3, 0.02, 0.9, 0.1}, 0, false},
    {"sm3", 0, {0.9, 0.1, 1, 1, 1e-8, 0.1}, 0, false},
    {"sm3", 0, {0.9, 0.1, 0.99, 0.01, 1e-8, 0.1}, 0, false},
    {"muon", 0, {0.95, 0.05, 0.05, 0.95, 0, 1e-7, 0.02}, 0, false},
    {"muon", 0, {0.95, 1, 1, 0.95, 1e-7, 0, 0.02}, 5, true},
    {"muon", 1, {0.95, 0.05, 0.05, 0.95, 1e-8, 0, 0.02}, 5, true},
    {"muon", 2, {0.95, 0.05, 0.05, 0.95, 1e-8, 0, 0.02}, 5, true},
    {"muon", 4, {0.95, 0.05, 0.05, 0.95, 1e-8, 0, 0.02}, 5, true},
    {"muon", 8, {0.95, 0.05, 0.05, 0.95, 1e-8, 0, 0.02}, 5, true},
};

// One parameter with its slots, and steps of a case on it.
struct MatrixArrays {
  MatrixArrays(const MatrixCase& matrix_case, int64_t row_count, int64_t column_count)
      : c(matrix_case),
        info(matrix_rule_at(matrix_rule_find(c.name))),
        rows(row_count),
        columns(column_count),
        w(rows * columns, true),
        g(rows * columns, true) {
    w.fill(1);
    g.fill(2);
    for (int k = 0; k < info.slot_count; ++k) {
      slots.emplace_back(slot_elements(info.slot_shapes[k], rows, columns), true);
      slots.back().fill(3 + static_cast<uint64_t>(k), 0.5f, 1.0f);
    }
  }

  void run(const Execution& execution, uint32_t flags = 0) {
    std::vector<double> coefficients;
    for (int i = 0; i < c.iterations; ++i) coefficients.insert(coefficients.end(), kIteration, kIteration + 3);
    std::vector<void*> pointers;
    for (GuardedArray& slot : slots) pointers.push_back(slot.data());
    const nopt_prologue prologue = {0.5, 0.01, 0.02, 0.3, 0.04, 0.99};
    nopt_matrix_step_args args = {};
    args.optimizer = optimizer_count() + matrix_rule_find(c.name);
    args.flags = flags;
    args.variant = c.variant;
    args.slot_count = info.slot_count;
    args.scalar_count = info.scalar_count;
    args.rows = rows;
    args.columns = columns;
    args.parameters = w.data();
    args.gradients = g.data();
    args.slots = pointers.data();
    args.prologue = &prologue;
    args.scalars = c.scalars.data();
    args.coefficients = coefficients.data();
    args.coefficient_count = static_cast<int64_t>(coefficients.size());
    run_matrix_step(execution, args);
  }

  bool guards_are_intact() const {
    bool intact = w.guards_are_intact() && g.guards_are_intact();
    for (const GuardedArray& slot : slots) intact = intact && slot.guards_are_intact();
    return intact;
  }

  const MatrixCase& c;
  const MatrixRuleInfo& info;
  int64_t rows, columns;
  GuardedArray w, g;
  std::vector<GuardedArray> slots;
};

void expect_same(const MatrixArrays& actual, const MatrixArrays& expected) {
  expect_same_bits(actual.w, expected.w, "w");
  expect_same_bits(actual.g, expected.g, "g");
  for (size_t k = 0; k < actual.slots.size(); ++k) {
    expect_same_bits(actual.slots[k], expected.slots[k], actual.info.slot_names[k]);
  }
}

TEST(MatrixRegistry, Rules_AllHaveACaseForEachVariantBit) {
  for (int i = 0; i < matrix_rule_count(); ++i) {
    uint32_t tested = 0;
    bool found = false;
    for (const MatrixCase& c : kCases) {
      if (std::string(c.name) != matrix_rule_at(i).name) continue;
      found = true;
      tested |= c.variant;
      EXPECT_EQ(static_cast<int>(c.scalars.size()), matrix_rule_at(i).scalar_count) << c.name;
    }
    EXPECT_TRUE(found) << matrix_rule_at(i).name;
    // The bits of the other form go through the same code.
    if (std::string(matrix_rule_at(i).name) != "adafactor_unfactored") {
      EXPECT_EQ(tested, (1u << matrix_rule_at(i).variant_count) - 1) << matrix_rule_at(i).name;
    }
  }
}

class MatrixRulesOnIsa : public IsaTest {};
NOPT_INSTANTIATE_FOR_ISAS(MatrixRulesOnIsa);

TEST_P(MatrixRulesOnIsa, Step_OnEachShape_AgreesWithTheScalarKernels) {
  const int64_t shapes[][2] = {{1, 1}, {1, 37}, {37, 1}, {5, 3}, {3, 5}, {16, 16}, {17, 33}, {200, 100}, {9, 4099}};
  for (const MatrixCase& c : kCases) {
    for (const auto& shape : shapes) {
      MatrixArrays actual(c, shape[0], shape[1]);
      MatrixArrays expected(c, shape[0], shape[1]);
      for (int t = 0; t < 3; ++t) {
        actual.run(execution(), NOPT_STEP_MAXIMIZE);
        expected.run(execution_on(Isa::kScalar), NOPT_STEP_MAXIMIZE);
      }
      ASSERT_TRUE(actual.guards_are_intact()) << c.name;
      if (c.has_products) {
        for (int64_t i = 0; i < actual.w.size(); ++i) ASSERT_NEAR(actual.w[i], expected.w[i], 2e-4) << c.name;
      } else {
        ASSERT_NO_FATAL_FAILURE(expect_same(actual, expected)) << c.name << " " << shape[0] << " x " << shape[1];
      }
    }
  }
}

TEST_P(MatrixRulesOnIsa, Step_OnSeveralThreads_HasTheBitsOfOne) {
  for (const MatrixCase& c : kCases) {
    for (int gemm : {NOPT_GEMM_AUTO, NOPT_GEMM_OWN}) {
      MatrixArrays expected(c, 611, 503);
      expected.run(execution_on(GetParam(), 1, gemm));
      for (int threads : {2, 5}) {
        MatrixArrays actual(c, 611, 503);
        actual.run(execution_on(GetParam(), threads, gemm));
        ASSERT_NO_FATAL_FAILURE(expect_same(actual, expected)) << c.name << " on " << threads;
      }
    }
  }
}

TEST_P(MatrixRulesOnIsa, Step_WithZeroGradients_ClearsThem) {
  for (const MatrixCase& c : kCases) {
    MatrixArrays arrays(c, 7, 5);
    MatrixArrays kept(c, 7, 5);
    arrays.run(execution(), NOPT_STEP_ZERO_GRADIENTS);
    kept.run(execution());
    expect_same_bits(arrays.w, kept.w, "w");
    for (int64_t i = 0; i < arrays.g.size(); ++i) EXPECT_EQ(arrays.g[i], 0.0f) << c.name;
  }
}

TEST_P(MatrixRulesOnIsa, Step_WithANaNGradient_ShowsIt) {
  for (const MatrixCase& c : kCases) {
    MatrixArrays arrays(c, 7, 21);
    arrays.g[30] = std::nanf("");
    arrays.run(execution());
    EXPECT_TRUE(std::isnan(arrays.w[30])) << c.name;
  }
}

}  // namespace
}  // namespace nopt
