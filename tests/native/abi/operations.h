// Valid arguments for every operation, for tests that break one thing at a time.
#ifndef NOPT_TESTS_ABI_OPERATIONS_H
#define NOPT_TESTS_ABI_OPERATIONS_H

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "nativeopt/nativeopt.h"

namespace nopt {
namespace testing_abi {

// Sizes that differ from one another, so that a mixed-up dimension is noticed.
constexpr int64_t kBatch = 3;
constexpr int64_t kIn = 4;
constexpr int64_t kOut = 5;
constexpr int64_t kLength = 20;

// All buffers of all operations in one block that is larger than they need.
class Operations {
 public:
  Operations();
  ~Operations();
  Operations(const Operations&) = delete;
  Operations& operator=(const Operations&) = delete;

  // Runs one operation as a plan of length 1.
  nopt_status run(int32_t kind);
  nopt_status run(int32_t kind, const void* args);

  // Runs it, and expects this failure, a message that has all of `words` in it, and that no buffer was written.
  void expect_failure(int32_t kind, nopt_status status, const std::vector<std::string>& words);
  void expect_failure(int32_t kind, const void* args, nopt_status status, const std::vector<std::string>& words);

  const void* args_of(int32_t kind) const;

  uint64_t context = 0;
  nopt_dense_forward_args forward = {};
  nopt_dense_backward_args backward = {};
  nopt_activation_args activation = {};
  nopt_activation_backward_args activation_backward = {};  // prelu
  nopt_loss_args loss = {};            // sparse, from logits
  nopt_optimizer_step_args step = {};  // adam
  nopt_random_uniform_args uniform = {};
  nopt_noise_args noise = {};                           // dropout
  nopt_normalization_forward_args normalize = {};       // batch
  nopt_normalization_backward_args differentiate = {};  // batch
  nopt_gradient_norm_args norm = {};
  nopt_adaptive_clip_args clip = {};
  nopt_centralize_args centralize = {};
  nopt_constraint_args constraint = {};  // columns to a norm of at most 2
  nopt_average_args average = {};
  nopt_penalty_args penalty = {};
  nopt_matrix_step_args matrix_step = {};  // muon

  std::vector<nopt_segment> segments;
  std::vector<nopt_prologue> prologues;
  std::vector<double> scalars;
  std::vector<void*> slots;
  nopt_prologue matrix_prologue = {1, 0, 0, 0, 0, 1};
  std::vector<double> matrix_scalars;
  std::vector<double> coefficients;
  std::vector<void*> matrix_slots;
  double loss_sum = -1;
  int64_t correct_count = -1;
  std::vector<double> norms = {-1, -1};
  std::vector<int64_t> non_finite_counts = {-1, -1};
  double penalty_value = -1;

 private:
  nopt_matrix matrix(int64_t rows, int64_t columns);
  void fill_dense();
  void fill_activation();
  void fill_loss();
  void fill_step();
  void fill_noise();
  void fill_normalization();
  void fill_gradients();
  void fill_weights();
  void fill_matrix_step();

  std::vector<float> memory_;
  std::size_t used_ = 0;
};

// A matrix argument of an operation.
struct MatrixArgument {
  int32_t kind;
  std::string name;  // as messages name it
  bool required;
  nopt_matrix* (*get)(Operations&);
};

const std::vector<MatrixArgument>& matrix_arguments();

}  // namespace testing_abi
}  // namespace nopt

#endif  // NOPT_TESTS_ABI_OPERATIONS_H
