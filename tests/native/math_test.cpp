// exp, log, log1p, tanh, the logistic function, the cube root, expm1 and the normal distribution: largest error in
// units of the last place (ulp) against the C library in double, and equal bits on every instruction set. All 2^32
// floats were measured once; these are the bounds below, and the test repeats the measurement on a sample that is
// spread evenly over all exponents.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math_test.cpp"
#include "hwy/foreach_target.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "core/isa_table.h"
#include "isa_support.h"
#include "kernels/math-inl.h"
#include "kernels/normal-inl.h"
#include "kernels/row-inl.h"
#include "test_data.h"
#include "ulp.h"

NOPT_KERNEL_NAMESPACE_BEGIN

enum class MathFunction { kExp, kLog, kLog1p, kTanh, kSigmoid, kCubeRoot, kExpm1, kNormal };

struct ApplyMath {
  int function;
  const float* x;
  float* y;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    const V v = place.get(x + i);
    switch (static_cast<MathFunction>(function)) {
      case MathFunction::kExp:
        return place.put(exp(v), y + i);
      case MathFunction::kLog:
        return place.put(log(v), y + i);
      case MathFunction::kLog1p:
        return place.put(log1p(v), y + i);
      case MathFunction::kTanh:
        return place.put(tanh(v), y + i);
      case MathFunction::kSigmoid:
        return place.put(sigmoid(v), y + i);
      case MathFunction::kCubeRoot:
        return place.put(cube_root(v), y + i);
      case MathFunction::kExpm1:
        return place.put(expm1(v), y + i);
      case MathFunction::kNormal:
        return place.put(normal(v).below, y + i);
    }
  }
};

void apply_math(int function, const float* x, float* y, int64_t count) {
  ApplyMath step{function, x, y};
  for_each_vector(count, step);
}

NOPT_KERNEL_NAMESPACE_END

#if HWY_ONCE
namespace nopt {
namespace {

constexpr IsaTable<void(int, const float*, float*, int64_t)> kApplyMath = NOPT_ISA_TABLE(apply_math);

struct MathCase {
  const char* name;
  int function;
  double (*reference)(double);
  double max_ulp;
  float low, high;  // where the bound holds
};

double sigmoid_reference(double x) {
  return 1.0 / (1.0 + std::exp(-x));
}

double normal_reference(double x) {
  return 0.5 * std::erfc(-x * M_SQRT1_2);
}

const MathCase kMathCases[] = {
    {"exp", 0, static_cast<double (*)(double)>(std::exp), 1.0, -std::numeric_limits<float>::max(), 88.7228317f},
    {"log", 1, static_cast<double (*)(double)>(std::log), 1.0, 1.17549435e-38f, std::numeric_limits<float>::max()},
    {"log1p", 2, static_cast<double (*)(double)>(std::log1p), 3.0, -0.99f, 1e30f},
    {"tanh", 3, static_cast<double (*)(double)>(std::tanh), 2.0, -std::numeric_limits<float>::max(),
     std::numeric_limits<float>::max()},
    {"sigmoid", 4, sigmoid_reference, 3.0, -87.0f, std::numeric_limits<float>::max()},
    {"cube_root", 5, static_cast<double (*)(double)>(std::cbrt), 1.0, -std::numeric_limits<float>::max(),
     std::numeric_limits<float>::max()},
    {"expm1", 6, static_cast<double (*)(double)>(std::expm1), 2.0, -std::numeric_limits<float>::max(), 88.7228317f},
    {"normal", 7, normal_reference, 4.0, -std::numeric_limits<float>::max(), std::numeric_limits<float>::max()},
};

class MathOnIsa : public IsaTest {};
NOPT_INSTANTIATE_FOR_ISAS(MathOnIsa);

TEST_P(MathOnIsa, Function_OverItsRange_IsWithinItsUlpBound) {
  const std::vector<float> x = sample_of_all_floats();
  std::vector<float> y(x.size());
  for (const MathCase& c : kMathCases) {
    kApplyMath[GetParam()](c.function, x.data(), y.data(), static_cast<int64_t>(x.size()));
    double worst = 0;
    float at = 0;
    for (size_t i = 0; i < x.size(); ++i) {
      const bool normal = std::fabs(x[i]) >= std::numeric_limits<float>::min() || x[i] == 0.0f;
      if (!normal || !(x[i] >= c.low && x[i] <= c.high)) continue;
      const double error = error_in_ulp(y[i], c.reference(x[i]));
      if (!(error <= worst)) {
        worst = error;
        at = x[i];
      }
    }
    EXPECT_LE(worst, c.max_ulp) << c.name << " at " << at;
    RecordProperty(std::string(c.name) + "_max_ulp", std::to_string(worst));
  }
}

TEST_P(MathOnIsa, Function_OverAllExponents_HasTheBitsOfTheScalarKernels) {
  const std::vector<float> x = sample_of_all_floats();
  std::vector<float> expected(x.size());
  std::vector<float> actual(x.size());
  for (const MathCase& c : kMathCases) {
    kApplyMath[Isa::kScalar](c.function, x.data(), expected.data(), static_cast<int64_t>(x.size()));
    kApplyMath[GetParam()](c.function, x.data(), actual.data(), static_cast<int64_t>(x.size()));
    for (size_t i = 0; i < x.size(); ++i) {
      if (std::isnan(expected[i]) && std::isnan(actual[i])) continue;
      ASSERT_EQ(bits_of(actual[i]), bits_of(expected[i])) << c.name << "(" << x[i] << ")";
    }
  }
}

TEST_P(MathOnIsa, Function_AtItsLimits_GivesTheLimitValues) {
  const float inf = std::numeric_limits<float>::infinity();
  const float tiny = std::numeric_limits<float>::min();
  const struct {
    int function;
    float x, y;
  } cases[] = {{0, -inf, 0}, {0, -1000, 0}, {0, 0, 1},           {0, inf, inf}, {0, 89, inf},  {1, 0, -inf},
               {1, 1, 0},    {1, inf, inf}, {1, tiny / 4, -inf}, {2, 0, 0},     {2, inf, inf}, {2, 1e-30f, 1e-30f},
               {3, 0, 0},    {3, -inf, -1}, {3, inf, 1},         {3, 50, 1},    {4, 0, 0.5f},  {4, -inf, 0},
               {4, inf, 1},  {4, -1000, 0}, {4, 1000, 1},        {5, 0, 0},     {5, inf, inf}, {5, -inf, -inf},
               {6, 0, 0},    {6, inf, inf}, {6, -inf, -1},       {6, -200, -1}, {6, 89, inf},  {6, 1e-30f, 1e-30f},
               {7, 0, 0.5f}, {7, -inf, 0},  {7, inf, 1},         {7, -50, 0},   {7, 50, 1}};
  for (const auto& c : cases) {
    float y;
    kApplyMath[GetParam()](c.function, &c.x, &y, 1);
    EXPECT_EQ(y, c.y) << kMathCases[c.function].name << "(" << c.x << ")";
  }
  for (const MathCase& c : kMathCases) {
    const float nan = std::nanf("");
    float y;
    kApplyMath[GetParam()](c.function, &nan, &y, 1);
    EXPECT_TRUE(std::isnan(y)) << c.name;
  }
  const float below = -1.0f;
  float y;
  kApplyMath[GetParam()](1, &below, &y, 1);
  EXPECT_TRUE(std::isnan(y));
}

}  // namespace
}  // namespace nopt
#endif
