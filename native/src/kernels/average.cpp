#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/average.cpp"
#include "hwy/foreach_target.h"

#include "core/isa_table.h"
#include "core/parallel.h"
#include "kernels/average.h"
#include "kernels/matrix_pieces.h"
#include "kernels/row-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct CopyWeights {
  const float* w;
  float* a;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    place.put(place.get(w + i), a + i);
  }
};

struct WeightedAverage {
  const float* w;
  float* a;
  V keep, add;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    place.put(keep * place.get(a + i) + add * place.get(w + i), a + i);
  }
};

struct AverageTowards {
  const float* w;
  float* a;
  V add;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t /*lane*/) {
    const V old = place.get(a + i);
    place.put(old + add * (place.get(w + i) - old), a + i);
  }
};

void average(int32_t form, double keep, const float* w, float* a, int64_t count) {
  const V add = splat(static_cast<float>(1 - keep));
  if (keep == 0) {
    CopyWeights step{w, a};
    for_each_vector(count, step);
  } else if (form == NOPT_AVERAGE_WEIGHTED) {
    WeightedAverage step{w, a, splat(static_cast<float>(keep)), add};
    for_each_vector(count, step);
  } else {
    AverageTowards step{w, a, add};
    for_each_vector(count, step);
  }
}

NOPT_KERNEL_NAMESPACE_END

#if HWY_ONCE
namespace nopt {
namespace {
constexpr IsaTable<void(int32_t, double, const float*, float*, int64_t)> kAverage = NOPT_ISA_TABLE(average);
constexpr int64_t kPieceElements = 16384;
}  // namespace

void run_average(const Execution& execution, const nopt_average_args& args) {
  if (args.keep == 1) return;
  const MatrixPieces pieces(args.w, has_row_gaps(args.w) || has_row_gaps(args.a), kPieceElements);
  parallel_for(execution, pieces.count(), 3 * float_bytes(args.w), [&](int64_t index) {
    const MatrixPiece piece = pieces[index];
    kAverage[execution.isa](args.form, args.keep, piece.of(args.w), piece.of(args.a), piece.count);
  });
}

}  // namespace nopt
#endif
