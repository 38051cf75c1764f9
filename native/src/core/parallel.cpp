#include "core/parallel.h"

namespace nopt {

void run_blocks(int, int64_t block_count, void (*body)(const void* context, int64_t block), const void* context) {
  for (int64_t block = 0; block < block_count; ++block) body(context, block);
}

}  // namespace nopt
