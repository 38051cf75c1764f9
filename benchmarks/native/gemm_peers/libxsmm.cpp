// libxsmm: one kernel compiled for the whole product. It has none for a transposed weight matrix.
#include "gemm_peers/peer.h"

#if NOPT_HAVE_LIBXSMM

#include <libxsmm.h>

namespace nopt {
namespace {

// Column-major, as in Fortran: a row-major C = A B is its C^T = B^T A^T.
GemmRun prepare(const GemmProduct& p) {
  if (p.transpose_b) return {};
  const int lda = static_cast<int>(p.lda), ldb = static_cast<int>(p.ldb), ldc = static_cast<int>(p.ldc);
  const float alpha = 1.0f;
  const int flags = p.transpose_a ? LIBXSMM_GEMM_FLAG_TRANS_B : LIBXSMM_GEMM_FLAG_NONE;
  const libxsmm_smmfunction kernel =
      libxsmm_smmdispatch(static_cast<int>(p.n), static_cast<int>(p.m), static_cast<int>(p.k), &ldb, &lda, &ldc, &alpha,
                          &p.beta, &flags, nullptr);
  if (kernel == nullptr) return {};
  return [=] { kernel(p.b, p.a, p.c); };
}

}  // namespace

void add_libxsmm(int threads, std::vector<GemmPeer>* peers, std::vector<std::string>* missing) {
  if (threads > 1) return missing->push_back("libxsmm, whose kernels run on one thread");
  libxsmm_init();
  peers->push_back({"libxsmm", prepare});
}

}  // namespace nopt

#else

namespace nopt {

void add_libxsmm(int, std::vector<GemmPeer>*, std::vector<std::string>* missing) {
  missing->push_back("libxsmm was not found by CMake");
}

}  // namespace nopt

#endif
