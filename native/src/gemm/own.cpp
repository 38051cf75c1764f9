#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "gemm/own.cpp"
#include "hwy/foreach_target.h"

#include "core/isa_table.h"
#include "gemm/own.h"
#include "gemm/panels-inl.h"
#include "gemm/shallow-inl.h"
#include "gemm/transposed-inl.h"
#include "gemm/vector-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

void multiply(const OwnPlan& plan, const GemmProduct& product, float* workspace) {
  switch (plan.method) {
    case OwnMethod::kPanels:
      return multiply_panels(product, plan, workspace);
    case OwnMethod::kShallow:
      return multiply_shallow(product, workspace);
    case OwnMethod::kTransposed:
      return multiply_transposed(product, plan.depth, workspace);
    case OwnMethod::kVector:
      return multiply_vector(product, workspace);
  }
}

NOPT_KERNEL_NAMESPACE_END

#if HWY_ONCE
namespace nopt {
namespace {
constexpr IsaTable<void(const OwnPlan&, const GemmProduct&, float*)> kMultiply = NOPT_ISA_TABLE(multiply);
}

int64_t own_gemm_workspace(const OwnPlan& plan, int64_t columns, int64_t k) {
  switch (plan.method) {
    case OwnMethod::kPanels:
      return plan.depth * kOwnPanelColumns;
    case OwnMethod::kShallow:
      return k * ((columns + kOwnPanelColumns - 1) / kOwnPanelColumns * kOwnPanelColumns);
    case OwnMethod::kTransposed:
      return (plan.depth + kOwnPieceRows) * kOwnPanelColumns;
    case OwnMethod::kVector:
      return k > columns ? k : columns;
  }
  return 0;
}

void own_gemm(Isa isa, const OwnPlan& plan, const GemmProduct& product, float* workspace) {
  kMultiply[isa](plan, product, workspace);
}

}  // namespace nopt
#endif
