#include "gemm/openblas.h"

#include <climits>

#if NOPT_OPENBLAS

#include <cblas.h>

#include <cstddef>
#include <cstring>

#include "gemm/openblas_gate.h"

namespace nopt {
namespace {

// openblas_get_parallel(): 0 is serial (wrong products under concurrent calls), 2 is OpenMP (very slow from foreign
// threads).
constexpr int kPthreadFlavour = 1;

struct VersionText {
  char text[64];
};

// "OpenBLAS 0.3.21" out of "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH ...".
VersionText read_version() {
  VersionText version = {};
  const char* config = openblas_get_config();
  const char* number = std::strchr(config, ' ');
  const char* end = number == nullptr ? nullptr : std::strchr(number + 1, ' ');
  const std::size_t length = end == nullptr ? std::strlen(config) : static_cast<std::size_t>(end - config);
  std::memcpy(version.text, config, length < sizeof(version.text) ? length : sizeof(version.text) - 1);
  return version;
}

bool fits(int64_t value) {
  return value > 0 && value <= INT_MAX;
}

}  // namespace

bool openblas_available() {
  static const bool pthread_flavour = openblas_get_parallel() == kPthreadFlavour;
  return pthread_flavour;
}

bool openblas_accepts(const OpenBlasProduct& p) {
  return fits(p.m) && fits(p.n) && fits(p.k) && fits(p.lda) && fits(p.ldb) && fits(p.ldc) &&
         p.lda >= (p.transpose_a ? p.m : p.k) && p.ldb >= (p.transpose_b ? p.k : p.n) && p.ldc >= p.n;
}

void openblas_sgemm(const OpenBlasProduct& p) {
  const OpenBlasGate::Pass pass;
  cblas_sgemm(CblasRowMajor, p.transpose_a ? CblasTrans : CblasNoTrans, p.transpose_b ? CblasTrans : CblasNoTrans,
              static_cast<blasint>(p.m), static_cast<blasint>(p.n), static_cast<blasint>(p.k), 1.0f, p.a,
              static_cast<blasint>(p.lda), p.b, static_cast<blasint>(p.ldb), p.beta, p.c, static_cast<blasint>(p.ldc));
}

OpenBlasInfo openblas_info() {
  if (!openblas_available()) return {"none", "none", "none", 0};
  static const VersionText version = read_version();
  return {version.text, openblas_get_corename(), "pthread", openblas_get_num_threads()};
}

}  // namespace nopt

#else

namespace nopt {

bool openblas_available() {
  return false;
}
bool openblas_accepts(const OpenBlasProduct&) {
  return false;
}
void openblas_sgemm(const OpenBlasProduct&) {}
OpenBlasInfo openblas_info() {
  return {"none", "none", "none", 0};
}

}  // namespace nopt

#endif
