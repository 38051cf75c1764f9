// Losses against a reference in double: value, gradient, right answers, sample weights, extremes.
#include "kernels/loss.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "isa_support.h"
#include "loss_reference.h"

namespace nopt {
namespace {

class LossOnIsa : public IsaTest {};
NOPT_INSTANTIATE_FOR_ISAS(LossOnIsa);

TEST_P(LossOnIsa, Loss_ForEachWidth_MatchesDouble) {
  for (const LossKind& kind : kKinds) {
    for (int64_t columns = 1; columns <= 67; ++columns) {
      for (bool weighted : {false, true}) {
        Batch batch(kind, 5, columns, weighted);
        run_loss(execution(), batch.args());
        expect_batch(batch, true);
        ASSERT_TRUE(batch.dy.guards_are_intact());
      }
    }
  }
}

TEST_P(LossOnIsa, Loss_ForEachWidth_HasTheBitsOfTheScalarKernels) {
  for (const LossKind& kind : kKinds) {
    for (int64_t columns = 1; columns <= 67; ++columns) {
      Batch actual(kind, 4, columns, true);
      Batch expected(kind, 4, columns, true);
      run_loss(execution(), actual.args());
      run_loss(execution_on(Isa::kScalar), expected.args());
      expect_same_bits(actual.dy, expected.dy, "dy");
      ASSERT_EQ(actual.sum, expected.sum);
      ASSERT_EQ(actual.correct, expected.correct);
    }
  }
}

TEST_P(LossOnIsa, Loss_WithoutGradient_GivesTheSameValue) {
  for (const LossKind& kind : kKinds) {
    Batch with(kind, 6, 19, true);
    Batch without(kind, 6, 19, true);
    const GuardedArray before = without.dy;
    run_loss(execution(), with.args());
    run_loss(execution(), without.args(false));
    EXPECT_EQ(with.sum, without.sum);
    EXPECT_EQ(with.correct, without.correct);
    expect_same_bits(without.dy, before, "dy");
  }
}

TEST_P(LossOnIsa, Loss_WithGradientInPlaceOfPredictions_GivesTheSameBits) {
  for (const LossKind& kind : kKinds) {
    Batch apart(kind, 6, 21, true);
    Batch in_place(kind, 6, 21, true);
    run_loss(execution(), apart.args());
    nopt_loss_args args = in_place.args();
    args.dy = args.y;
    run_loss(execution(), args);
    expect_same_bits(in_place.y, apart.dy, "dy");
    EXPECT_EQ(in_place.sum, apart.sum);
    EXPECT_EQ(in_place.correct, apart.correct);
  }
}

TEST_P(LossOnIsa, Loss_OfLogitsOfAThousand_IsFiniteAndExact) {
  for (const LossKind& kind : kKinds) {
    if (!kind.logits()) continue;
    Batch batch(kind, 2, 3, false);
    const float y[6] = {1000, 0, -1000, 0, 0, 0};
    const float t[6] = {0, 1, 0, 0, 0, 1};
    std::copy(y, y + 6, batch.y.data());
    std::copy(t, t + 6, batch.t.data());
    batch.labels = {1, 2};
    run_loss(execution(), batch.args());
    expect_batch(batch, true);
  }
}

TEST_P(LossOnIsa, Loss_OfProbabilitiesOfZeroAndOne_IsClippedAndHasNoGradientThere) {
  for (const LossKind& kind : kKinds) {
    if (kind.logits() || !kind.counts()) continue;
    Batch batch(kind, 2, 3, false);
    const float y[6] = {0, 1, 0, 1, 0, 0};
    const float t[6] = {1, 0, 0, 1, 0, 0};
    std::copy(y, y + 6, batch.y.data());
    std::copy(t, t + 6, batch.t.data());
    batch.labels = {0, 0};
    run_loss(execution(), batch.args());
    expect_batch(batch, true);
    EXPECT_GT(batch.sum, 5.0);
    for (int64_t i = 0; i < 6; ++i) EXPECT_EQ(batch.dy[i], 0.0f);
  }
}

TEST_P(LossOnIsa, Loss_OfProbabilitiesThatSumToZero_IsClippedAndHasNoGradient) {
  for (const LossKind& kind : kKinds) {
    if (kind.logits() || !kind.categorical()) continue;
    Batch batch(kind, 2, 19, false);
    std::fill(batch.y.data(), batch.y.data() + 38, 0.0f);
    std::fill(batch.t.data(), batch.t.data() + 38, 0.0f);
    batch.y[19] = 1.0f;
    batch.y[37] = -1.0f;
    batch.t[18] = batch.t[19] = 1.0f;
    batch.labels = {18, 0};
    run_loss(execution(), batch.args());
    EXPECT_NEAR(batch.sum, -2 * std::log(1e-7), 1e-4) << kind.loss;
    for (int64_t i = 0; i < 38; ++i) EXPECT_EQ(batch.dy[i], 0.0f) << kind.loss << " element " << i;
  }
}

TEST_P(LossOnIsa, Loss_OfNaN_IsNaN) {
  for (const LossKind& kind : kKinds) {
    for (int64_t position : {0, 17, 20}) {
      Batch batch(kind, 2, 21, false);
      batch.y[position] = std::nanf("");
      batch.labels = {static_cast<int32_t>(position), 0};
      run_loss(execution(), batch.args());
      EXPECT_TRUE(std::isnan(batch.sum)) << kind.loss << " flags " << kind.flags;
      EXPECT_TRUE(std::isnan(batch.dy[position])) << kind.loss << " flags " << kind.flags;
    }
  }
}

TEST_P(LossOnIsa, SparseLoss_OfNaNBesideTheLabel_HasNaNInItsGradient) {
  for (const uint32_t flags : {0u, static_cast<uint32_t>(NOPT_LOSS_FROM_LOGITS)}) {
    Batch batch({NOPT_LOSS_SPARSE_CATEGORICAL_CROSS_ENTROPY, flags}, 2, 21, false);
    batch.y[3] = std::nanf("");
    batch.labels = {7, 0};
    run_loss(execution(), batch.args());
    EXPECT_TRUE(std::isnan(batch.sum)) << "flags " << flags;
    EXPECT_TRUE(std::isnan(batch.dy[7])) << "flags " << flags;
    EXPECT_FALSE(std::isnan(batch.dy[21])) << "flags " << flags;
  }
}

TEST_P(LossOnIsa, Correct_WithEqualLargestElements_TakesTheFirst) {
  Batch batch({NOPT_LOSS_SPARSE_CATEGORICAL_CROSS_ENTROPY, NOPT_LOSS_FROM_LOGITS}, 2, 20, false);
  for (int64_t i = 0; i < 40; ++i) batch.y[i] = i % 20 == 5 || i % 20 == 18 ? 3.0f : 1.0f;
  batch.labels = {5, 18};
  run_loss(execution(), batch.args());
  EXPECT_EQ(batch.correct, 1);
}

TEST(Loss, Rows_OnSeveralThreads_HaveTheBitsOfOne) {
  for (const LossKind& kind : kKinds) {
    Batch expected(kind, 1500, 40, true);
    run_loss(execution_on(best_isa()), expected.args());
    for (int threads : {2, 3, 7}) {
      Batch actual(kind, 1500, 40, true);
      run_loss(execution_on(best_isa(), threads), actual.args());
      expect_same_bits(actual.dy, expected.dy, "dy");
      EXPECT_EQ(actual.sum, expected.sum);
      EXPECT_EQ(actual.correct, expected.correct);
    }
  }
}

}  // namespace
}  // namespace nopt
