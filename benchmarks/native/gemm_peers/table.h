// The comparison as a Markdown table.
#ifndef NOPT_BENCHMARKS_GEMM_PEERS_TABLE_H
#define NOPT_BENCHMARKS_GEMM_PEERS_TABLE_H

#include <cmath>

#include "gemm_peers/measure.h"
#include "gemm_peers/shapes.h"

namespace nopt {

// Geometric mean and least of ratios.
class Ratios {
 public:
  void add(double ratio) {
    log_sum_ += std::log(ratio);
    least_ = ratio < least_ ? ratio : least_;
    ++count_;
  }
  int count() const { return count_; }
  double mean() const { return std::exp(log_sum_ / count_); }
  double least() const { return least_; }

 private:
  double log_sum_ = 0.0;
  double least_ = HUGE_VAL;
  int count_ = 0;
};

// Participants below this index are this library, the first as it chooses by itself; the others are peers.
constexpr size_t kOwnParticipants = 3;

class Table {
 public:
  Table(const std::vector<GemmPeer>& participants, int threads) : participants_(participants), threads_(threads) {}

  void print_head() const;
  void print_row(int64_t batch, int64_t in, int64_t out, Pass pass, const Measurement& measurement);
  // Geometric means over all rows.
  void print_summary() const;

 private:
  const std::vector<GemmPeer>& participants_;
  const int threads_;
  Ratios to_best_, to_openblas_, small_to_openblas_;
};

}  // namespace nopt

#endif  // NOPT_BENCHMARKS_GEMM_PEERS_TABLE_H
