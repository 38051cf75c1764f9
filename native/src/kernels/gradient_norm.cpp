#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/gradient_norm.cpp"
#include "hwy/foreach_target.h"

#include <cmath>

#include "core/isa_table.h"
#include "core/parallel.h"
#include "core/scratch.h"
#include "kernels/double_sum-inl.h"
#include "kernels/gradient_norm.h"
#include "kernels/row-inl.h"
#include "optimizers/prologue-inl.h"

#ifndef NOPT_KERNELS_GRADIENT_NORM_TYPES
#define NOPT_KERNELS_GRADIENT_NORM_TYPES
namespace nopt {
namespace {

// A run of gradients, and what to make of them.
struct NormInput {
  const float* w;
  const float* g;
  int64_t count;
  const nopt_prologue* prologue;
  double order;
  bool ignore_non_finite;
};

// The sum of |g|^order, or the largest |g|.
struct NormOutput {
  double value;
  int64_t non_finite_count;
};

}  // namespace
}  // namespace nopt
#endif

NOPT_KERNEL_NAMESPACE_BEGIN

// |g| after the penalties, a line at a time.
class Magnitudes {
 public:
  explicit Magnitudes(const NormInput& input)
      : input_(input),
        prologue_(*input.prologue, input.ignore_non_finite ? uint32_t{NOPT_STEP_IGNORE_NON_FINITE} : 0u) {}

  // Elements [i, i + 16) as far as there are any; behind the last one 0.
  void write_line(int64_t i, float* line) {
    i_ = i;
    line_ = line;
    const int64_t rest = input_.count - i;
    for (int64_t k = 0; k < kLine; ++k) line[k] = 0;
    for_each_vector(rest < kLine ? rest : kLine, *this);
  }

  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t k, int64_t /*lane*/) {
    const V g = place.get(input_.g + i_ + k);
    non_finite_count += static_cast<int64_t>(hn::CountTrue(D(), hn::Not(hn::IsFinite(g))));
    place.put(hn::Abs(prologue_.penalized(place.get(input_.w + i_ + k), g)), line_ + k);
  }

  // Whether they are the gradients as they lie in memory, but for their signs.
  bool are_of_gradients() const { return prologue_.penalizes_nothing(); }

  int64_t non_finite_count = 0;

 private:
  const NormInput& input_;
  const Prologue prologue_;
  int64_t i_ = 0;
  float* line_ = nullptr;
};

// Terms of the sums; x of either sign.
struct Size {
  HWY_INLINE DoubleV operator()(DoubleV x) const { return hn::Abs(x); }
};
struct Square {
  HWY_INLINE DoubleV operator()(DoubleV x) const { return hn::Mul(x, x); }
};
struct Power {
  double order;
  HWY_INLINE DoubleV operator()(DoubleV x) const {
    HWY_ALIGN double lanes[kDoubleLanes];
    hn::Store(hn::Abs(x), DoubleTag(), lanes);
    for (double& lane : lanes) lane = std::pow(lane, order);
    return hn::Load(DoubleTag(), lanes);
  }
};

// Adds whole lines of gradients straight from memory, as quickly as they can be read.
template <class Term>
int64_t add_whole_lines(const NormInput& input, const Term& term, DoubleLineSum& sum) {
  DoubleLineSum lines;  // a copy: in registers
  int64_t i = 0;
  for (; i + kLine <= input.count; i += kLine) {
    for (int64_t lane = 0; lane < kLineDoubleVectors; ++lane) lines.add(lane, term(promoted(input.g + i, lane)));
  }
  if (!std::isfinite(lines.total())) return 0;  // somebody has to count what is not finite
  sum = lines;
  return i;
}

template <class Term>
NormOutput sum_of(const NormInput& input, const Term& term) {
  Magnitudes magnitudes(input);
  DoubleLineSum sum;
  HWY_ALIGN float line[kLine];
  for (int64_t i = magnitudes.are_of_gradients() ? add_whole_lines(input, term, sum) : 0; i < input.count; i += kLine) {
    magnitudes.write_line(i, line);
    for (int64_t lane = 0; lane < kLineDoubleVectors; ++lane) sum.add(lane, term(promoted(line, lane)));
  }
  return {sum.total(), magnitudes.non_finite_count};
}

