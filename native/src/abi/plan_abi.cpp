// nopt_plan_run: all operations are checked, then all are run.
#include <algorithm>
#include <cinttypes>
#include <cstdio>

#include "abi/context.h"
#include "abi/guard.h"
#include "abi/struct_check.h"
#include "abi/validate.h"
#include "core/fp_mode.h"
#include "kernels/activation.h"
#include "kernels/adaptive_clip.h"
#include "kernels/average.h"
#include "kernels/centralize.h"
#include "kernels/constraint.h"
#include "kernels/dense_backward.h"
#include "kernels/dense_forward.h"
#include "kernels/gradient_norm.h"
#include "kernels/loss.h"
#include "kernels/noise.h"
#include "kernels/normalization.h"
#include "kernels/penalty.h"
#include "kernels/random_uniform.h"
#include "optimizers/matrix/registry.h"
#include "optimizers/step.h"

namespace nopt {
namespace {

constexpr int64_t kMaxOps = int64_t{1} << 20;

template <class Args>
nopt_status check_args(const OpSite& site, const void* args, nopt_status (*validate)(const OpSite&, const Args&)) {
  if (!is_current_struct(static_cast<const Args*>(args))) {
    char name[64];
    std::snprintf(name, sizeof(name), "ops[%" PRId64 "].%s", site.index, site.name);
    NOPT_CHECK(check_struct(name, static_cast<const Args*>(args)));
  }
  return validate(site, *static_cast<const Args*>(args));
}

nopt_status check_op(int64_t index, const nopt_op& op) {
  switch (op.kind) {
    case NOPT_OP_DENSE_FORWARD:
      return check_args({index, "dense_forward"}, op.args, validate_dense_forward);
    case NOPT_OP_DENSE_BACKWARD:
      return check_args({index, "dense_backward"}, op.args, validate_dense_backward);
    case NOPT_OP_ACTIVATION:
      return check_args({index, "activation"}, op.args, validate_activation);
    case NOPT_OP_LOSS:
      return check_args({index, "loss"}, op.args, validate_loss);
    case NOPT_OP_OPTIMIZER_STEP:
      return check_args({index, "optimizer_step"}, op.args, validate_optimizer_step);
    case NOPT_OP_MATRIX_STEP:
      return check_args({index, "matrix_step"}, op.args, validate_matrix_step);
    case NOPT_OP_RANDOM_UNIFORM:
      return check_args({index, "random_uniform"}, op.args, validate_random_uniform);
    case NOPT_OP_ACTIVATION_BACKWARD:
      return check_args({index, "activation_backward"}, op.args, validate_activation_backward);
    case NOPT_OP_NOISE:
      return check_args({index, "noise"}, op.args, validate_noise);
    case NOPT_OP_NORMALIZATION_FORWARD:
      return check_args({index, "normalization_forward"}, op.args, validate_normalization_forward);
    case NOPT_OP_NORMALIZATION_BACKWARD:
      return check_args({index, "normalization_backward"}, op.args, validate_normalization_backward);
    case NOPT_OP_CONSTRAINT:
      return check_args({index, "constraint"}, op.args, validate_constraint);
    case NOPT_OP_AVERAGE:
      return check_args({index, "average"}, op.args, validate_average);
    case NOPT_OP_PENALTY:
      return check_args({index, "penalty"}, op.args, validate_penalty);
    case NOPT_OP_GRADIENT_NORM:
      return check_args({index, "gradient_norm"}, op.args, validate_gradient_norm);
    case NOPT_OP_ADAPTIVE_CLIP:
      return check_args({index, "adaptive_clip"}, op.args, validate_adaptive_clip);
    case NOPT_OP_CENTRALIZE:
      return check_args({index, "centralize"}, op.args, validate_centralize);
    default:
      return fail(NOPT_ERROR_ARGUMENT, "ops[%" PRId64 "].kind is %" PRId32 ", and must be 1 to %d", index, op.kind,
                  static_cast<int>(NOPT_OP_CENTRALIZE));
  }
}

// Operations lie side by side in the size that the caller's header gives them.
struct OpList {
  const nopt_op* first;
  int64_t count;

