// Who takes part in the comparison of matrix products.
#ifndef NOPT_BENCHMARKS_GEMM_PEERS_PEER_H
#define NOPT_BENCHMARKS_GEMM_PEERS_PEER_H

#include <functional>
#include <string>
#include <vector>

#include "gemm/product.h"

namespace nopt {

using GemmRun = std::function<void()>;

struct GemmPeer {
  std::string name;
  // Everything that can be prepared once a shape; an empty function where the library does not offer this product.
  std::function<GemmRun(const GemmProduct&)> prepare;
};

// Each adds its peer if it is on this machine (for oneDNN and libxsmm: where this was built), and otherwise the reason
// to `missing`.
void add_openblas(std::vector<GemmPeer>* peers, std::vector<std::string>* missing);
void add_blis(std::vector<GemmPeer>* peers, std::vector<std::string>* missing);
void add_onednn(std::vector<GemmPeer>* peers, std::vector<std::string>* missing);
void add_libxsmm(int threads, std::vector<GemmPeer>* peers, std::vector<std::string>* missing);

}  // namespace nopt

#endif  // NOPT_BENCHMARKS_GEMM_PEERS_PEER_H
