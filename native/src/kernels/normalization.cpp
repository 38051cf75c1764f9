#include "kernels/normalization.h"

namespace nopt {

void run_normalization_forward(const Execution& execution, const nopt_normalization_forward_args& args) {
  if (args.normalization == NOPT_NORMALIZATION_BATCH) {
    run_batch_forward(execution, args);
  } else {
    run_row_forward(execution, args);
  }
}

void run_normalization_backward(const Execution& execution, const nopt_normalization_backward_args& args) {
  if (args.normalization == NOPT_NORMALIZATION_BATCH) {
    run_batch_backward(execution, args);
  } else {
    run_row_backward(execution, args);
  }
}

}  // namespace nopt
