#include "gemm/choice.h"

#include <cstring>

#include "gemm/openblas.h"
#include "gemm/own.h"
#include "nativeopt/nativeopt.h"

namespace nopt {
namespace {

constexpr int64_t kRowUnit = 16;             // block edges are multiples of this: OpenBLAS sums rows in groups
constexpr int64_t kSmallBatch = 96;          // rows of x, below which threads share the weights rather than the rows
constexpr int64_t kFewWeights = 1 << 14;     // floats below which one thread does all
constexpr int64_t kCachedWeights = 1 << 20;  // that caches of a few threads hold with their optimizer's state
constexpr int64_t kSmallProduct = 1000000;   // m n k up to which OpenBLAS' AVX-512 kernels work without packing

// Of the library's own kernels. A panel of 512 steps stays in the second-level cache.
constexpr int64_t kDepth = 512;
constexpr int64_t kBlockRows = 192;        // enough uses of a packed panel to pay for packing it
constexpr int64_t kShallow = 64;           // k up to which writing C takes longer than the sums
constexpr int64_t kFewRows = 12;           // of C: one tile holds them, and B is read once
constexpr int64_t kFewTiles = 64;          // rows up to which a panel is used so seldom that packing it does not pay
constexpr int64_t kCacheFloats = 1 << 17;  // half of the second-level cache
constexpr int64_t kFarFloats = 1 << 22;    // beyond them, memory has to be asked early and from several places
constexpr int64_t kStreamedDepth = 32;     // rows of B that the processor reads ahead at a time

int64_t round_up(int64_t value, int64_t unit) {
  return (value + unit - 1) / unit * unit;
}

// The size of even parts of at most `limit`, before the last is cut.
int64_t even_part(int64_t size, int64_t limit) {
  const int64_t parts = size > limit ? (size + limit - 1) / limit : 1;
  return (size + parts - 1) / parts;
}

int64_t even_rows(int64_t rows, int64_t limit) {
  return round_up(even_part(rows, limit), kRowUnit);
}

// Small weights live in the caches of the threads that update them, row by row. Forward each thread takes rows of them
// too, which are steps of k: a line of memory that another thread has read costs far more to write than one that it has
// written. k is cut where the rows of x^T dy are: into two halves, or an even number of parts.
int64_t depth_of_blocks(const GemmProduct& p) {
  const bool forward = !p.transpose_a && !p.transpose_b;
  if (!forward || p.m > kSmallBatch || p.k < 256 || p.k * p.n > kCachedWeights) return p.k;
  return even_rows((p.k + 1) / 2, kDepth);
}

int64_t weight_rows(int64_t m) {
  return even_rows((m + 1) / 2, 96);
}

// Of a product that is one row or one step long. One step of k writes whole rows of C.
int64_t vector_columns(const GemmProduct& p) {
  constexpr int64_t kMost = 2048;
  if (p.k == 1) return round_up(p.n, kOwnPanelColumns);
  const bool weights = p.transpose_b && p.k * p.n >= kFewWeights && p.k * p.n <= kCachedWeights;
  return weights ? even_rows((p.n + 1) / 2, kMost) : kMost;
}

// OpenBLAS' kernels for small products exist in these cores only.
bool openblas_has_small_kernels() {
  static const bool has =
      std::strcmp(openblas_info().core, "SkylakeX") == 0 || std::strcmp(openblas_info().core, "Cooperlake") == 0;
  return has;
}

// Where OpenBLAS' small kernels are faster than its packing ones; *choice are the blocks that reach them.
bool small_kernels_fit(const GemmProduct& p, GemmChoice* choice) {
  const int64_t rows = p.transpose_a ? weight_rows(p.m) : kRowUnit;
  const int64_t most = kSmallProduct / ((p.m < rows ? p.m : rows) * p.k);
  const int64_t columns = p.transpose_a ? 128 : most < 64 ? most / kRowUnit * kRowUnit : 64;
  *choice = {true, {}, rows, columns, p.k};
  return openblas_has_small_kernels() && columns > 0 && columns <= most;
}

GemmChoice openblas_blocks(const GemmProduct& p) {
  GemmChoice choice;
  if (small_kernels_fit(p, &choice)) return choice;
  if (p.m * p.n * p.k <= 64 * kSmallProduct) return {true, {}, 96, 128, p.k};
  return {true, {}, 256, 256, p.k};
}

OwnMethod own_method(const GemmProduct& p) {
  const bool one_step = p.k == 1 && p.n >= kOwnPanelColumns && p.m * p.n <= kFarFloats;
  if (p.m == 1 || one_step) return OwnMethod::kVector;
  const bool small_batch = p.transpose_b && p.m <= 64 && p.k >= 48;
  const bool narrow_gradient = p.transpose_a && p.n < 32 && p.k >= 16;
  if (small_batch || narrow_gradient) return OwnMethod::kTransposed;
  return p.k <= kShallow && p.m > kFewRows ? OwnMethod::kShallow : OwnMethod::kPanels;
}

bool is_streamed(const GemmProduct& p) {
  if (p.m <= kFewTiles) return p.k * p.n > kFarFloats;
  return p.k * p.n > kCacheFloats || p.m * p.n > kCacheFloats;
}

OwnPlan own_plan(const GemmProduct& p, int64_t depth) {
  constexpr int64_t kLine = 16;  // floats; rows of other lengths begin within a line of the cache
  const OwnMethod method = own_method(p);
  const bool streamed = is_streamed(p);
  const bool few_rows = p.m <= kFewRows;
  const bool in_long_rows = method == OwnMethod::kPanels && few_rows && streamed;
  return {method, in_long_rows ? kStreamedDepth : even_part(depth, kDepth), !few_rows && (streamed || p.n % kLine != 0),
          streamed};
}

GemmChoice own_blocks(const GemmProduct& p) {
  const int64_t depth = depth_of_blocks(p);
  const OwnPlan plan = own_plan(p, depth);
  const bool weights = p.transpose_a && p.k < kSmallBatch && p.m * p.n >= kFewWeights && p.m * p.n <= kCachedWeights;
  const int64_t rows = weights ? weight_rows(p.m) : even_rows(p.m, kBlockRows);
  switch (plan.method) {
    case OwnMethod::kVector:
      return {false, plan, rows, vector_columns(p), depth};
    case OwnMethod::kTransposed:
      return {false, plan, kOwnPanelColumns, even_rows((p.n + 1) / 2, 384), depth};
    case OwnMethod::kShallow:
      return {false, plan, rows, round_up(p.n < 4096 ? p.n : 4096, kOwnPanelColumns), depth};
    case OwnMethod::kPanels:
      break;
  }
  // Few rows: wide blocks, so that B is read in long rows.
  if (p.m <= kFewRows) return {false, plan, kRowUnit, 1536, depth};
  return {false, plan, rows, kOwnPanelColumns, depth};
}

// Measured by gemm_peers on Zen 4 against OpenBLAS 0.3.21 (SkylakeX), one thread: only dy w^T of a few rows is faster
// there.
bool own_is_faster(const GemmProduct& p) {
  GemmChoice ignored;
  return p.m == 1 || p.m > kRowUnit || !p.transpose_b || p.k < 48 || !small_kernels_fit(p, &ignored);
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
