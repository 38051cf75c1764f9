// Matrix products of dense layers: this library beside OpenBLAS, oneDNN, BLIS and libxsmm, in turns within one process.
// Prints CSV: for each product and participant the median and the quartiles, in 10^9 operations a second.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "core/fp_mode.h"
#include "gemm/gemm.h"
#include "gemm/openblas.h"
#include "gemm_peers/measure.h"
#include "gemm_peers/shapes.h"

namespace nopt {
namespace {

constexpr const char* kUsage =
    "usage: gemm_peers [--rounds N] [--threads N] [--millis N] [--filter TEXT]\n"
    "  --rounds   turns of each participant with each product (5)\n"
    "  --threads  of each participant (1)\n"
    "  --millis   of a turn (4)\n"
    "  --filter   only products whose name, such as \"32x784x128 dw = x^T dy\", contains this\n";

// OpenBLAS keeps its threads busy the longest after a call.
constexpr double kPause = 0.04;

struct Options {
  int rounds = 5;
  int threads = 1;
  double seconds = 0.004;
  std::string filter;
};

bool parse(int count, char** arguments, Options* options) {
  for (int i = 1; i < count; i += 2) {
    if (i + 1 == count) return false;
    const std::string name = arguments[i];
    const char* const value = arguments[i + 1];
    if (name == "--rounds") {
      options->rounds = std::atoi(value);
    } else if (name == "--threads") {
      options->threads = std::atoi(value);
    } else if (name == "--millis") {
      options->seconds = std::atof(value) * 1e-3;
    } else if (name == "--filter") {
      options->filter = value;
    } else {
      return false;
    }
  }
  return options->rounds > 0 && options->threads > 0 && options->seconds > 0.0;
}

// Peers read their number of threads, and OpenBLAS its kernels, when they are loaded: the program sets the variables
// and starts itself again. OpenBLAS would not know processors newer than itself.
void restart_with_environment(int threads, char** arguments) {
  constexpr const char* kRestarted = "NOPT_GEMM_PEERS_RESTARTED";
  if (std::getenv(kRestarted) != nullptr) return;
  const std::string count = std::to_string(threads);
  for (const char* name : {"OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"}) {
    setenv(name, count.c_str(), 1);
  }
  setenv("OPENBLAS_CORETYPE", best_isa() == Isa::kAvx512 ? "SkylakeX" : "Haswell", 1);
  setenv(kRestarted, "1", 1);
  execv("/proc/self/exe", arguments);
}

void add_this_library(const char* name, int implementation, int threads, std::vector<GemmPeer>* participants) {
  const Execution execution = benchmark_execution(threads, implementation);
  participants->push_back({name, [execution](const GemmProduct& product) -> GemmRun {
                             return [=] { gemm(execution, product, nullptr); };
                           }});
}

std::vector<GemmPeer> find_participants(int threads) {
  std::vector<GemmPeer> participants;
  std::vector<std::string> missing;
  add_this_library("NativeOpt", NOPT_GEMM_AUTO, threads, &participants);
  add_this_library("own kernels", NOPT_GEMM_OWN, threads, &participants);
  add_this_library("through OpenBLAS", NOPT_GEMM_OPENBLAS, threads, &participants);
  add_openblas(&participants, &missing);
  add_onednn(&participants, &missing);
  add_blis(&participants, &missing);
  add_libxsmm(threads, &participants, &missing);
  for (const std::string& name : missing) std::fprintf(stderr, "skipped: %s\n", name.c_str());
  return participants;
}

void print(const Options& options, const std::string& product, const std::vector<GemmPeer>& participants,
           const Measurement& measurement) {
  for (size_t i = 0; i < participants.size(); ++i) {
    const Spread& rate = measurement.rates[i];
    if (rate.median == 0.0) continue;
    std::printf("%s,%d,%.1f,%s,%.2f,%.2f,%.2f\n", product.c_str(), options.threads, measurement.peak * options.threads,
                participants[i].name.c_str(), rate.median, rate.low, rate.high);
  }
  if (!measurement.results_agree) std::fprintf(stderr, "results differ: %s\n", product.c_str());
  std::fflush(stdout);
}

void compare(const Options& options) {
  const std::vector<GemmPeer> participants = find_participants(options.threads);
  const Turns turns = {options.rounds, options.seconds, options.threads > 1 ? kPause : 0.0};
  std::puts("batch,in,out,product,threads,peak,library,GFLOP/s,low,high");
  for (const auto& [in, out] : kLayers) {
    for (const int64_t batch : kBatches) {
      for (const Pass pass : kPasses) {
        if (product_name(pass, batch, in, out).find(options.filter) == std::string::npos) continue;
        BenchmarkArrays arrays;
        const Measurement measurement = measure(make_product(pass, batch, in, out, &arrays), participants, turns);
        const std::string sizes = std::to_string(batch) + "," + std::to_string(in) + "," + std::to_string(out);
        print(options, sizes + "," + pass_name(pass), participants, measurement);
      }
    }
  }
}

}  // namespace
}  // namespace nopt

int main(int count, char** arguments) {
  nopt::Options options;
  if (!nopt::parse(count, arguments, &options)) {
    std::fputs(nopt::kUsage, stderr);
    return 2;
  }
  nopt::restart_with_environment(options.threads, arguments);
  const nopt::FpModeGuard guard;
  nopt::compare(options);
}
