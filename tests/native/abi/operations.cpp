#include "operations.h"

#include <cstring>

namespace nopt {
namespace testing_abi {

Operations::Operations() : memory_(8192, 0.25f) {
  nopt_context_options options = {};
  options.struct_size = sizeof(options);
  options.thread_count = 2;
  EXPECT_EQ(nopt_context_create(&options, &context), NOPT_OK) << nopt_last_error();
  fill_dense();
  fill_loss();
  fill_step();
  fill_matrix_step();
  fill_gradients();
  fill_activation();
  fill_weights();
  uniform.struct_size = sizeof(uniform);
  uniform.high = 1;
  uniform.y = matrix(kBatch, kOut);
  fill_noise();
  fill_normalization();
}

Operations::~Operations() {
  nopt_context_destroy(context);
}

// Rows are one element longer than their columns, and there is free memory between any two matrices.
nopt_matrix Operations::matrix(int64_t rows, int64_t columns) {
  nopt_matrix m = {};
  m.data = memory_.data() + used_;
  m.rows = rows;
  m.columns = columns;
  m.stride = columns + 1;
  m.dtype = NOPT_DTYPE_F32;
  used_ += static_cast<std::size_t>(rows * m.stride + 16);
  EXPECT_LE(used_, memory_.size());
  return m;
}

void Operations::fill_dense() {
  forward.struct_size = sizeof(forward);
  forward.activation = NOPT_ACTIVATION_RELU;
  forward.x = matrix(kBatch, kIn);
  forward.w = matrix(kIn, kOut);
  forward.b = matrix(1, kOut);
  forward.z = matrix(kBatch, kOut);
  forward.y = matrix(kBatch, kOut);
  backward.struct_size = sizeof(backward);
  backward.activation = NOPT_ACTIVATION_RELU;
  backward.x = matrix(kBatch, kIn);
  backward.w = matrix(kIn, kOut);
  backward.y = matrix(kBatch, kOut);
  backward.z = matrix(kBatch, kOut);
  backward.dy = matrix(kBatch, kOut);
  backward.dw = matrix(kIn, kOut);
  backward.db = matrix(1, kOut);
  backward.dx = matrix(kBatch, kIn);
}

void Operations::fill_activation() {
  activation.struct_size = sizeof(activation);
  activation.activation = NOPT_ACTIVATION_TANH;
  activation.x = matrix(kBatch, kOut);
  activation.y = matrix(kBatch, kOut);
  activation_backward.struct_size = sizeof(activation_backward);
  activation_backward.activation = NOPT_ACTIVATION_PRELU;
  activation_backward.x = matrix(kBatch, kOut);
  activation_backward.y = matrix(kBatch, kOut);
  activation_backward.slopes = matrix(1, kOut);
  activation_backward.dy = matrix(kBatch, kOut);
  activation_backward.dslopes = matrix(1, kOut);
  activation_backward.dx = matrix(kBatch, kOut);
}

void Operations::fill_loss() {
  loss.struct_size = sizeof(loss);
  loss.loss = NOPT_LOSS_SPARSE_CATEGORICAL_CROSS_ENTROPY;
  loss.flags = NOPT_LOSS_FROM_LOGITS;
  loss.gradient_scale = 1.0 / kBatch;
  loss.y = matrix(kBatch, kOut);
  loss.targets = matrix(kBatch, 1);
  loss.targets.dtype = NOPT_DTYPE_I32;
  for (int64_t row = 0; row < kBatch; ++row) {
    static_cast<int32_t*>(loss.targets.data)[row * loss.targets.stride] = static_cast<int32_t>(row);
  }
  loss.sample_weights = matrix(kBatch, 1);
  loss.dy = matrix(kBatch, kOut);
  loss.class_weights = matrix(1, kOut);
  loss.loss_sum = &loss_sum;
  loss.correct_count = &correct_count;
}

void Operations::fill_step() {
  segments = {{0, 8, 0}, {10, 10, 1}};
  prologues = {{1, 0, 0, 0, 0, 1}, {1, 0, 0, 0, 0, 1}};
  scalars = {0.9, 0.1, 0.999, 0.001, 0.001, 1e-7, 0.9, 0.1, 0.999, 0.001, 0.002, 1e-7};
  slots = {matrix(1, kLength).data, matrix(1, kLength).data, nullptr};
  step.struct_size = sizeof(step);
  EXPECT_EQ(nopt_optimizer_find("adam", &step.optimizer), NOPT_OK) << nopt_last_error();
  step.slot_count = 3;
  step.scalar_count = 6;
  step.length = kLength;
  step.parameters = matrix(1, kLength).data;
  step.gradients = matrix(1, kLength).data;
  step.slots = slots.data();
  step.segments = segments.data();
  step.segment_count = 2;
  step.prologues = prologues.data();
  step.scalars = scalars.data();
  step.row_count = 2;
}

void Operations::fill_noise() {
  noise.struct_size = sizeof(noise);
  noise.noise = NOPT_NOISE_DROPOUT;
  noise.rate = 0.5;
  noise.scale = 2;
  noise.x = matrix(kBatch, kOut);
  noise.y = matrix(kBatch, kOut);
}

void Operations::fill_normalization() {
  normalize.struct_size = sizeof(normalize);
  normalize.normalization = NOPT_NORMALIZATION_BATCH;
  normalize.epsilon = 1e-3;
  normalize.momentum = 0.9;
  normalize.x = matrix(kBatch, kOut);
  normalize.gamma = matrix(1, kOut);
  normalize.beta = matrix(1, kOut);
  normalize.moving_mean = matrix(1, kOut);
  normalize.moving_variance = matrix(1, kOut);
  normalize.mean = matrix(1, kOut);
  normalize.inverse = matrix(1, kOut);
  normalize.y = matrix(kBatch, kOut);
  differentiate.struct_size = sizeof(differentiate);
  differentiate.normalization = NOPT_NORMALIZATION_BATCH;
  differentiate.x = matrix(kBatch, kOut);
  differentiate.gamma = matrix(1, kOut);
  differentiate.mean = matrix(1, kOut);
  differentiate.inverse = matrix(1, kOut);
  differentiate.dy = matrix(kBatch, kOut);
  differentiate.dgamma = matrix(1, kOut);
  differentiate.dbeta = matrix(1, kOut);
  differentiate.dx = matrix(kBatch, kOut);
}

void Operations::fill_weights() {
  constraint.struct_size = sizeof(constraint);
  constraint.constraint = NOPT_CONSTRAINT_MAX_NORM;
  constraint.maximum = 2;
  constraint.rate = 1;
  constraint.epsilon = 1e-7;
  constraint.w = matrix(kIn, kOut);
  average.struct_size = sizeof(average);
  average.keep = 0.99;
  average.w = matrix(kIn, kOut);
  average.a = matrix(kIn, kOut);
  penalty.struct_size = sizeof(penalty);
  penalty.l1 = 0.01;
  penalty.l2 = 0.02;
  penalty.gradient_scale = 1;
  penalty.x = matrix(kIn, kOut);
  penalty.dx = matrix(kIn, kOut);
  penalty.value = &penalty_value;
}

void Operations::fill_matrix_step() {
  matrix_scalars = {0.95, 0.05, 0.05, 0.95, 1e-7, 0, 0.01};
  coefficients = {3.4445, -4.775, 2.0315, 3.4445, -4.775, 2.0315};
  matrix_slots = {matrix(1, kIn * kOut).data};
  matrix_step.struct_size = sizeof(matrix_step);
  EXPECT_EQ(nopt_optimizer_find("muon", &matrix_step.optimizer), NOPT_OK) << nopt_last_error();
  matrix_step.slot_count = 1;
  matrix_step.scalar_count = 7;
  matrix_step.rows = kIn;
  matrix_step.columns = kOut;
  matrix_step.parameters = matrix(1, kIn * kOut).data;
  matrix_step.gradients = matrix(1, kIn * kOut).data;
  matrix_step.slots = matrix_slots.data();
  matrix_step.prologue = &matrix_prologue;
  matrix_step.scalars = matrix_scalars.data();
  matrix_step.coefficients = coefficients.data();
  matrix_step.coefficient_count = 6;
}

void Operations::fill_gradients() {
  norm.struct_size = sizeof(norm);
  norm.order = 2;
  norm.length = kLength;
  norm.parameters = matrix(1, kLength).data;
  norm.gradients = matrix(1, kLength).data;
  norm.segments = segments.data();
  norm.segment_count = 2;
  norm.prologues = prologues.data();
  norm.row_count = 2;
  norm.norms = norms.data();
  norm.non_finite_counts = non_finite_counts.data();
  clip.struct_size = sizeof(clip);
  clip.clipping = 0.1;
  clip.epsilon = 1e-3;
  clip.gradient_scale = 1;
  clip.w = matrix(kIn, kOut);
  clip.g = matrix(kIn, kOut);
  clip.y = matrix(kIn, kOut);
  centralize.struct_size = sizeof(centralize);
  centralize.prologue = prologues.data();
  centralize.w = matrix(kIn, kOut);
  centralize.g = matrix(kIn, kOut);
  centralize.y = matrix(kIn, kOut);
}

const void* Operations::args_of(int32_t kind) const {
  switch (kind) {
    case NOPT_OP_DENSE_FORWARD:
      return &forward;
    case NOPT_OP_DENSE_BACKWARD:
      return &backward;
    case NOPT_OP_ACTIVATION:
      return &activation;
    case NOPT_OP_LOSS:
      return &loss;
    case NOPT_OP_OPTIMIZER_STEP:
      return &step;
    case NOPT_OP_MATRIX_STEP:
      return &matrix_step;
    case NOPT_OP_GRADIENT_NORM:
      return &norm;
    case NOPT_OP_ADAPTIVE_CLIP:
      return &clip;
    case NOPT_OP_CENTRALIZE:
      return &centralize;
    case NOPT_OP_ACTIVATION_BACKWARD:
      return &activation_backward;
    case NOPT_OP_NOISE:
      return &noise;
    case NOPT_OP_NORMALIZATION_FORWARD:
      return &normalize;
    case NOPT_OP_NORMALIZATION_BACKWARD:
      return &differentiate;
    case NOPT_OP_CONSTRAINT:
      return &constraint;
    case NOPT_OP_AVERAGE:
      return &average;
    case NOPT_OP_PENALTY:
      return &penalty;
    default:
      return &uniform;
  }
}

nopt_status Operations::run(int32_t kind, const void* args) {
  const nopt_op op = {sizeof(nopt_op), kind, args};
  return nopt_plan_run(context, &op, 1);
}

nopt_status Operations::run(int32_t kind) {
  return run(kind, args_of(kind));
}

void Operations::expect_failure(int32_t kind, const void* args, nopt_status status,
                                const std::vector<std::string>& words) {
  const std::vector<float> before = memory_;
  EXPECT_STREQ(nopt_status_name(run(kind, args)), nopt_status_name(status)) << nopt_last_error();
  const std::string message = nopt_last_error();
  for (const std::string& word : words)
    EXPECT_NE(message.find(word), std::string::npos) << word << " is not in: " << message;
  EXPECT_EQ(std::memcmp(memory_.data(), before.data(), before.size() * sizeof(float)), 0) << "a buffer was written";
  EXPECT_EQ(loss_sum, -1);
  EXPECT_EQ(correct_count, -1);
  EXPECT_EQ(norms, std::vector<double>({-1, -1}));
  EXPECT_EQ(non_finite_counts, std::vector<int64_t>({-1, -1}));
  EXPECT_EQ(penalty_value, -1);
}

void Operations::expect_failure(int32_t kind, nopt_status status, const std::vector<std::string>& words) {
  expect_failure(kind, args_of(kind), status, words);
}

#define NOPT_MATRIX(kind, args, field, required)                        \
  {                                                                     \
    kind, #field, required, [](Operations& o) { return &o.args.field; } \
  }

const std::vector<MatrixArgument>& matrix_arguments() {
  static const std::vector<MatrixArgument> all = {
      NOPT_MATRIX(NOPT_OP_DENSE_FORWARD, forward, x, true),
      NOPT_MATRIX(NOPT_OP_DENSE_FORWARD, forward, w, true),
      NOPT_MATRIX(NOPT_OP_DENSE_FORWARD, forward, b, false),
      NOPT_MATRIX(NOPT_OP_DENSE_FORWARD, forward, z, false),
      NOPT_MATRIX(NOPT_OP_DENSE_FORWARD, forward, y, true),
      NOPT_MATRIX(NOPT_OP_DENSE_BACKWARD, backward, x, true),
      NOPT_MATRIX(NOPT_OP_DENSE_BACKWARD, backward, w, true),
      NOPT_MATRIX(NOPT_OP_DENSE_BACKWARD, backward, y, true),
      NOPT_MATRIX(NOPT_OP_DENSE_BACKWARD, backward, z, false),
      NOPT_MATRIX(NOPT_OP_DENSE_BACKWARD, backward, dy, true),
      NOPT_MATRIX(NOPT_OP_DENSE_BACKWARD, backward, dw, false),
      NOPT_MATRIX(NOPT_OP_DENSE_BACKWARD, backward, db, false),
      NOPT_MATRIX(NOPT_OP_DENSE_BACKWARD, backward, dx, false),
      NOPT_MATRIX(NOPT_OP_ACTIVATION, activation, x, true),
      NOPT_MATRIX(NOPT_OP_ACTIVATION, activation, y, true),
      NOPT_MATRIX(NOPT_OP_LOSS, loss, y, true),
      NOPT_MATRIX(NOPT_OP_LOSS, loss, targets, true),
      NOPT_MATRIX(NOPT_OP_LOSS, loss, sample_weights, false),
      NOPT_MATRIX(NOPT_OP_LOSS, loss, dy, false),
      NOPT_MATRIX(NOPT_OP_LOSS, loss, class_weights, false),
      NOPT_MATRIX(NOPT_OP_RANDOM_UNIFORM, uniform, y, true),
      NOPT_MATRIX(NOPT_OP_ADAPTIVE_CLIP, clip, w, true),
      NOPT_MATRIX(NOPT_OP_ADAPTIVE_CLIP, clip, g, true),
      NOPT_MATRIX(NOPT_OP_ADAPTIVE_CLIP, clip, y, true),
      NOPT_MATRIX(NOPT_OP_CENTRALIZE, centralize, w, true),
      NOPT_MATRIX(NOPT_OP_CENTRALIZE, centralize, g, true),
      NOPT_MATRIX(NOPT_OP_CENTRALIZE, centralize, y, true),
      NOPT_MATRIX(NOPT_OP_ACTIVATION_BACKWARD, activation_backward, x, true),
      NOPT_MATRIX(NOPT_OP_ACTIVATION_BACKWARD, activation_backward, y, false),
      NOPT_MATRIX(NOPT_OP_ACTIVATION_BACKWARD, activation_backward, slopes, true),
      NOPT_MATRIX(NOPT_OP_ACTIVATION_BACKWARD, activation_backward, dy, true),
      NOPT_MATRIX(NOPT_OP_ACTIVATION_BACKWARD, activation_backward, dslopes, false),
      NOPT_MATRIX(NOPT_OP_ACTIVATION_BACKWARD, activation_backward, dx, false),
      NOPT_MATRIX(NOPT_OP_NOISE, noise, x, true),
      NOPT_MATRIX(NOPT_OP_NOISE, noise, y, true),
      NOPT_MATRIX(NOPT_OP_NORMALIZATION_FORWARD, normalize, x, true),
      NOPT_MATRIX(NOPT_OP_NORMALIZATION_FORWARD, normalize, gamma, false),
      NOPT_MATRIX(NOPT_OP_NORMALIZATION_FORWARD, normalize, beta, false),
      NOPT_MATRIX(NOPT_OP_NORMALIZATION_FORWARD, normalize, moving_mean, true),
      NOPT_MATRIX(NOPT_OP_NORMALIZATION_FORWARD, normalize, moving_variance, true),
      NOPT_MATRIX(NOPT_OP_NORMALIZATION_FORWARD, normalize, mean, false),
      NOPT_MATRIX(NOPT_OP_NORMALIZATION_FORWARD, normalize, inverse, false),
      NOPT_MATRIX(NOPT_OP_NORMALIZATION_FORWARD, normalize, y, true),
      NOPT_MATRIX(NOPT_OP_NORMALIZATION_BACKWARD, differentiate, x, true),
      NOPT_MATRIX(NOPT_OP_NORMALIZATION_BACKWARD, differentiate, gamma, false),
      NOPT_MATRIX(NOPT_OP_NORMALIZATION_BACKWARD, differentiate, mean, true),
      NOPT_MATRIX(NOPT_OP_NORMALIZATION_BACKWARD, differentiate, inverse, true),
      NOPT_MATRIX(NOPT_OP_NORMALIZATION_BACKWARD, differentiate, dy, true),
      NOPT_MATRIX(NOPT_OP_NORMALIZATION_BACKWARD, differentiate, dgamma, false),
      NOPT_MATRIX(NOPT_OP_NORMALIZATION_BACKWARD, differentiate, dbeta, false),
      NOPT_MATRIX(NOPT_OP_NORMALIZATION_BACKWARD, differentiate, dx, false),
      NOPT_MATRIX(NOPT_OP_CONSTRAINT, constraint, w, true),
      NOPT_MATRIX(NOPT_OP_AVERAGE, average, w, true),
      NOPT_MATRIX(NOPT_OP_AVERAGE, average, a, true),
      NOPT_MATRIX(NOPT_OP_PENALTY, penalty, x, true),
      NOPT_MATRIX(NOPT_OP_PENALTY, penalty, dx, false),
  };
  return all;
}

}  // namespace testing_abi
}  // namespace nopt
