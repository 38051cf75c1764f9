// What is not refused: in-place use where it is documented, and matrices that interleave without sharing an element.
#include "operations.h"

namespace nopt {
namespace testing_abi {
namespace {

TEST(AllowedOverlap, Activation_InPlace_Succeeds) {
  Operations operations;
  operations.activation.y = operations.activation.x;
  EXPECT_EQ(operations.run(NOPT_OP_ACTIVATION), NOPT_OK) << nopt_last_error();
}

TEST(AllowedOverlap, ActivationBackward_InPlace_Succeeds) {
  Operations operations;
  operations.activation_backward.dx = operations.activation_backward.dy;
  EXPECT_EQ(operations.run(NOPT_OP_ACTIVATION_BACKWARD), NOPT_OK) << nopt_last_error();
}

TEST(AllowedOverlap, Loss_GradientInPlaceOfPrediction_Succeeds) {
  Operations operations;
  operations.loss.dy = operations.loss.y;
  EXPECT_EQ(operations.run(NOPT_OP_LOSS), NOPT_OK) << nopt_last_error();
}

TEST(AllowedOverlap, Noise_InPlace_Succeeds) {
  Operations operations;
  operations.noise.y = operations.noise.x;
  EXPECT_EQ(operations.run(NOPT_OP_NOISE), NOPT_OK) << nopt_last_error();
}

TEST(AbsentMatrices, Normalization_WithoutMovingStatistics_Succeeds) {
  Operations operations;
  operations.normalize.moving_mean.data = operations.normalize.moving_variance.data = nullptr;
  EXPECT_EQ(operations.run(NOPT_OP_NORMALIZATION_FORWARD), NOPT_OK) << nopt_last_error();
}

TEST(AllowedOverlap, Activation_OnColumnRangesOfOneMatrix_WritesItsOwnColumnsOnly) {
  Operations operations;
  // Columns 0..3 and 4..7 of an [8, 8] matrix.
  std::vector<float> whole(64, 1.0f);
  operations.activation.activation = NOPT_ACTIVATION_LINEAR;
  operations.activation.x = {whole.data(), 8, 4, 8, NOPT_DTYPE_F32, NOPT_LAYOUT_ROW_MAJOR};
  operations.activation.y = {whole.data() + 4, 8, 4, 8, NOPT_DTYPE_F32, NOPT_LAYOUT_ROW_MAJOR};
  for (int row = 0; row < 8; ++row) whole[static_cast<std::size_t>(row) * 8] = static_cast<float>(row);
  ASSERT_EQ(operations.run(NOPT_OP_ACTIVATION), NOPT_OK) << nopt_last_error();
  for (std::size_t row = 0; row < 8; ++row) {
    EXPECT_EQ(whole[row * 8], static_cast<float>(row));
    EXPECT_EQ(whole[row * 8 + 4], static_cast<float>(row));
  }
}

TEST(AllowedOverlap, Activation_OnColumnRangesThatMeet_Fails) {
  Operations operations;
  std::vector<float> whole(64, 1.0f);
  operations.activation.x = {whole.data(), 8, 5, 8, NOPT_DTYPE_F32, NOPT_LAYOUT_ROW_MAJOR};
  operations.activation.y = {whole.data() + 4, 8, 5, 8, NOPT_DTYPE_F32, NOPT_LAYOUT_ROW_MAJOR};
  operations.expect_failure(NOPT_OP_ACTIVATION, NOPT_ERROR_OVERLAP, {"y", "shares memory with x"});
  // Columns 6, 7 and the first of the next row.
  operations.activation.x.columns = 2;
  operations.activation.y = {whole.data() + 6, 7, 3, 8, NOPT_DTYPE_F32, NOPT_LAYOUT_ROW_MAJOR};
  operations.activation.x.rows = 7;
  operations.activation.x.columns = operations.activation.y.columns = 3;
  operations.expect_failure(NOPT_OP_ACTIVATION, NOPT_ERROR_OVERLAP, {"y", "shares memory with x"});
}

TEST(AllowedOverlap, DenseForward_SameInputTwice_Succeeds) {
  Operations operations;
  operations.forward.x.rows = kIn;
  operations.forward.x.columns = kIn;
  operations.forward.w.rows = kIn;
  operations.forward.w.columns = kIn;
  std::vector<float> square(16, 0.5f);
  operations.forward.x.data = operations.forward.w.data = square.data();
  operations.forward.x.stride = operations.forward.w.stride = kIn;
  std::vector<float> y(16, 0.0f);
  operations.forward.y = operations.forward.x;
  operations.forward.y.data = y.data();
  operations.forward.b.data = operations.forward.z.data = nullptr;
  ASSERT_EQ(operations.run(NOPT_OP_DENSE_FORWARD), NOPT_OK) << nopt_last_error();
  for (float value : y) EXPECT_FLOAT_EQ(value, 1.0f);
}

TEST(AbsentMatrices, DenseBackward_WithoutWeightsAndInputGradient_Succeeds) {
  Operations operations;
  operations.backward.w.data = operations.backward.dx.data = nullptr;
  EXPECT_EQ(operations.run(NOPT_OP_DENSE_BACKWARD), NOPT_OK) << nopt_last_error();
}

TEST(AbsentMatrices, DenseBackward_WithInputGradientWithoutWeights_Fails) {
  Operations operations;
  operations.backward.w.data = nullptr;
  operations.expect_failure(NOPT_OP_DENSE_BACKWARD, NOPT_ERROR_ARGUMENT, {"dense_backward.w.data is null", "dx"});
}

TEST(AbsentMatrices, DenseBackward_OfALinearLayerWithoutY_Succeeds) {
  Operations operations;
  operations.backward.activation = NOPT_ACTIVATION_LINEAR;
  operations.backward.y.data = nullptr;
  EXPECT_EQ(operations.run(NOPT_OP_DENSE_BACKWARD), NOPT_OK) << nopt_last_error();
}

TEST(AbsentMatrices, Loss_WithoutAnyOutput_Succeeds) {
  Operations operations;
  operations.loss.dy.data = nullptr;
  operations.loss.loss_sum = nullptr;
  operations.loss.correct_count = nullptr;
  EXPECT_EQ(operations.run(NOPT_OP_LOSS), NOPT_OK) << nopt_last_error();
}

}  // namespace
}  // namespace testing_abi
}  // namespace nopt
