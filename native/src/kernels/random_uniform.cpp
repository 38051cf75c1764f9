#include "kernels/random_uniform.h"

#include <cmath>

#include "core/parallel.h"
#include "core/philox.h"
#include "kernels/matrix.h"

namespace nopt {
namespace {

constexpr int64_t kBlockElements = 16384;
constexpr int64_t kFillCost = 4;  // computing an element, in units of writing one

// Maps the upper 24 bits of a word to [low, high).
class Range {
 public:
  Range(double low, double high)
      : low_(static_cast<float>(low)),
        width_(static_cast<float>(high) - low_),
        high_(static_cast<float>(high)),
        last_(std::nextafterf(high_, low_)) {}

  float at(uint32_t word) const {
    const float fraction = static_cast<float>(word >> 8) * 0x1p-24f;
    const float value = low_ + fraction * width_;
    return value < high_ ? value : last_;  // the sum may round up to `high`, which is outside
  }

 private:
  float low_;
  float width_;
  float high_;
  float last_;
};

// Elements [begin, end) of the matrix, row by row.
void fill(const nopt_random_uniform_args& args, const Range& range, int64_t begin, int64_t end) {
  PhiloxBlock words = {};
  uint64_t loaded = 0;
  bool any = false;
  for (int64_t i = begin; i < end; ++i) {
    const uint64_t position = args.offset + static_cast<uint64_t>(i);
    if (!any || position / 4 != loaded) {
      loaded = position / 4;
      words = philox_block(args.seed, args.stream, loaded);
      any = true;
    }
    float_row(args.y, i / args.y.columns)[i % args.y.columns] = range.at(words.word[position % 4]);
  }
}

}  // namespace

void run_random_uniform(const Execution& execution, const nopt_random_uniform_args& args) {
  const Range range(args.low, args.high);
  const int64_t count = args.y.rows * args.y.columns;
  const int64_t block_count = (count + kBlockElements - 1) / kBlockElements;
  parallel_for(execution, block_count, kFillCost * float_bytes(args.y), [&](int64_t block) {
    const int64_t begin = block * kBlockElements;
    fill(args, range, begin, count - begin < kBlockElements ? count : begin + kBlockElements);
  });
}

}  // namespace nopt
