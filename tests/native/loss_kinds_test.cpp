// Every loss with its settings against the formulas in double: value, slopes, extremes, what is left out.
#include <gtest/gtest.h>

#include <cmath>

#include "isa_support.h"
#include "kernels/loss.h"
#include "loss_formulas.h"

namespace nopt {
namespace {

constexpr uint32_t kLogits = NOPT_LOSS_FROM_LOGITS;

LossKind kind_of(int32_t loss, uint32_t flags, double LossKind::*number = nullptr, double value = 0) {
  LossKind kind = {loss, flags};
  if (number != nullptr) kind.*number = value;
  return kind;
}

LossKind smoothed(int32_t loss, uint32_t flags, bool class_weighted = false) {
  LossKind kind = kind_of(loss, flags, &LossKind::smoothing, 0.2);
  kind.class_weighted = class_weighted;
  return kind;
}

LossKind focal(int32_t loss, uint32_t flags, double gamma, double smoothing = 0) {
  LossKind kind = kind_of(loss, flags, &LossKind::smoothing, smoothing);
  kind.gamma = gamma;
  kind.alpha = 0.3;
  kind.class_weighted = loss == NOPT_LOSS_CATEGORICAL_FOCAL_CROSS_ENTROPY && smoothing != 0;
  return kind;
}

std::vector<LossKind> further_kinds() {
  std::vector<LossKind> kinds = {
      kind_of(NOPT_LOSS_MEAN_ABSOLUTE_ERROR, 0),
      kind_of(NOPT_LOSS_MEAN_ABSOLUTE_PERCENTAGE_ERROR, 0, &LossKind::epsilon, 0.25),
      kind_of(NOPT_LOSS_MEAN_SQUARED_LOGARITHMIC_ERROR, 0, &LossKind::epsilon, 1e-7),
      kind_of(NOPT_LOSS_HUBER, 0, &LossKind::delta, 1.5),
      kind_of(NOPT_LOSS_SMOOTH_L1, 0, &LossKind::delta, 2.5),
      kind_of(NOPT_LOSS_SMOOTH_L1, 0),
      kind_of(NOPT_LOSS_LOG_COSH, 0),
      kind_of(NOPT_LOSS_COSINE_SIMILARITY, 0, &LossKind::epsilon, 1e-7),
      kind_of(NOPT_LOSS_POISSON, 0, &LossKind::epsilon, 1e-3),
      kind_of(NOPT_LOSS_POISSON, NOPT_LOSS_LOG_INPUT | NOPT_LOSS_FULL),
      kind_of(NOPT_LOSS_KL_DIVERGENCE, 0, &LossKind::epsilon, 1e-7),
      kind_of(NOPT_LOSS_KL_DIVERGENCE, NOPT_LOSS_LOG_INPUT),
      kind_of(NOPT_LOSS_KL_DIVERGENCE, NOPT_LOSS_LOG_INPUT | NOPT_LOSS_LOG_TARGETS),
      kind_of(NOPT_LOSS_HINGE, 0),
      kind_of(NOPT_LOSS_SQUARED_HINGE, 0),
      kind_of(NOPT_LOSS_CATEGORICAL_HINGE, 0),
  };
  LossKind tversky = kind_of(NOPT_LOSS_TVERSKY, 0, &LossKind::alpha, 0.3);
  tversky.beta = 0.7;
  tversky.epsilon = 1e-7;
  kinds.push_back(tversky);
  for (const uint32_t flags : {0u, kLogits, static_cast<uint32_t>(NOPT_LOSS_UNCLIPPED)}) {
    kinds.push_back(smoothed(NOPT_LOSS_BINARY_CROSS_ENTROPY, flags));
    kinds.push_back(smoothed(NOPT_LOSS_CATEGORICAL_CROSS_ENTROPY, flags));
    kinds.push_back(smoothed(NOPT_LOSS_SPARSE_CATEGORICAL_CROSS_ENTROPY, flags));
    kinds.push_back(smoothed(NOPT_LOSS_SPARSE_CATEGORICAL_CROSS_ENTROPY, flags, true));
  }
  for (const uint32_t flags : {0u, kLogits}) {
    for (const double gamma : {0.0, 0.5, 1.0, 2.0, 3.5}) {
      kinds.push_back(focal(NOPT_LOSS_BINARY_FOCAL_CROSS_ENTROPY, flags, gamma));
      kinds.push_back(focal(NOPT_LOSS_BINARY_FOCAL_CROSS_ENTROPY, flags | NOPT_LOSS_CLASS_BALANCING, gamma, 0.1));
      kinds.push_back(focal(NOPT_LOSS_CATEGORICAL_FOCAL_CROSS_ENTROPY, flags, gamma, gamma / 10));
    }
  }
  return kinds;
}

std::string name_of(const LossKind& kind) {
  return "loss " + std::to_string(kind.loss) + " flags " + std::to_string(kind.flags) + " gamma " +
         std::to_string(kind.gamma) + " smoothing " + std::to_string(kind.smoothing);
}

class LossKindOnIsa : public IsaTest {};
NOPT_INSTANTIATE_FOR_ISAS(LossKindOnIsa);

TEST_P(LossKindOnIsa, Loss_ForEachWidth_MatchesTheFormula) {
  for (const LossKind& kind : further_kinds()) {
    for (const int64_t columns : {2, 3, 7, 16, 19, 33}) {
      Batch batch(kind, 3, columns, true);
      run_loss(execution(), batch.args());
      double sum = 0;
      for (int64_t i = 0; i < batch.rows; ++i) {
        const Expected e = formula_row(batch, i);
        sum += batch.weight(i) * e.value;
        for (int64_t j = 0; j < columns; ++j) {
          const double slope = kScale * batch.weight(i) * e.gradient[static_cast<size_t>(j)];
          ASSERT_NEAR(batch.dy[i * columns + j], slope, 1e-5 * std::fabs(slope) + 1e-6)
              << name_of(kind) << " columns " << columns << " element " << j;
        }
      }
      ASSERT_NEAR(batch.sum, sum, 1e-5 * std::fabs(sum) + 1e-6) << name_of(kind) << " columns " << columns;
      ASSERT_TRUE(batch.dy.guards_are_intact());
      if (kind.counts()) {
        EXPECT_EQ(batch.correct, expected_correct(batch));
      }
    }
  }
}

TEST_P(LossKindOnIsa, Loss_ForEachWidth_HasTheBitsOfTheScalarKernels) {
  for (const LossKind& kind : further_kinds()) {
    for (int64_t columns = 1; columns <= 35; ++columns) {
      Batch actual(kind, 3, columns, true);
      Batch expected(kind, 3, columns, true);
      run_loss(execution(), actual.args());
      run_loss(execution_on(Isa::kScalar), expected.args());
      expect_same_bits(actual.dy, expected.dy, name_of(kind).c_str());
      ASSERT_EQ(bits_of(static_cast<float>(actual.sum)), bits_of(static_cast<float>(expected.sum))) << name_of(kind);
      ASSERT_EQ(actual.correct, expected.correct);
    }
  }
}

TEST_P(LossKindOnIsa, Loss_WithGradientInPlaceOrWithout_GivesTheSameBits) {
  for (const LossKind& kind : further_kinds()) {
    Batch apart(kind, 4, 21, true);
    Batch in_place(kind, 4, 21, true);
    Batch without(kind, 4, 21, true);
    run_loss(execution(), apart.args());
    nopt_loss_args args = in_place.args();
    args.dy = args.y;
    run_loss(execution(), args);
    run_loss(execution(), without.args(false));
    expect_same_bits(in_place.y, apart.dy, name_of(kind).c_str());
    EXPECT_EQ(in_place.sum, apart.sum) << name_of(kind);
    EXPECT_EQ(without.sum, apart.sum) << name_of(kind);
  }
}

TEST_P(LossKindOnIsa, Loss_OfNaN_IsNaN) {
  for (const LossKind& kind : further_kinds()) {
    for (const int64_t position : {0, 17, 20}) {
      Batch batch(kind, 2, 21, false);
      batch.y[position] = std::nanf("");
      batch.labels = {static_cast<int32_t>(position), 0};
      run_loss(execution(), batch.args());
      EXPECT_TRUE(std::isnan(batch.sum)) << name_of(kind);
      // The divergence of a logarithm is linear in it.
      const bool constant_slope = kind.loss == NOPT_LOSS_KL_DIVERGENCE && (kind.flags & NOPT_LOSS_LOG_INPUT) != 0;
      EXPECT_NE(std::isnan(batch.dy[position]), constant_slope) << name_of(kind) << " element " << position;
      EXPECT_FALSE(std::isnan(batch.dy[21])) << name_of(kind);
    }
  }
}

TEST_P(LossKindOnIsa, Loss_OfLogitsOfAThousand_IsFinite) {
  for (const LossKind& kind : further_kinds()) {
    if (!kind.logits() && kind.loss != NOPT_LOSS_LOG_COSH) continue;
    Batch batch(kind, 2, 3, false);
    const float y[6] = {1000, 0, -1000, -1000, -1000, 1000};
    const float t[6] = {0, 1, 0, 1, 0, 0};
    std::copy(y, y + 6, batch.y.data());
    std::copy(t, t + 6, batch.t.data());
    batch.labels = {1, 0};
    run_loss(execution(), batch.args());
    EXPECT_TRUE(std::isfinite(batch.sum)) << name_of(kind);
    EXPECT_GT(batch.sum, 10.0) << name_of(kind);
    for (int64_t i = 0; i < 6; ++i) EXPECT_TRUE(std::isfinite(batch.dy[i])) << name_of(kind) << " element " << i;
  }
}

TEST_P(LossKindOnIsa, LogCosh_OfTinyDifferences_IsHalfTheirSquare) {
  Batch batch(kind_of(NOPT_LOSS_LOG_COSH, 0), 1, 3, false);
  for (int64_t i = 0; i < 3; ++i) {
    batch.t[i] = 0;
    batch.y[i] = 1e-4f;
  }
  run_loss(execution(), batch.args());
  EXPECT_NEAR(batch.sum, 5e-9, 1e-14);
}

TEST_P(LossKindOnIsa, CosineSimilarity_OfHugeAndOfTinyRows_IsExact) {
  for (const float size : {1e-30f, 1e30f}) {
    Batch batch(kind_of(NOPT_LOSS_COSINE_SIMILARITY, 0, &LossKind::epsilon, 1e-38), 1, 2, false);
    batch.y[0] = batch.y[1] = batch.t[0] = size;
    batch.t[1] = 0;
    run_loss(execution(), batch.args());
    EXPECT_NEAR(batch.sum, -std::sqrt(0.5), 1e-6);
  }
}

TEST_P(LossKindOnIsa, CosineSimilarity_OfARowOfZeros_IsZeroAndHasAGradient) {
  Batch batch(kind_of(NOPT_LOSS_COSINE_SIMILARITY, 0, &LossKind::epsilon, 0.5), 1, 2, false);
  batch.y[0] = batch.y[1] = 0;
  batch.t[0] = 2;
  batch.t[1] = 0;
  run_loss(execution(), batch.args());
  EXPECT_EQ(batch.sum, 0);
  EXPECT_NEAR(batch.dy[0], -kScale / 0.5, 1e-6);
}

TEST_P(LossKindOnIsa, Hinge_OfTargetsZeroAndOne_TakesZeroForMinusOne) {
  for (const int32_t loss : {NOPT_LOSS_HINGE, NOPT_LOSS_SQUARED_HINGE}) {
    Batch zeros({loss, 0}, 2, 3, false);
    Batch signs({loss, 0}, 2, 3, false);
    const float t[6] = {0, 1, 1, 0, 0, 1};
    for (int64_t i = 0; i < 6; ++i) {
      zeros.t[i] = t[i];
      signs.t[i] = 2 * t[i] - 1;
    }
    run_loss(execution(), zeros.args());
    run_loss(execution(), signs.args());
    EXPECT_EQ(zeros.sum, signs.sum);
    expect_same_bits(zeros.dy, signs.dy, "dy");
    // One target that is neither, and 0 is 0.
    zeros.t[5] = signs.t[5] = -1;
    run_loss(execution(), zeros.args());
    run_loss(execution(), signs.args());
    EXPECT_NE(zeros.sum, signs.sum);
  }
}

// One index for the batch is that of the batch as one row.
TEST_P(LossKindOnIsa, Tversky_OfAWholeBatch_IsThatOfOneLongRow) {
  LossKind kind = kind_of(NOPT_LOSS_TVERSKY, 0, &LossKind::alpha, 0.3);
  kind.beta = 0.7;
  kind.epsilon = 1e-7;
  for (const int threads : {1, 3}) {
    Batch rows(kind, 40, 16, false);
    Batch row(kind, 1, 640, false);
    nopt_loss_args args = rows.args();
    args.flags = NOPT_LOSS_WHOLE_BATCH;
    run_loss(execution(threads), args);
    run_loss(execution(), row.args());
    EXPECT_NEAR(rows.sum, row.sum, 1e-6);
    for (int64_t i = 0; i < 640; ++i) EXPECT_NEAR(rows.dy[i], row.dy[i], 1e-8);
  }
}

TEST_P(LossKindOnIsa, SparseLoss_OfTheIgnoredClass_HasNeitherValueNorGradient) {
  for (const uint32_t flags : {0u, kLogits}) {
    for (const int32_t ignored : {-1, 255, 3}) {
      Batch all({NOPT_LOSS_SPARSE_CATEGORICAL_CROSS_ENTROPY, flags}, 2, 21, true);
      all.labels = {7, 2};
      Batch some({NOPT_LOSS_SPARSE_CATEGORICAL_CROSS_ENTROPY, flags | NOPT_LOSS_IGNORE_CLASS}, 3, 21, true);
      some.labels = {7, 2, ignored};
      nopt_loss_args args = some.args();
      args.ignore_class = ignored;
      run_loss(execution(), all.args());
      run_loss(execution(), args);
      EXPECT_EQ(some.sum, all.sum);
      EXPECT_EQ(some.dy[7], all.dy[7]);
      for (int64_t j = 42; j < 63; ++j) EXPECT_EQ(some.dy[j], 0.0f);
    }
  }
}

TEST_P(LossKindOnIsa, SparseLoss_SmoothedByTheClassWeights_IsTheOneOfRows) {
  Batch labels(smoothed(NOPT_LOSS_SPARSE_CATEGORICAL_CROSS_ENTROPY, kLogits, true), 3, 37, true);
  Batch rows(smoothed(NOPT_LOSS_CATEGORICAL_CROSS_ENTROPY, kLogits, true), 3, 37, true);
  labels.labels = {0, 20, 36};
  for (int64_t i = 0; i < 3 * 37; ++i) rows.t[i] = 0;
  for (int64_t i = 0; i < 3; ++i) rows.t[i * 37 + labels.labels[static_cast<size_t>(i)]] = 1;
  run_loss(execution(), labels.args());
  run_loss(execution(), rows.args());
  EXPECT_EQ(labels.sum, rows.sum);
  expect_same_bits(labels.dy, rows.dy, "dy");
}

}  // namespace
}  // namespace nopt
