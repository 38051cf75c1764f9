// OpenBLAS and BLIS. Both export cblas_sgemm, so each is loaded at run time with symbols of its own.
#include <dlfcn.h>

#include "gemm_peers/peer.h"

namespace nopt {
namespace {

// cblas_sgemm with the constants of its standard.
using CblasSgemm = void (*)(int order, int transpose_a, int transpose_b, int m, int n, int k, float alpha,
                            const float* a, int lda, const float* b, int ldb, float beta, float* c, int ldc);
constexpr int kRowMajor = 101, kNoTranspose = 111, kTranspose = 112;

// Never unloaded: threads of the library may be parked in it.
void add_blas(const char* name, const char* file, std::vector<GemmPeer>* peers, std::vector<std::string>* missing) {
  void* const library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  const auto sgemm = library == nullptr ? nullptr : reinterpret_cast<CblasSgemm>(dlsym(library, "cblas_sgemm"));
  if (sgemm == nullptr) return missing->push_back(std::string(name) + ", there is no " + file);
  peers->push_back({name, [sgemm](const GemmProduct& p) -> GemmRun {
                      return [=] {
                        sgemm(kRowMajor, p.transpose_a ? kTranspose : kNoTranspose,
                              p.transpose_b ? kTranspose : kNoTranspose, static_cast<int>(p.m), static_cast<int>(p.n),
                              static_cast<int>(p.k), 1.0f, p.a, static_cast<int>(p.lda), p.b, static_cast<int>(p.ldb),
                              p.beta, p.c, static_cast<int>(p.ldc));
                      };
                    }});
}

}  // namespace

void add_openblas(std::vector<GemmPeer>* peers, std::vector<std::string>* missing) {
  add_blas("OpenBLAS", "libopenblas.so.0", peers, missing);
}

void add_blis(std::vector<GemmPeer>* peers, std::vector<std::string>* missing) {
  add_blas("BLIS", "libblis.so.4", peers, missing);
}

}  // namespace nopt
