// Matrix products with this library's own kernels.
#ifndef NOPT_GEMM_OWN_H
#define NOPT_GEMM_OWN_H

#include "core/isa.h"
#include "gemm/product.h"

namespace nopt {

// With fewer rows of C than this, a panel of B is read where it lies: packing it would cost more than it saves.
constexpr int64_t kOwnPackRows = 96;

// On the calling thread; may throw std::bad_alloc while scratch memory grows. Each element of C is the sum over k in
// ascending order, cut at fixed edges, so that its bits do not depend on how C is divided into blocks.
void own_gemm(Isa isa, const GemmProduct& product);

}  // namespace nopt

#endif  // NOPT_GEMM_OWN_H
