#include "gemm/choice.h"

#include <cstring>

#include "gemm/openblas.h"
#include "gemm/own.h"
#include "nativeopt/nativeopt.h"

namespace nopt {
namespace {

constexpr int64_t kRowUnit = 16;   // block edges are multiples of this: OpenBLAS sums rows in groups
constexpr int64_t kOwnRows = 192;  // enough uses of a packed panel to pay for packing it
constexpr int64_t kCachedWeights =
    1 << 20;                                // floats that the caches of a few threads hold with their optimizer's state
constexpr int64_t kSmallProduct = 1000000;  // m n k up to which OpenBLAS' AVX-512 kernels work without packing

// Rows of even blocks of at most `limit` rows.
int64_t even_rows(int64_t m, int64_t limit) {
  const int64_t block_count = (m + limit - 1) / limit;
  const int64_t rows = (m + block_count - 1) / block_count;
  return (rows + kRowUnit - 1) / kRowUnit * kRowUnit;
}

// Small weights live in the caches of the threads that update them, row by row. Forward each thread takes rows of them
// too, which are steps of k: a line of memory that another thread has read costs far more to write than one that it has
// written. k is cut where the rows of x^T dy are: into two halves, or an even number of parts.
int64_t own_depth(const GemmProduct& p) {
  const bool forward = !p.transpose_a && !p.transpose_b;
  if (!forward || p.m > kOwnPackRows || p.k < 256 || p.k * p.n > kCachedWeights) return p.k;
  return even_rows((p.k + 1) / 2, kOwnDepth);
}

int64_t weight_rows(int64_t m) {
  return even_rows((m + 1) / 2, 96);
}

// OpenBLAS' kernels for small products exist in these cores only.
bool openblas_has_small_kernels() {
  static const bool has =
      std::strcmp(openblas_info().core, "SkylakeX") == 0 || std::strcmp(openblas_info().core, "Cooperlake") == 0;
  return has;
}

// Where OpenBLAS' small kernels are faster than its packing ones; *choice are the blocks that reach them.
bool small_kernels_fit(const GemmProduct& p, GemmChoice* choice) {
  *choice = p.transpose_a ? GemmChoice{true, weight_rows(p.m), 128, p.k} : GemmChoice{true, 16, 64, p.k};
  return openblas_has_small_kernels() && choice->block_rows * choice->block_columns * p.k <= kSmallProduct;
}

GemmChoice openblas_blocks(const GemmProduct& p) {
  GemmChoice choice;
  if (small_kernels_fit(p, &choice)) return choice;
  if (p.m * p.n * p.k <= 64 * kSmallProduct) return {true, 96, 128, p.k};
  return {true, 256, 256, p.k};
}

GemmChoice own_blocks(const GemmProduct& p) {
  // B is read where it lies: rows cost nothing to divide, and a small batch has too few columns for many threads.
  const bool unpacked = !p.transpose_b && p.m < kOwnPackRows && p.n >= kOwnPanelColumns;
  const bool weights = p.transpose_a && p.k < kOwnPackRows && p.m * p.n <= kCachedWeights;
  const int64_t rows = unpacked ? kRowUnit : weights ? weight_rows(p.m) : even_rows(p.m, kOwnRows);
  return {false, rows, kOwnPanelColumns, own_depth(p)};
}

// Measured on Zen 5 against OpenBLAS 0.3.21 (SkylakeX), one thread: the own kernels reach 1.0 to 1.5 times its speed,
// but for x^T dy of a small batch (0.9) and dy w^T of a small batch, where packing w does not pay (0.7 to 0.95).
bool own_is_faster(const GemmProduct& p) {
  if (!openblas_has_small_kernels()) return true;
  GemmChoice ignored;
  if (!small_kernels_fit(p, &ignored)) return true;
  if (p.transpose_a) return p.n < 64;
  return !p.transpose_b || p.m >= 48 || p.k < 64;
}

}  // namespace

GemmChoice choose_gemm(const Execution& execution, const GemmProduct& product) {
  const bool possible = openblas_available() && openblas_accepts(product);
  if (!possible || execution.gemm == NOPT_GEMM_OWN) return own_blocks(product);
  if (execution.gemm == NOPT_GEMM_OPENBLAS) return openblas_blocks(product);
  const bool wide = execution.isa == Isa::kAvx512 || execution.isa == Isa::kAvx2;
  return wide && own_is_faster(product) ? own_blocks(product) : openblas_blocks(product);
}

}  // namespace nopt
