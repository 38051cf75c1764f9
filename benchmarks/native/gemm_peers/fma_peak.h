// The limit of every matrix product on this machine.
#ifndef NOPT_BENCHMARKS_GEMM_PEERS_FMA_PEAK_H
#define NOPT_BENCHMARKS_GEMM_PEERS_FMA_PEAK_H

#include <cstdint>

#include "core/isa.h"

namespace nopt {

// Multiplies and adds in registers only, `rounds` times; returns the floating-point operations it did.
int64_t run_fma_peak(Isa isa, int64_t rounds);

}  // namespace nopt

#endif  // NOPT_BENCHMARKS_GEMM_PEERS_FMA_PEAK_H
