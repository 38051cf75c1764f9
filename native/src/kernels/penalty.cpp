#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/penalty.cpp"
#include "hwy/foreach_target.h"

#include "core/isa_table.h"
#include "core/parallel.h"
#include "kernels/matrix_pieces.h"
#include "kernels/penalty.h"
#include "kernels/row-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct SumsStep {
  const float* x;
  LineSum sizes;
  LineSum squares;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    const V v = place.get(x + i);
    sizes.add(lane, hn::Abs(v));
    squares.add(lane, v * v);
  }
};

// sums[0] += sum |x|, sums[1] += sum x^2.
void add_sums(const float* x, int64_t count, double* sums) {
  SumsStep step{x, LineSum(), LineSum()};
  for_each_vector(count, step);
  sums[0] += static_cast<double>(step.sizes.total());
  sums[1] += static_cast<double>(step.squares.total());
}

struct GradientStep {
  const float* x;
  float* dx;
  V size_factor, square_factor;
  bool has_sizes, has_squares;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    const V v = place.get(x + i);
    V g = place.get(dx + i);
    if (has_sizes) g = g + size_factor * step_of(v);
    if (has_squares) g = g + square_factor * v;
    place.put(g, dx + i);
  }
  // 1, -1, or 0: for both zeros and for NaN, as in the prologue of an optimizer step.
  static HWY_INLINE V step_of(V v) {
    return hn::IfThenElse(v > zero(), splat(1.0f), hn::IfThenElse(v < zero(), splat(-1.0f), zero()));
  }
};

void add_gradient(const float* x, float* dx, int64_t count, double size_factor, double square_factor) {
  GradientStep step{x,
                    dx,
                    splat(static_cast<float>(size_factor)),
                    splat(static_cast<float>(square_factor)),
                    size_factor != 0,
                    square_factor != 0};
  for_each_vector(count, step);
}

NOPT_KERNEL_NAMESPACE_END

#if HWY_ONCE
namespace nopt {
namespace {

constexpr IsaTable<void(const float*, int64_t, double*)> kAddSums = NOPT_ISA_TABLE(add_sums);
constexpr IsaTable<void(const float*, float*, int64_t, double, double)> kAddGradient = NOPT_ISA_TABLE(add_gradient);

// Elements that are summed in single precision; what comes out is added in double.
constexpr int64_t kPieceElements = 4096;
constexpr int64_t kMaxBlocks = 64;

struct Sums {
  double of[2];
};

}  // namespace

void run_penalty(const Execution& execution, const nopt_penalty_args& args) {
  const MatrixPieces pieces(args.x, has_row_gaps(args.x) || has_row_gaps(args.dx), kPieceElements);
  const int64_t per_block = (pieces.count() + kMaxBlocks - 1) / kMaxBlocks;
  const int64_t block_count = (pieces.count() + per_block - 1) / per_block;
  Sums partials[kMaxBlocks] = {};
  const int64_t traffic = float_bytes(args.x) + 2 * float_bytes(args.dx);
  parallel_for(execution, block_count, traffic, [&](int64_t block) {
    for (int64_t i = block * per_block; i < (block + 1) * per_block && i < pieces.count(); ++i) {
      const MatrixPiece piece = pieces[i];
      if (args.value != nullptr) kAddSums[execution.isa](piece.of(args.x), piece.count, partials[block].of);
      if (args.dx.data == nullptr) continue;
      kAddGradient[execution.isa](piece.of(args.x), piece.of(args.dx), piece.count, args.gradient_scale * args.l1,
                                  2 * args.gradient_scale * args.l2);
    }
  });
  if (args.value == nullptr) return;
  Sums total = {};
  for (int64_t block = 0; block < block_count; ++block) {
    total.of[0] += partials[block].of[0];
    total.of[1] += partials[block].of[1];
  }
  // A factor of 0 leaves its term out: infinite weights are none of its business.
  *args.value = (args.l1 == 0 ? 0 : args.l1 * total.of[0]) + (args.l2 == 0 ? 0 : args.l2 * total.of[1]);
}

}  // namespace nopt
#endif
