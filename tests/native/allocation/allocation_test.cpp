// A training step allocates nothing, once the first one has made what it needs. Every allocation of the process goes
// through the functions below.
#include <gtest/gtest.h>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <string>
#include <vector>

#include "nativeopt/nativeopt.h"

namespace {

std::atomic<bool> counting{false};
std::atomic<int> allocations{0};

void count() {
  if (counting.load(std::memory_order_relaxed)) ++allocations;
}

}  // namespace

// glibc's own entries, for programs that put something before them.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* pointer, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

void* malloc(std::size_t size) {
  count();
  return __libc_malloc(size);
}

void* calloc(std::size_t elements, std::size_t size) {
  count();
  return __libc_calloc(elements, size);
}

void* realloc(void* pointer, std::size_t size) {
  count();
  return __libc_realloc(pointer, size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size) {
  count();
  return __libc_memalign(alignment, size);
}

int posix_memalign(void** result, std::size_t alignment, std::size_t size) {
  count();
  *result = __libc_memalign(alignment, size);
  return *result == nullptr ? ENOMEM : 0;
}
}

namespace nopt {
namespace {

constexpr int64_t kBatch = 64, kIn = 300, kHidden = 256, kOut = 10;

// A network of two dense layers and everything that one step of it touches.
class Network {
 public:
  explicit Network(int32_t gemm) : memory_(4000000, 0.01f), labels_(kBatch, 3) {
    const nopt_context_options options = {sizeof(options), 2, NOPT_ISA_AUTO, gemm};
    EXPECT_EQ(nopt_context_create(&options, &context_), NOPT_OK) << nopt_last_error();
    make_layers();
    make_loss();
    make_step();
    make_matrix_step();
    ops_ = {op(NOPT_OP_DENSE_FORWARD, &forward_[0]),
            op(NOPT_OP_DENSE_FORWARD, &forward_[1]),
            op(NOPT_OP_LOSS, &loss_),
            op(NOPT_OP_DENSE_BACKWARD, &backward_[1]),
            op(NOPT_OP_DENSE_BACKWARD, &backward_[0]),
            op(NOPT_OP_OPTIMIZER_STEP, &step_),
            op(NOPT_OP_MATRIX_STEP, &matrix_step_)};
  }
  ~Network() { nopt_context_destroy(context_); }
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  nopt_status train() { return nopt_plan_run(context_, ops_.data(), static_cast<int64_t>(ops_.size())); }

 private:
  static nopt_op op(int32_t kind, const void* args) { return {sizeof(nopt_op), kind, args}; }

  nopt_matrix matrix(int64_t rows, int64_t columns) {
    const nopt_matrix m = {memory_.data() + used_, rows, columns, columns, NOPT_DTYPE_F32, NOPT_LAYOUT_ROW_MAJOR};
    used_ += static_cast<std::size_t>((rows * columns + 15) / 16 * 16);
    EXPECT_LE(used_, memory_.size());
    return m;
  }

  void make_layers() {
    const int64_t widths[] = {kIn, kHidden, kOut};
    nopt_matrix x = matrix(kBatch, kIn);
    nopt_matrix dx = {};
    for (int layer = 0; layer < 2; ++layer) {
      const int64_t in = widths[layer];
      const int64_t out = widths[layer + 1];
      const int32_t activation = layer == 0 ? NOPT_ACTIVATION_RELU : NOPT_ACTIVATION_LINEAR;
      const nopt_matrix w = matrix(in, out);
      const nopt_matrix y = matrix(kBatch, out);
      const nopt_matrix dy = matrix(kBatch, out);
      forward_[layer] = {sizeof(nopt_dense_forward_args), activation, 0, x, w, matrix(1, out), {}, y};
      backward_[layer] = {
          sizeof(nopt_dense_backward_args), activation, 0, 0, 0, x, w, y, {}, dy, matrix(in, out), matrix(1, out), dx};
      x = y;
      dx = dy;
    }
  }

  void make_loss() {
    loss_.struct_size = sizeof(loss_);
    loss_.loss = NOPT_LOSS_SPARSE_CATEGORICAL_CROSS_ENTROPY;
    loss_.flags = NOPT_LOSS_FROM_LOGITS;
    loss_.gradient_scale = 1.0 / kBatch;
    loss_.y = forward_[1].y;
    loss_.targets = {labels_.data(), kBatch, 1, 1, NOPT_DTYPE_I32, NOPT_LAYOUT_ROW_MAJOR};
    loss_.dy = backward_[1].dy;
    loss_.loss_sum = &loss_sum_;
    loss_.correct_count = &correct_;
  }

