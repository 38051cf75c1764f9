#include "gemm/gemm.h"

#include "core/parallel.h"
#include "gemm/choice.h"
#include "gemm/openblas.h"
#include "gemm/own.h"
#include "gemm/workspaces.h"

namespace nopt {
namespace {

// Floating-point operations in the time of one byte of traffic: what a product is worth in bytes to parallel_for.
constexpr int64_t kOperationsPerByte = 8;

int64_t worth_in_bytes(const GemmProduct& p) {
  const int64_t traffic = (p.m * p.k + p.k * p.n + p.m * p.n) * static_cast<int64_t>(sizeof(float));
  const int64_t arithmetic = 2 * p.m * p.n * p.k / kOperationsPerByte;
  return traffic > arithmetic ? traffic : arithmetic;
}

int64_t blocks(int64_t size, int64_t block) {
  return (size + block - 1) / block;
}

}  // namespace

void gemm(const Execution& execution, const GemmProduct& product, const GemmEpilogue* epilogue) {
  const GemmChoice choice = choose_gemm(execution, product);
  const int64_t columns_of_blocks = blocks(product.n, choice.block_columns);
  const int64_t block_count = blocks(product.m, choice.block_rows) * columns_of_blocks;
  const int64_t bytes = worth_in_bytes(product);
  const int threads = parallel_threads(execution, block_count, bytes);
  Workspaces workspaces(threads, choice.openblas ? 0 : own_gemm_workspace(product.k));
  parallel_for(execution, block_count, bytes, [&](int64_t block) {
    const int64_t row = block / columns_of_blocks * choice.block_rows;
    const int64_t column = block % columns_of_blocks * choice.block_columns;
    const int64_t rows = product.m - row < choice.block_rows ? product.m - row : choice.block_rows;
    const int64_t columns = product.n - column < choice.block_columns ? product.n - column : choice.block_columns;
    const GemmProduct part = product.block(row, rows, column, columns);
    if (choice.openblas) {
      openblas_sgemm(part);
    } else {
      const Workspaces::Lease lease(workspaces);
      own_gemm(execution.isa, part, lease.floats());
    }
    if (epilogue != nullptr) epilogue->apply(epilogue->context, row, rows, column, columns);
  });
}

}  // namespace nopt
