// Several hundred threads, each with a context of its own, run the same layer at once: each gets the bits that one
// thread gets alone. (The serial flavour of OpenBLAS fails here, and too many threads inside OpenBLAS end the process.)
#include <gtest/gtest.h>

#include <atomic>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "nativeopt/nativeopt.h"

namespace nopt {
namespace testing_abi {
namespace {

constexpr int64_t kBatch = 32, kIn = 64, kOut = 48;

// One forward and one backward pass over data of its own.
class Layer {
 public:
  explicit Layer(int32_t gemm)
      : x_(kBatch * kIn), w_(kIn * kOut), y_(kBatch * kOut), dy_(kBatch * kOut), dw_(kIn * kOut), dx_(kBatch * kIn) {
    const nopt_context_options options = {sizeof(options), 2, NOPT_ISA_AUTO, gemm};
    created_ = nopt_context_create(&options, &context_);
    fill(x_, 7);
    fill(w_, 11);
  }
  ~Layer() { nopt_context_destroy(context_); }
  Layer(const Layer&) = delete;
  Layer& operator=(const Layer&) = delete;

  nopt_status run() {
    if (created_ != NOPT_OK) return created_;
    fill(dy_, 13);
    nopt_dense_forward_args forward = {};
    forward.struct_size = sizeof(forward);
    forward.activation = NOPT_ACTIVATION_TANH;
    forward.x = matrix(x_, kBatch, kIn);
    forward.w = matrix(w_, kIn, kOut);
    forward.y = matrix(y_, kBatch, kOut);
    nopt_dense_backward_args backward = {};
    backward.struct_size = sizeof(backward);
    backward.activation = NOPT_ACTIVATION_TANH;
    backward.x = forward.x;
    backward.w = forward.w;
    backward.y = forward.y;
    backward.dy = matrix(dy_, kBatch, kOut);
    backward.dw = matrix(dw_, kIn, kOut);
    backward.dx = matrix(dx_, kBatch, kIn);
    const nopt_op ops[] = {{sizeof(nopt_op), NOPT_OP_DENSE_FORWARD, &forward},
                           {sizeof(nopt_op), NOPT_OP_DENSE_BACKWARD, &backward}};
    return nopt_plan_run(context_, ops, 2);
  }

  bool same_as(const Layer& other) const { return y_ == other.y_ && dw_ == other.dw_ && dx_ == other.dx_; }

 private:
  static void fill(std::vector<float>& values, unsigned step) {
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i * step % 101) / 101.0f - 0.5f;
  }

  static nopt_matrix matrix(std::vector<float>& values, int64_t rows, int64_t columns) {
    return {values.data(), rows, columns, columns, NOPT_DTYPE_F32, NOPT_LAYOUT_ROW_MAJOR};
  }

  uint64_t context_ = 0;
  nopt_status created_ = NOPT_OK;
  std::vector<float> x_, w_, y_, dy_, dw_, dx_;
};

void expect_the_same_bits(int32_t gemm) {
  Layer expected(gemm);
  ASSERT_EQ(expected.run(), NOPT_OK) << nopt_last_error();
  std::atomic<int> failed{0};
  std::atomic<int> wrong{0};
  std::vector<std::thread> callers;
  for (int t = 0; t < 300; ++t) {
    callers.emplace_back([&] {
      Layer layer(gemm);
      for (int i = 0; i < 5; ++i) {
        failed += layer.run() != NOPT_OK;
        wrong += !layer.same_as(expected);
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(wrong, 0);
}

TEST(ConcurrentCallers, DenseLayer_OwnKernels_GivesEachTheSameBits) {
  expect_the_same_bits(NOPT_GEMM_OWN);
}

TEST(ConcurrentCallers, DenseLayer_ChosenByShape_GivesEachTheSameBits) {
  expect_the_same_bits(NOPT_GEMM_AUTO);
}

TEST(ConcurrentCallers, DenseLayer_OpenBlas_GivesEachTheSameBits) {
  nopt_runtime_info info = {};
  info.struct_size = sizeof(info);
  ASSERT_EQ(nopt_runtime_info_get(&info), NOPT_OK);
  if (info.blas_threads == 0) GTEST_SKIP() << "built without OpenBLAS";
  expect_the_same_bits(NOPT_GEMM_OPENBLAS);
}

}  // namespace
}  // namespace testing_abi
}  // namespace nopt
