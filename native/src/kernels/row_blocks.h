// Blocks of rows of a matrix, shared by the threads.
#ifndef NOPT_KERNELS_ROW_BLOCKS_H
#define NOPT_KERNELS_ROW_BLOCKS_H

#include "core/parallel.h"
#include "kernels/matrix.h"

namespace nopt {

// body(row, rows) for each block. `cost` is what an element costs in units of reading and writing a float.
template <class Body>
void for_row_blocks(const Execution& execution, const nopt_matrix& matrix, int64_t cost, const Body& body) {
  constexpr int64_t kBlockElements = 16384;
  const int64_t block_rows = matrix.columns < kBlockElements ? kBlockElements / matrix.columns : 1;
  const int64_t block_count = (matrix.rows + block_rows - 1) / block_rows;
  parallel_for(execution, block_count, 2 * cost * float_bytes(matrix), [&](int64_t block) {
    const int64_t row = block * block_rows;
    body(row, matrix.rows - row < block_rows ? matrix.rows - row : block_rows);
  });
}

}  // namespace nopt

#endif  // NOPT_KERNELS_ROW_BLOCKS_H
