// Matrix products with this library's own kernels.
#ifndef NOPT_GEMM_OWN_H
#define NOPT_GEMM_OWN_H

#include "core/isa.h"
#include "gemm/product.h"

namespace nopt {

enum class OwnMethod {
  kPanels,      // of B; rows of A are read where they lie
  kShallow,     // the same for short sums
  kTransposed,  // C^T from panels of A; rows of B are read where they lie. For few rows, or few columns
  kVector       // one row of C, or one step of k
};

// How a product is computed. Each element of C is a sum over k whose order depends on this alone, and not on how C is
// divided into blocks.
struct OwnPlan {
  OwnMethod method;
  // Steps of k between two visits of C, for panels. The edges are fixed, partial sums are added in order.
  int64_t depth;
  // Whether panels of B are packed before they are used for the second time; the bits do not depend on this.
  bool packed;
  // Whether B and C come from beyond the second-level cache, so that fetching them early pays. Neither on this.
  bool streamed;
};

// Columns of the widest panel.
constexpr int64_t kOwnPanelColumns = 64;

// Rows of C^T that are computed before they are transposed into C.
constexpr int64_t kOwnPieceRows = 48;

// Floats of workspace for a product with `columns` columns and inner dimension k.
int64_t own_gemm_workspace(const OwnPlan& plan, int64_t columns, int64_t k);

// On the calling thread, without allocating. The workspace is 64-byte aligned.
void own_gemm(Isa isa, const OwnPlan& plan, const GemmProduct& product, float* workspace);

}  // namespace nopt

#endif  // NOPT_GEMM_OWN_H
