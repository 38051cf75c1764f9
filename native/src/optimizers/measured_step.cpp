#include "optimizers/measured_step.h"

#include "core/parallel.h"
#include "core/scratch.h"
#include "optimizers/registry.h"

namespace nopt {
namespace {

// Elements in one block, counted from the start of its segment: the sums of a tensor do not depend on where it lies.
constexpr int64_t kBlock = 16384;

int64_t blocks_of(const nopt_segment& segment) {
  return (segment.count + kBlock - 1) / kBlock;
}

// The passes of one step: both, or the first alone where its sums run over all. Blocks of all segments are numbered in
// order; results of the first pass are added in that order, whoever computed them.
class MeasuredStep {
 public:
  MeasuredStep(const Execution& execution, const nopt_optimizer_step_args& args)
      : execution_(execution), args_(args), info_(optimizer_at(args.optimizer)) {
    for (int64_t i = 0; i < args.segment_count; ++i) block_count_ += blocks_of(args.segments[i]);
    const int64_t doubles = 2 * args.segment_count + 1 + kRuleSums * block_count_;
    sums_ = reinterpret_cast<double*>(scratch_floats(kScratchMeasuredStep, 2 * doubles));
    factors_ = sums_ + kRuleSums * block_count_;
    first_blocks_ = reinterpret_cast<int64_t*>(factors_ + args.segment_count);
    first_blocks_[0] = 0;
    for (int64_t i = 0; i < args.segment_count; ++i) {
      first_blocks_[i + 1] = first_blocks_[i] + blocks_of(args.segments[i]);
      factors_[i] = 0;
    }
  }

  void run(int64_t traffic) const {
    parallel_for(execution_, block_count_, traffic, [this](int64_t block) { measure(block); });
    if (info_.measurement.scope == NOPT_SCOPE_ALL) return add_blocks(0, block_count_, args_.numbers);
    for (int64_t i = 0; i < args_.segment_count; ++i) factors_[i] = combine(i);
    parallel_for(execution_, block_count_, traffic, [this](int64_t block) { update(block); });
  }

 private:
  void measure(int64_t block) const {
    info_.measurement.measure[execution_.isa](args_.variant, rule_block(block, segment_of(block)),
                                              sums_ + kRuleSums * block);
  }

  void update(int64_t block) const {
    info_.kernels[execution_.isa](args_.variant, rule_block(block, segment_of(block)));
  }

  void add_blocks(int64_t begin, int64_t end, double* totals) const {
    for (int k = 0; k < kRuleSums; ++k) totals[k] = 0;
    for (int64_t block = begin; block < end; ++block) {
      for (int k = 0; k < kRuleSums; ++k) totals[k] += sums_[kRuleSums * block + k];
    }
  }

  // The sums over segment i as its factor.
  double combine(int64_t i) const {
    double totals[kRuleSums];
    add_blocks(first_blocks_[i], first_blocks_[i + 1], totals);
    const int count = info_.measurement.number_count;
    double* const numbers = count == 0 ? nullptr : args_.numbers + args_.segments[i].scalars_index * count;
    return info_.measurement.combine[execution_.isa](args_.variant, totals, scalars_of(i), numbers);
  }

  // The segment with first_blocks_[i] <= block < first_blocks_[i + 1]; none is empty.
  int64_t segment_of(int64_t block) const {
    int64_t low = 0;
    int64_t high = args_.segment_count;
    while (high - low > 1) {
      const int64_t middle = low + (high - low) / 2;
      (first_blocks_[middle] <= block ? low : high) = middle;
    }
    return low;
  }

  RuleBlock rule_block(int64_t block, int64_t i) const {
    const nopt_segment& segment = args_.segments[i];
    const int64_t begin = (block - first_blocks_[i]) * kBlock;
    const int64_t count = segment.count - begin < kBlock ? segment.count - begin : kBlock;
    return {static_cast<float*>(args_.parameters),
            static_cast<float*>(args_.gradients),
            args_.slots,
            segment.offset + begin,
            count,
            args_.prologues + segment.scalars_index,
            scalars_of(i),
            args_.flags,
            factors_[i]};
  }

  const double* scalars_of(int64_t i) const {
    return args_.scalars + args_.segments[i].scalars_index * args_.scalar_count;
  }

  const Execution& execution_;
  const nopt_optimizer_step_args& args_;
  const OptimizerInfo& info_;
  int64_t block_count_ = 0;
  double* sums_;           // kRuleSums for each block
  double* factors_;        // one for each segment
  int64_t* first_blocks_;  // number of the first block of each segment, and of the block behind the last
};

}  // namespace

void run_measured_step(const Execution& execution, const nopt_optimizer_step_args& args, int64_t traffic) {
  MeasuredStep(execution, args).run(traffic);
}

}  // namespace nopt
