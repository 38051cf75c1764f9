// How one call is to be carried out: decided by the context, passed down to every kernel.
#ifndef NOPT_CORE_EXECUTION_H
#define NOPT_CORE_EXECUTION_H

#include <cstdint>

#include "core/isa.h"

namespace nopt {

struct Execution {
  Isa isa;
  int gemm;          // nopt_gemm
  int thread_count;  // threads that may share one operation, the caller included

  // Bytes that the optimizer of the plan moves for each weight, 0 where it has none. Weights that are worth sharing
  // then are shared in the products before too: what moves between two caches costs more than the arithmetic of a
  // product.
  int64_t bytes_per_weight = 0;
};

}  // namespace nopt

#endif  // NOPT_CORE_EXECUTION_H
