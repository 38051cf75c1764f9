// Matrix products with this library's own kernels.
#ifndef NOPT_GEMM_OWN_H
#define NOPT_GEMM_OWN_H

#include "core/isa.h"
#include "gemm/product.h"

namespace nopt {

// With fewer rows of C than this, a panel of B is read where it lies: packing it would cost more than it saves.
constexpr int64_t kOwnPackRows = 96;

// Columns of the widest panel of B.
constexpr int64_t kOwnPanelColumns = 64;

// Steps of k between two visits of C: a panel of B then stays in the second-level cache. The edges are fixed, and
// partial sums are added in their order.
constexpr int64_t kOwnDepth = 512;

// Floats of workspace for a product with inner dimension k.
int64_t own_gemm_workspace(int64_t k);

// On the calling thread, without allocating. Each element of C is the sum over k in ascending order, cut at fixed
// edges, so that its bits do not depend on how C is divided into blocks. The workspace is 64-byte aligned.
void own_gemm(Isa isa, const GemmProduct& product, float* workspace);

}  // namespace nopt

#endif  // NOPT_GEMM_OWN_H
