// One product, measured with every participant in turns.
#ifndef NOPT_BENCHMARKS_GEMM_PEERS_MEASURE_H
#define NOPT_BENCHMARKS_GEMM_PEERS_MEASURE_H

#include <vector>

#include "gemm_peers/peer.h"
#include "turns.h"

namespace nopt {

struct Measurement {
  double peak = 0.0;          // of fused multiply-adds on one thread, 10^9 operations a second
  std::vector<Spread> rates;  // of the participants, in their order; 0 where one does not offer the product
  bool results_agree = true;  // all products are the first participant's within rounding
};

// In each of `rounds` rounds every participant has one turn.
struct Turns {
  int rounds;
  double seconds;  // that a turn fills, about
  double pause;    // seconds before it, in which the threads of the participant before stop waiting for more work
};

// Medians and quartiles over the rounds.
Measurement measure(const GemmProduct& product, const std::vector<GemmPeer>& participants, const Turns& turns);

}  // namespace nopt

#endif  // NOPT_BENCHMARKS_GEMM_PEERS_MEASURE_H
