// How one call is to be carried out: decided by the context, passed down to every kernel.
#ifndef NOPT_CORE_EXECUTION_H
#define NOPT_CORE_EXECUTION_H

#include "core/isa.h"

namespace nopt {

struct Execution {
  Isa isa;
  int gemm;          // nopt_gemm
  int thread_count;  // threads that may share one operation, the caller included
};

}  // namespace nopt

#endif  // NOPT_CORE_EXECUTION_H
