#include "gemm_peers/table.h"

#include <algorithm>
#include <cstdio>

namespace nopt {
namespace {

constexpr int64_t kSmallBatch = 64;

void print_ratios(const char* what, const Ratios& ratios) {
  if (ratios.count() == 0) return;
  std::printf("- %s: geometric mean %.2f, least %.2f (%d products)\n", what, ratios.mean(), ratios.least(),
              ratios.count());
}

void print_cell(double value, int decimals) {
  if (value > 0.0) {
    std::printf(" %.*f |", decimals, value);
  } else {
    std::printf(" - |");
  }
}

}  // namespace

void Table::print_head() const {
  std::printf("\n| batch | in x out | product | share of FMA peak | to best peer | to OpenBLAS |");
  for (const GemmPeer& participant : participants_) std::printf(" %s |", participant.name.c_str());
  std::printf("\n|---:|---|---|---:|---:|---:|");
  for (size_t i = 0; i < participants_.size(); ++i) std::printf("---:|");
  std::printf("\n");
}

void Table::print_row(int64_t batch, int64_t in, int64_t out, Pass pass, const Measurement& measurement) {
  const std::vector<double>& rates = measurement.rates;
  double best = 0.0, openblas = 0.0;
  for (size_t i = kOwnParticipants; i < rates.size(); ++i) {
    best = std::max(best, rates[i]);
    if (participants_[i].name == "OpenBLAS") openblas = rates[i];
  }
  const double to_best = best > 0.0 ? rates[0] / best : 0.0;
  const double to_openblas = openblas > 0.0 ? rates[0] / openblas : 0.0;
  std::printf("| %lld | %lldx%lld | %s |", static_cast<long long>(batch), static_cast<long long>(in),
              static_cast<long long>(out), pass_name(pass));
  std::printf(" %.0f %% |", 100.0 * rates[0] / (measurement.peak * threads_));
  print_cell(to_best, 2);
  print_cell(to_openblas, 2);
  for (const double rate : rates) print_cell(rate, 1);
  std::printf("%s\n", measurement.results_agree ? "" : " RESULTS DIFFER");
  std::fflush(stdout);
  if (to_best > 0.0) to_best_.add(to_best);
  if (to_openblas > 0.0) to_openblas_.add(to_openblas);
  if (to_openblas > 0.0 && batch <= kSmallBatch) small_to_openblas_.add(to_openblas);
}

void Table::print_summary() const {
  std::printf("\n");
  print_ratios("to the best peer", to_best_);
  print_ratios("to OpenBLAS", to_openblas_);
  print_ratios("to OpenBLAS, batch up to 64", small_to_openblas_);
}

}  // namespace nopt