  void make_step() {
    const int64_t length = kIn * kHidden;
    slots_ = {matrix(1, length).data, matrix(1, length).data, nullptr};
    segment_ = {0, length, 0};
    step_.struct_size = sizeof(step_);
    EXPECT_EQ(nopt_optimizer_find("adam", &step_.optimizer), NOPT_OK) << nopt_last_error();
    step_.slot_count = 3;
    step_.scalar_count = 6;
    step_.length = length;
    step_.parameters = forward_[0].w.data;
    step_.gradients = backward_[0].dw.data;
    step_.slots = slots_.data();
    step_.segments = &segment_;
    step_.segment_count = 1;
    step_.prologues = &prologue_;
    step_.scalars = scalars_;
    step_.row_count = 1;
  }

  void make_matrix_step() {
    matrix_slot_ = matrix(1, kHidden * kOut).data;
    matrix_step_.struct_size = sizeof(matrix_step_);
    EXPECT_EQ(nopt_optimizer_find("muon", &matrix_step_.optimizer), NOPT_OK) << nopt_last_error();
    matrix_step_.slot_count = 1;
    matrix_step_.scalar_count = 7;
    matrix_step_.rows = kHidden;
    matrix_step_.columns = kOut;
    matrix_step_.parameters = forward_[1].w.data;
    matrix_step_.gradients = backward_[1].dw.data;
    matrix_step_.slots = &matrix_slot_;
    matrix_step_.prologue = &prologue_;
    matrix_step_.scalars = matrix_scalars_;
    matrix_step_.coefficients = coefficients_;
    matrix_step_.coefficient_count = 3;
  }

  uint64_t context_ = 0;
  std::vector<float> memory_;
  std::size_t used_ = 0;
  std::vector<int32_t> labels_;
  nopt_dense_forward_args forward_[2] = {};
  nopt_dense_backward_args backward_[2] = {};
  nopt_loss_args loss_ = {};
  nopt_optimizer_step_args step_ = {};
  std::vector<void*> slots_;
  nopt_segment segment_ = {};
  nopt_prologue prologue_ = {1, 0, 0, 0, 0, 1};
  const double scalars_[6] = {0.9, 0.1, 0.999, 0.001, 0.001, 1e-7};
  nopt_matrix_step_args matrix_step_ = {};
  void* matrix_slot_ = nullptr;
  const double matrix_scalars_[7] = {0.95, 0.05, 0.05, 0.95, 1e-7, 0, 0.001};
  const double coefficients_[3] = {3.4445, -4.775, 2.0315};
  std::vector<nopt_op> ops_;
  double loss_sum_ = 0;
  int64_t correct_ = 0;
};

class Allocation : public testing::TestWithParam<int32_t> {};

std::string gemm_name(const testing::TestParamInfo<int32_t>& row) {
  static const char* const names[] = {"auto", "openblas", "own"};
  return names[row.param];
}

INSTANTIATE_TEST_SUITE_P(Gemm, Allocation, testing::Values(NOPT_GEMM_AUTO, NOPT_GEMM_OPENBLAS, NOPT_GEMM_OWN),
                         gemm_name);

// Which thread takes which block is a matter of luck, so a worker may meet its first block late: several steps warm up.
TEST_P(Allocation, TrainingStep_AfterTheFirstOnes_AllocatesNothing) {
  nopt_runtime_info info = {};
  info.struct_size = sizeof(info);
  ASSERT_EQ(nopt_runtime_info_get(&info), NOPT_OK);
  if (GetParam() == NOPT_GEMM_OPENBLAS && info.blas_threads == 0) GTEST_SKIP() << "built without OpenBLAS";
  Network network(GetParam());
  for (int i = 0; i < 50; ++i) ASSERT_EQ(network.train(), NOPT_OK) << nopt_last_error();
  allocations = 0;
  counting = true;
  nopt_status status = NOPT_OK;
  for (int i = 0; i < 50 && status == NOPT_OK; ++i) status = network.train();
  counting = false;
  EXPECT_EQ(status, NOPT_OK) << nopt_last_error();
  EXPECT_EQ(allocations, 0);
}

TEST(AllocationCounter, OfAnAllocation_CountsIt) {
  allocations = 0;
  counting = true;
  std::vector<char> bytes(1000);
  counting = false;
  EXPECT_GE(allocations, 1);
  EXPECT_EQ(bytes.size(), 1000u);
}

}  // namespace
}  // namespace nopt