  const nopt_op& operator[](int64_t index) const {
    return *reinterpret_cast<const nopt_op*>(reinterpret_cast<const char*>(first) + index * first->struct_size);
  }
};

nopt_status check_op_struct(const OpList& ops, int64_t index) {
  const uint32_t size = ops.first->struct_size;
  if (size == sizeof(nopt_op) && is_current_struct(&ops[index])) return NOPT_OK;
  char name[32];
  std::snprintf(name, sizeof(name), "ops[%" PRId64 "]", index);
  NOPT_CHECK(check_struct(name, &ops[index]));
  if (ops[index].struct_size != size || size % alignof(nopt_op) != 0) {
    return fail(NOPT_ERROR_STRUCT_SIZE,
                "%s.struct_size is %" PRIu32 ", and must be that of ops[0], %" PRIu32 ", a multiple of %zu", name,
                ops[index].struct_size, size, alignof(nopt_op));
  }
  return NOPT_OK;
}

nopt_status check_plan(const OpList& ops) {
  if (ops.count < 0 || ops.count > kMaxOps) {
    return fail(NOPT_ERROR_ARGUMENT, "op_count is %" PRId64 ", and must be 0 to %" PRId64, ops.count, kMaxOps);
  }
  if (ops.count > 0) NOPT_CHECK(check_pointer("ops", ops.first, alignof(nopt_op)));
  for (int64_t i = 0; i < ops.count; ++i) {
    NOPT_CHECK(check_op_struct(ops, i));
    NOPT_CHECK(check_op(i, ops[i]));
  }
  return NOPT_OK;
}

template <class Args>
const Args& as(const nopt_op& op) {
  return *static_cast<const Args*>(op.args);
}

void run_ops(const Execution& execution, const OpList& ops) {
  for (int64_t i = 0; i < ops.count; ++i) {
    const nopt_op& op = ops[i];
    switch (op.kind) {
      case NOPT_OP_DENSE_FORWARD:
        run_dense_forward(execution, as<nopt_dense_forward_args>(op));
        break;
      case NOPT_OP_DENSE_BACKWARD:
        run_dense_backward(execution, as<nopt_dense_backward_args>(op));
        break;
      case NOPT_OP_ACTIVATION:
        run_activation(execution, as<nopt_activation_args>(op));
        break;
      case NOPT_OP_LOSS:
        run_loss(execution, as<nopt_loss_args>(op));
        break;
      case NOPT_OP_OPTIMIZER_STEP:
        run_optimizer_step(execution, as<nopt_optimizer_step_args>(op));
        break;
      case NOPT_OP_MATRIX_STEP:
        run_matrix_step(execution, as<nopt_matrix_step_args>(op));
        break;
      case NOPT_OP_RANDOM_UNIFORM:
        run_random_uniform(execution, as<nopt_random_uniform_args>(op));
        break;
      case NOPT_OP_ACTIVATION_BACKWARD:
        run_activation_backward(execution, as<nopt_activation_backward_args>(op));
        break;
      case NOPT_OP_NOISE:
        run_noise(execution, as<nopt_noise_args>(op));
        break;
      case NOPT_OP_NORMALIZATION_FORWARD:
        run_normalization_forward(execution, as<nopt_normalization_forward_args>(op));
        break;
      case NOPT_OP_NORMALIZATION_BACKWARD:
        run_normalization_backward(execution, as<nopt_normalization_backward_args>(op));
        break;
      case NOPT_OP_CONSTRAINT:
        run_constraint(execution, as<nopt_constraint_args>(op));
        break;
      case NOPT_OP_AVERAGE:
        run_average(execution, as<nopt_average_args>(op));
        break;
      case NOPT_OP_PENALTY:
        run_penalty(execution, as<nopt_penalty_args>(op));
        break;
      case NOPT_OP_GRADIENT_NORM:
        run_gradient_norm(execution, as<nopt_gradient_norm_args>(op));
        break;
      case NOPT_OP_ADAPTIVE_CLIP:
        run_adaptive_clip(execution, as<nopt_adaptive_clip_args>(op));
        break;
      case NOPT_OP_CENTRALIZE:
        run_centralize(execution, as<nopt_centralize_args>(op));
        break;
      default:
        break;
    }
  }
}

// Execution::bytes_per_weight of a plan. A plan that only makes gradients counts as one with the least of optimizers.
int64_t bytes_per_weight(const OpList& ops) {
  constexpr int64_t kLeast = 3 * sizeof(float);
  int64_t bytes = 0;
  for (int64_t i = 0; i < ops.count; ++i) {
    if (ops[i].kind == NOPT_OP_OPTIMIZER_STEP) {
      bytes = std::max(bytes, bytes_per_parameter(as<nopt_optimizer_step_args>(ops[i])));
    } else if (ops[i].kind == NOPT_OP_DENSE_BACKWARD) {
      bytes = std::max(bytes, kLeast);
    }
  }
  return bytes;
}

nopt_status check_and_run(const Execution& execution, const OpList& ops) {
  NOPT_CHECK(check_plan(ops));
  Execution of_plan = execution;
  of_plan.bytes_per_weight = bytes_per_weight(ops);
  run_ops(of_plan, ops);
  return NOPT_OK;
}

// The compiler must not see what is called between the two changes of the floating-point mode: it would move arithmetic
// across them. The checks stand between them too: they compare numbers, and the caller may have exceptions unmasked.
using CheckAndRun = nopt_status (*)(const Execution&, const OpList&);
CheckAndRun const volatile opaque_check_and_run = check_and_run;

}  // namespace
}  // namespace nopt

extern "C" nopt_status nopt_plan_run(uint64_t context, const nopt_op* ops, int64_t op_count) {
  return nopt::guarded([&] {
    nopt::Execution execution = {};
    NOPT_CHECK(nopt::find_context(context, &execution));
    const nopt::FpModeGuard guard;
    return nopt::opaque_check_and_run(execution, {ops, op_count});
  });
}