NormOutput largest(const NormInput& input) {
  Magnitudes magnitudes(input);
  float best = 0;
  HWY_ALIGN float line[kLine];
  for (int64_t i = 0; i < input.count; i += kLine) {
    magnitudes.write_line(i, line);
    const float of_line = row_max(line, kLine);
    best = (best > of_line || best != best) ? best : of_line;
  }
  return {static_cast<double>(best), magnitudes.non_finite_count};
}

void norm_of_run(const NormInput& input, NormOutput* output) {
  if (input.order == 2) {
    *output = sum_of(input, Square());
  } else if (input.order == 1) {
    *output = sum_of(input, Size());
  } else if (std::isinf(input.order)) {
    *output = largest(input);
  } else {
    *output = sum_of(input, Power{input.order});
  }
}

NOPT_KERNEL_NAMESPACE_END

#if HWY_ONCE
namespace nopt {
namespace {

constexpr IsaTable<void(const NormInput&, NormOutput*)> kNormOfRun = NOPT_ISA_TABLE(norm_of_run);

// Elements in one block, counted from the start of its segment.
constexpr int64_t kBlock = 16384;

struct Block {
  int64_t segment;
  int64_t begin;  // in its segment
  NormOutput output;
};

int64_t blocks_of(const nopt_segment& segment) {
  return (segment.count + kBlock - 1) / kBlock;
}

// All blocks of all segments, in order.
Block* list_blocks(const nopt_gradient_norm_args& args, int64_t* count) {
  *count = 0;
  for (int64_t i = 0; i < args.segment_count; ++i) *count += blocks_of(args.segments[i]);
  Block* const blocks = reinterpret_cast<Block*>(
      scratch_floats(kScratchNorm, *count * static_cast<int64_t>(sizeof(Block) / sizeof(float))));
  int64_t next = 0;
  for (int64_t i = 0; i < args.segment_count; ++i) {
    for (int64_t begin = 0; begin < args.segments[i].count; begin += kBlock) blocks[next++] = {i, begin, {}};
  }
  return blocks;
}

void run_block(const Execution& execution, const nopt_gradient_norm_args& args, Block* block) {
  const nopt_segment& segment = args.segments[block->segment];
  const int64_t offset = segment.offset + block->begin;
  const int64_t rest = segment.count - block->begin;
  const NormInput input = {static_cast<const float*>(args.parameters) + offset,
                           static_cast<const float*>(args.gradients) + offset,
                           rest < kBlock ? rest : kBlock,
                           args.prologues + segment.scalars_index,
                           args.order,
                           (args.flags & NOPT_GRADIENT_IGNORE_NON_FINITE) != 0};
  kNormOfRun[execution.isa](input, &block->output);
}

// The norm of a segment from the sum or maximum over it.
double root(double sum, double order) {
  if (order == 1 || std::isinf(order)) return sum;
  return order == 2 ? std::sqrt(sum) : std::pow(sum, 1 / order);
}

}  // namespace

void run_gradient_norm(const Execution& execution, const nopt_gradient_norm_args& args) {
  int64_t count = 0;
  Block* const blocks = list_blocks(args, &count);
  parallel_for(execution, count, 2 * count * kBlock * static_cast<int64_t>(sizeof(float)),
               [&](int64_t i) { run_block(execution, args, blocks + i); });
  int64_t next = 0;
  for (int64_t i = 0; i < args.segment_count; ++i) {
    double total = 0;
    int64_t non_finite_count = 0;
    for (; next < count && blocks[next].segment == i; ++next) {
      const double value = blocks[next].output.value;
      total = std::isinf(args.order) ? ((total > value || total != total) ? total : value) : total + value;
      non_finite_count += blocks[next].output.non_finite_count;
    }
    if (args.norms != nullptr) args.norms[i] = root(total, args.order);
    if (args.non_finite_counts != nullptr) args.non_finite_counts[i] = non_finite_count;
  }
}

}  // namespace nopt
#endif
