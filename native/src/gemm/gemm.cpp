#include "gemm/gemm.h"

#include <algorithm>

#include "core/parallel.h"
#include "core/scratch.h"
#include "gemm/choice.h"
#include "gemm/openblas.h"
#include "gemm/own.h"
#include "gemm/workspaces.h"

namespace nopt {
namespace {

// Floating-point operations in the time of one byte of traffic: what a product is worth in bytes to parallel_for.
constexpr int64_t kOperationsPerByte = 8;

int64_t worth_in_bytes(const Execution& execution, const GemmProduct& p) {
  const int64_t traffic = (p.m * p.k + p.k * p.n + p.m * p.n) * static_cast<int64_t>(sizeof(float));
  const int64_t arithmetic = 2 * p.m * p.n * p.k / kOperationsPerByte;
  const int64_t update = (p.transpose_a ? p.m : p.k) * p.n * execution.bytes_per_weight;
  return std::max({traffic, arithmetic, update});
}

int64_t blocks(int64_t size, int64_t block) {
  return (size + block - 1) / block;
}

// A block of C: rows [row, row + rows) and columns [column, column + columns).
struct GemmBlock {
  int64_t row;
  int64_t rows;
  int64_t column;
  int64_t columns;
};

// How C is cut, and in which order. Threads begin with contiguous shares of the blocks: column by column, each reads
// columns of its own of B. x^T dy goes row by row, as the optimizer that follows works through memory.
class BlockGrid {
 public:
  BlockGrid(const GemmChoice& choice, const GemmProduct& product, bool by_columns)
      : choice_(choice),
        product_(product),
        by_columns_(by_columns),
        rows_(blocks(product.m, choice.block_rows)),
        columns_(blocks(product.n, choice.block_columns)) {}

  int64_t count() const { return rows_ * columns_; }

  GemmBlock operator[](int64_t index) const {
    const int64_t row = (by_columns_ ? index % rows_ : index / columns_) * choice_.block_rows;
    const int64_t column = (by_columns_ ? index / rows_ : index % columns_) * choice_.block_columns;
    return {row, smaller(product_.m - row, choice_.block_rows), column,
            smaller(product_.n - column, choice_.block_columns)};
  }

 private:
  static int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }

  const GemmChoice choice_;
  const GemmProduct& product_;
  const bool by_columns_;
  const int64_t rows_;
  const int64_t columns_;
};

void multiply(const Execution& execution, const GemmChoice& choice, const GemmProduct& part, float* workspace) {
  if (choice.openblas) {
    openblas_sgemm(part);
  } else {
    own_gemm(execution.isa, choice.own, part, workspace);
  }
}

int64_t workspace_of(const GemmChoice& choice, const GemmProduct& product) {
  return choice.openblas ? 0 : own_gemm_workspace(choice.own, choice.block_columns, product.k);
}

// Steps [begin, begin + steps) of the sums over k.
GemmProduct depth_of(const GemmProduct& product, int64_t begin, int64_t steps) {
  GemmProduct part = product;
  part.k = steps;
  part.a += product.transpose_a ? begin * product.lda : begin;
  part.b += product.transpose_b ? begin : begin * product.ldb;
  return part;
}

// C += partial. The sum is written to both: lines that this thread had only read, the one that writes them next would
// have to ask back, each by itself.
void add_rows(const GemmProduct& product, float* partial) {
  for (int64_t row = 0; row < product.m; ++row) {
    float* const __restrict c = product.c + row * product.ldc;
    float* const __restrict p = partial + row * product.n;
    for (int64_t j = 0; j < product.n; ++j) c[j] = p[j] = c[j] + p[j];
  }
}

// Each thread sums over steps of k of its own, and so reads rows of B that no other does. The sums over the first block
// of steps go to C, the others to memory of their own, and are then added in order.
void gemm_in_depth(const Execution& execution, const GemmChoice& choice, const GemmProduct& product,
                   const GemmEpilogue* epilogue) {
  const BlockGrid grid(choice, product, /*by_columns=*/true);
  const int64_t depths = blocks(product.k, choice.block_depth);
  const int64_t c_floats = product.m * product.n;
  float* const partials = scratch_floats(kScratchGemmPartials, (depths - 1) * c_floats);
  const int64_t bytes = worth_in_bytes(execution, product);
  const int64_t block_count = depths * grid.count();
  Workspaces workspaces(parallel_threads(execution, block_count, bytes), workspace_of(choice, product));
  parallel_for(execution, block_count, bytes, [&](int64_t index) {
    const int64_t depth = index / grid.count();
    const int64_t begin = depth * choice.block_depth;
    const int64_t steps = product.k - begin < choice.block_depth ? product.k - begin : choice.block_depth;
    GemmProduct part = depth_of(product, begin, steps);
    if (depth > 0) {
      part.beta = 0.0f;
      part.c = partials + (depth - 1) * c_floats;
      part.ldc = product.n;
    }
    const GemmBlock block = grid[index % grid.count()];
    const Workspaces::Lease lease(workspaces);
    multiply(execution, choice, part.block(block.row, block.rows, block.column, block.columns), lease.floats());
  });
  for (int64_t depth = 1; depth < depths; ++depth) add_rows(product, partials + (depth - 1) * c_floats);
  if (epilogue != nullptr) epilogue->apply(epilogue->context, 0, product.m, 0, product.n);
}

}  // namespace

void gemm(const Execution& execution, const GemmProduct& product, const GemmEpilogue* epilogue) {
  const GemmChoice choice = choose_gemm(execution, product);
  if (choice.block_depth < product.k) return gemm_in_depth(execution, choice, product, epilogue);
  const BlockGrid grid(choice, product, /*by_columns=*/!product.transpose_a);
  const int64_t bytes = worth_in_bytes(execution, product);
  const int threads = parallel_threads(execution, grid.count(), bytes);
  Workspaces workspaces(threads, workspace_of(choice, product));
  parallel_for(execution, grid.count(), bytes, [&](int64_t index) {
    const GemmBlock block = grid[index];
    {
      const Workspaces::Lease lease(workspaces);
      multiply(execution, choice, product.block(block.row, block.rows, block.column, block.columns), lease.floats());
    }
    if (epilogue != nullptr) epilogue->apply(epilogue->context, block.row, block.rows, block.column, block.columns);
  });
}

}  // namespace nopt
