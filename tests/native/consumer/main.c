/* Takes one step of gradient descent through the installed library: exit code 0 if the weights are right. */
#include <nativeopt/nativeopt.h>
#include <string.h>

static int step(uint64_t context, float* weights, float* gradients, int64_t count, double learning_rate) {
  nopt_segment segment = {0, count, 0};
  nopt_prologue prologue = {1, 0, 0, 0, 0, 1};
  nopt_optimizer_step_args args;
  nopt_op op;
  memset(&args, 0, sizeof(args));
  args.struct_size = sizeof(args);
  args.scalar_count = 1;
  args.length = count;
  args.parameters = weights;
  args.gradients = gradients;
  args.segments = &segment;
  args.segment_count = 1;
  args.prologues = &prologue;
  args.scalars = &learning_rate;
  args.row_count = 1;
  op.struct_size = sizeof(op);
  op.kind = NOPT_OP_OPTIMIZER_STEP;
  op.args = &args;
  return nopt_optimizer_find("sgd", &args.optimizer) == NOPT_OK && nopt_plan_run(context, &op, 1) == NOPT_OK;
}

int main(void) {
  float weights[2] = {1.0f, 2.0f};
  float gradients[2] = {2.0f, -4.0f};
  uint64_t context = 0;
  if (nopt_abi_version() != NOPT_ABI_VERSION) return 1;
  if (nopt_context_create(NULL, &context) != NOPT_OK) return 2;
  if (!step(context, weights, gradients, 2, 0.5)) return 3;
  if (weights[0] != 0.0f || weights[1] != 4.0f) return 4;
  return nopt_context_destroy(context) == NOPT_OK ? 0 : 5;
}
