// Every matrix of every operation, with everything that can be wrong with a matrix.
#include <cstdint>
#include <map>

#include "operations.h"

namespace nopt {
namespace testing_abi {
namespace {

constexpr int64_t kHuge = INT64_MAX;

class MatrixArguments : public testing::TestWithParam<MatrixArgument> {
 protected:
  // Breaks the matrix, expects the failure, and mends it.
  template <class Break>
  void expect(const Break& break_it, nopt_status status, const std::string& field) {
    Operations operations;
    break_it(*GetParam().get(operations));
    operations.expect_failure(GetParam().kind, status, {"ops[0].", "." + GetParam().name + field});
  }
};

std::string test_name(const testing::TestParamInfo<MatrixArgument>& info) {
  static const std::map<int32_t, const char*> kinds = {
      {NOPT_OP_DENSE_FORWARD, "DenseForward"},
      {NOPT_OP_DENSE_BACKWARD, "DenseBackward"},
      {NOPT_OP_ACTIVATION, "Activation"},
      {NOPT_OP_LOSS, "Loss"},
      {NOPT_OP_OPTIMIZER_STEP, "OptimizerStep"},
      {NOPT_OP_RANDOM_UNIFORM, "RandomUniform"},
      {NOPT_OP_ACTIVATION_BACKWARD, "ActivationBackward"},
      {NOPT_OP_NOISE, "Noise"},
      {NOPT_OP_NORMALIZATION_FORWARD, "NormalizationForward"},
      {NOPT_OP_NORMALIZATION_BACKWARD, "NormalizationBackward"},
      {NOPT_OP_ADAPTIVE_CLIP, "AdaptiveClip"},
      {NOPT_OP_CENTRALIZE, "Centralize"},
      {NOPT_OP_CONSTRAINT, "Constraint"},
      {NOPT_OP_AVERAGE, "Average"},
      {NOPT_OP_PENALTY, "Penalty"},
  };
  return std::string(kinds.at(info.param.kind)) + "_" + info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Abi, MatrixArguments, testing::ValuesIn(matrix_arguments()), test_name);

TEST_P(MatrixArguments, Run_WithValidArguments_Succeeds) {
  Operations operations;
  EXPECT_EQ(operations.run(GetParam().kind), NOPT_OK) << nopt_last_error();
}

TEST_P(MatrixArguments, Run_WithNullData_FailsOnlyWhereTheMatrixIsRequired) {
  Operations operations;
  GetParam().get(operations)->data = nullptr;
  if (GetParam().required) {
    operations.expect_failure(GetParam().kind, NOPT_ERROR_ARGUMENT, {GetParam().name + ".data is null"});
  } else {
    EXPECT_EQ(operations.run(GetParam().kind), NOPT_OK) << nopt_last_error();
  }
}

TEST_P(MatrixArguments, Run_WithAnotherElementType_FailsAndNamesIt) {
  for (int32_t dtype : {NOPT_DTYPE_F64, NOPT_DTYPE_BF16, NOPT_DTYPE_U8}) {
    expect([dtype](nopt_matrix& m) { m.dtype = dtype; }, NOPT_ERROR_DTYPE, ".dtype is " + std::to_string(dtype));
  }
  expect([](nopt_matrix& m) { m.dtype = 99; }, NOPT_ERROR_DTYPE, ".dtype is 99 (unknown)");
  expect([](nopt_matrix& m) { m.dtype = -1; }, NOPT_ERROR_DTYPE, ".dtype is -1 (unknown)");
}

TEST_P(MatrixArguments, Run_WithAnotherLayout_Fails) {
  expect([](nopt_matrix& m) { m.layout = 1; }, NOPT_ERROR_ARGUMENT, ".layout is 1");
  expect([](nopt_matrix& m) { m.layout = -1; }, NOPT_ERROR_ARGUMENT, ".layout is -1");
}

TEST_P(MatrixArguments, Run_WithMisalignedData_Fails) {
  for (int bytes : {1, 2, 3}) {
    expect([bytes](nopt_matrix& m) { m.data = static_cast<char*>(m.data) + bytes; }, NOPT_ERROR_ALIGNMENT,
           ".data is at 0x");
  }
}

TEST_P(MatrixArguments, Run_WithZeroNegativeOrHugeRows_Fails) {
  expect([](nopt_matrix& m) { m.rows = 0; }, NOPT_ERROR_SHAPE, ".rows is 0");
  expect([](nopt_matrix& m) { m.rows = -1; }, NOPT_ERROR_SHAPE, ".rows is -1");
  expect([](nopt_matrix& m) { m.rows = INT64_MIN; }, NOPT_ERROR_SHAPE, ".rows is -9223372036854775808");
  expect([](nopt_matrix& m) { m.rows = kHuge; }, NOPT_ERROR_SHAPE, " has 9223372036854775807 rows");
}

TEST_P(MatrixArguments, Run_WithZeroNegativeOrHugeColumns_Fails) {
  expect([](nopt_matrix& m) { m.columns = 0; }, NOPT_ERROR_SHAPE, ".columns is 0");
  expect([](nopt_matrix& m) { m.columns = -1; }, NOPT_ERROR_SHAPE, ".columns is -1");
  expect([](nopt_matrix& m) { m.columns = kHuge; }, NOPT_ERROR_SHAPE, ".stride is ");
  expect([](nopt_matrix& m) { m.columns = m.stride = kHuge; }, NOPT_ERROR_SHAPE, " has ");
}

TEST_P(MatrixArguments, Run_WithStrideBelowColumnsOrHuge_Fails) {
  expect([](nopt_matrix& m) { m.stride = m.columns - 1; }, NOPT_ERROR_SHAPE, ".stride is ");
  expect([](nopt_matrix& m) { m.stride = -1; }, NOPT_ERROR_SHAPE, ".stride is -1");
  expect([](nopt_matrix& m) { m.stride = kHuge; }, NOPT_ERROR_SHAPE, " has ");
  // Fits 64 bits, and ends beyond the address space.
  expect([](nopt_matrix& m) { m.stride = kHuge / 4 / m.rows; }, NOPT_ERROR_SHAPE, " has ");
}

}  // namespace
}  // namespace testing_abi
}  // namespace nopt
