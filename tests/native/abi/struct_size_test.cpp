// The args struct of every operation: null, misaligned, too small, larger than this version knows.
#include <cstring>

#include "operations.h"

namespace nopt {
namespace testing_abi {
namespace {

struct Kind {
  int32_t kind;
  const char* name;
  std::size_t size;
};

constexpr Kind kKinds[] = {
    {NOPT_OP_DENSE_FORWARD, "dense_forward", sizeof(nopt_dense_forward_args)},
    {NOPT_OP_DENSE_BACKWARD, "dense_backward", sizeof(nopt_dense_backward_args)},
    {NOPT_OP_ACTIVATION, "activation", sizeof(nopt_activation_args)},
    {NOPT_OP_LOSS, "loss", sizeof(nopt_loss_args)},
    {NOPT_OP_OPTIMIZER_STEP, "optimizer_step", sizeof(nopt_optimizer_step_args)},
    {NOPT_OP_MATRIX_STEP, "matrix_step", sizeof(nopt_matrix_step_args)},
    {NOPT_OP_RANDOM_UNIFORM, "random_uniform", sizeof(nopt_random_uniform_args)},
    {NOPT_OP_GRADIENT_NORM, "gradient_norm", sizeof(nopt_gradient_norm_args)},
    {NOPT_OP_ADAPTIVE_CLIP, "adaptive_clip", sizeof(nopt_adaptive_clip_args)},
    {NOPT_OP_CENTRALIZE, "centralize", sizeof(nopt_centralize_args)},
    {NOPT_OP_ACTIVATION_BACKWARD, "activation_backward", sizeof(nopt_activation_backward_args)},
    {NOPT_OP_NOISE, "noise", sizeof(nopt_noise_args)},
    {NOPT_OP_NORMALIZATION_FORWARD, "normalization_forward", sizeof(nopt_normalization_forward_args)},
    {NOPT_OP_NORMALIZATION_BACKWARD, "normalization_backward", sizeof(nopt_normalization_backward_args)},
    {NOPT_OP_CONSTRAINT, "constraint", sizeof(nopt_constraint_args)},
    {NOPT_OP_AVERAGE, "average", sizeof(nopt_average_args)},
    {NOPT_OP_PENALTY, "penalty", sizeof(nopt_penalty_args)},
};

class StructSize : public testing::TestWithParam<Kind> {
 protected:
  // A copy of the valid arguments with struct_size `size` and room for that many bytes.
  const void* copy(std::size_t size) {
    std::memcpy(bytes_, operations_.args_of(GetParam().kind), GetParam().size);
    const uint32_t struct_size = static_cast<uint32_t>(size);
    std::memcpy(bytes_, &struct_size, sizeof(struct_size));
    return bytes_;
  }

  void expect_failure(const void* args, nopt_status status, const std::string& words) {
    operations_.expect_failure(GetParam().kind, args, status, {std::string("ops[0].") + GetParam().name + words});
  }

  Operations operations_;
  alignas(16) char bytes_[8192] = {};
};

INSTANTIATE_TEST_SUITE_P(Abi, StructSize, testing::ValuesIn(kKinds),
                         [](const auto& row) { return std::string(row.param.name); });

TEST_P(StructSize, Run_WithNullArgs_Fails) {
  expect_failure(nullptr, NOPT_ERROR_ARGUMENT, " is null");
}

TEST_P(StructSize, Run_WithMisalignedArgs_Fails) {
  expect_failure(static_cast<const char*>(copy(GetParam().size)) + 4, NOPT_ERROR_ALIGNMENT, " is at 0x");
}

TEST_P(StructSize, Run_WithSmallerStructSize_Fails) {
  for (std::size_t size : {std::size_t{0}, std::size_t{4}, GetParam().size - 1}) {
    expect_failure(copy(size), NOPT_ERROR_STRUCT_SIZE, ".struct_size is " + std::to_string(size));
  }
}

TEST_P(StructSize, Run_WithLargerStructSizeAndZeroTail_Succeeds) {
  EXPECT_EQ(operations_.run(GetParam().kind, copy(GetParam().size + 64)), NOPT_OK) << nopt_last_error();
}

TEST_P(StructSize, Run_WithLargerStructSizeAndAnyOtherTail_Fails) {
  bytes_[GetParam().size + 63] = 1;
  expect_failure(copy(GetParam().size + 64), NOPT_ERROR_STRUCT_SIZE, ".struct_size is ");
}

TEST_P(StructSize, Run_WithHugeStructSize_Fails) {
  expect_failure(copy(UINT32_MAX), NOPT_ERROR_STRUCT_SIZE, ".struct_size is 4294967295");
}

}  // namespace
}  // namespace testing_abi
}  // namespace nopt
