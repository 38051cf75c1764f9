// nopt_plan_run: the list of operations itself.
#include <cstring>

#include "operations.h"

namespace nopt {
namespace testing_abi {
namespace {

class Plan : public testing::Test {
 protected:
  void expect(nopt_status actual, nopt_status status, const std::string& words) {
    EXPECT_STREQ(nopt_status_name(actual), nopt_status_name(status)) << nopt_last_error();
    EXPECT_NE(std::string(nopt_last_error()).find(words), std::string::npos) << nopt_last_error();
  }

  Operations operations_;
  nopt_op op_ = {sizeof(nopt_op), NOPT_OP_RANDOM_UNIFORM, &operations_.uniform};
};

TEST_F(Plan, Run_WithZeroOperations_DoesNothing) {
  EXPECT_EQ(nopt_plan_run(operations_.context, nullptr, 0), NOPT_OK);
  EXPECT_EQ(nopt_plan_run(operations_.context, &op_, 0), NOPT_OK);
}

TEST_F(Plan, Run_WithNegativeOrHugeCount_Fails) {
  expect(nopt_plan_run(operations_.context, &op_, -1), NOPT_ERROR_ARGUMENT, "op_count is -1");
  expect(nopt_plan_run(operations_.context, &op_, INT64_MAX), NOPT_ERROR_ARGUMENT, "op_count is 9223372036854775807");
}

TEST_F(Plan, Run_WithNullOrMisalignedOperations_Fails) {
  expect(nopt_plan_run(operations_.context, nullptr, 1), NOPT_ERROR_ARGUMENT, "ops is null");
  alignas(16) char bytes[64] = {};
  std::memcpy(bytes + 4, &op_, sizeof(op_));
  expect(nopt_plan_run(operations_.context, reinterpret_cast<const nopt_op*>(bytes + 4), 1), NOPT_ERROR_ALIGNMENT,
         "ops is at 0x");
}

TEST_F(Plan, Run_WithUnknownKind_Fails) {
  for (int32_t kind : {0, 999, -1, INT32_MAX}) {
    op_.kind = kind;
    expect(nopt_plan_run(operations_.context, &op_, 1), NOPT_ERROR_ARGUMENT, "ops[0].kind is " + std::to_string(kind));
  }
}

TEST_F(Plan, Run_WithWrongOperationSize_Fails) {
  for (uint32_t size : {0u, 15u, 0xFFFFFFFFu}) {
    op_.struct_size = size;
    expect(nopt_plan_run(operations_.context, &op_, 1), NOPT_ERROR_STRUCT_SIZE,
           "ops[0].struct_size is " + std::to_string(size));
  }
}

TEST_F(Plan, Run_WithLargerOperations_FindsTheNextOne) {
  struct LargerOp {
    nopt_op op;
    int64_t unknown;
  };
  LargerOp ops[2] = {{op_, 0}, {op_, 0}};
  ops[0].op.struct_size = ops[1].op.struct_size = sizeof(LargerOp);
  EXPECT_EQ(nopt_plan_run(operations_.context, &ops[0].op, 2), NOPT_OK) << nopt_last_error();
  ops[1].op.kind = 99;
  expect(nopt_plan_run(operations_.context, &ops[0].op, 2), NOPT_ERROR_ARGUMENT, "ops[1].kind is 99");
  ops[1].op.struct_size = sizeof(nopt_op);
  expect(nopt_plan_run(operations_.context, &ops[0].op, 2), NOPT_ERROR_STRUCT_SIZE, "ops[1].struct_size is 16");
  ops[0].unknown = 1;
  expect(nopt_plan_run(operations_.context, &ops[0].op, 2), NOPT_ERROR_STRUCT_SIZE, "ops[0].struct_size is 24");
}

TEST_F(Plan, Run_WithAFaultInTheLastOperation_RunsNoneOfThem) {
  operations_.uniform.low = 2;
  operations_.uniform.high = 3;
  nopt_matrix y = operations_.uniform.y;
  const float before = *static_cast<const float*>(y.data);
  nopt_random_uniform_args broken = operations_.uniform;
  broken.y.rows = 0;
  const nopt_op ops[2] = {op_, {sizeof(nopt_op), NOPT_OP_RANDOM_UNIFORM, &broken}};
  expect(nopt_plan_run(operations_.context, ops, 2), NOPT_ERROR_SHAPE, "ops[1].random_uniform.y.rows is 0");
  EXPECT_EQ(*static_cast<const float*>(y.data), before);
}

TEST_F(Plan, Run_WithSeveralOperations_RunsThemInOrder) {
  // The second writes where the first has written.
  nopt_random_uniform_args second = operations_.uniform;
  second.low = 5;
  second.high = 6;
  const nopt_op ops[2] = {op_, {sizeof(nopt_op), NOPT_OP_RANDOM_UNIFORM, &second}};
  ASSERT_EQ(nopt_plan_run(operations_.context, ops, 2), NOPT_OK) << nopt_last_error();
  EXPECT_GE(*static_cast<const float*>(second.y.data), 5.0f);
}

TEST_F(Plan, Run_WithAContextThatIsNone_Fails) {
  for (uint64_t context :
       {uint64_t{0}, uint64_t{1}, UINT64_MAX, operations_.context + 1, operations_.context ^ (uint64_t{1} << 40)}) {
    expect(nopt_plan_run(context, &op_, 1), NOPT_ERROR_HANDLE, "context is 0x");
  }
}

}  // namespace
}  // namespace testing_abi
}  // namespace nopt
