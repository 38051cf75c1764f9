// Brock et al. 2021, "High-performance large-scale image recognition without normalization", section 4.1, with the
// columns of a matrix as units.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/adaptive_clip.cpp"
#include "hwy/foreach_target.h"

#include "core/isa_table.h"
#include "core/parallel.h"
#include "kernels/adaptive_clip.h"
#include "kernels/double_sum-inl.h"
#include "kernels/matrix.h"
#include "kernels/row-inl.h"
#include "optimizers/prologue-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// Up to 16 neighbouring columns of all three matrices.
class ColumnLine {
 public:
  ColumnLine(const nopt_adaptive_clip_args& args, int64_t column)
      : args_(args),
        prologue_({args.gradient_scale, args.l1, args.l2, 0, 0, 1},
                  (args.flags & NOPT_GRADIENT_IGNORE_NON_FINITE) != 0 ? uint32_t{NOPT_STEP_IGNORE_NON_FINITE} : 0u),
        column_(column),
        count_(args.w.columns - column < kLine ? args.w.columns - column : kLine) {}

  void clip() {
    for (pass_ = 0; pass_ < 2; ++pass_) {
      for (int64_t row = 0; row < args_.w.rows; ++row) {
        w_ = float_row(args_.w, row) + column_;
        g_ = float_row(args_.g, row) + column_;
        y_ = float_row(args_.y, row) + column_;
        for_each_vector(count_, *this);
        if (pass_ == 0) add_squares();
      }
      if (pass_ == 0) find_factors();
    }
  }

  // First pass: the gradients after the penalties, and the weights beside them. Second pass: the result.
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t k, int64_t /*lane*/) {
    const V w = place.get(w_ + k);
    const V g = prologue_.penalized(w, place.get(g_ + k));
    if (pass_ == 0) {
      place.put(g, g_line_ + k);
      place.put(w, w_line_ + k);
    } else {
      const V factor = place.get(factors_ + k);
      place.put(hn::IfThenElse(factor == splat(1.0f), g, g * factor), y_ + k);
    }
  }

 private:
  HWY_INLINE void add_squares() {
    for (int64_t lane = 0; lane < kLineDoubleVectors; ++lane) {
      const DoubleV g = promoted(g_line_, lane);
      const DoubleV w = promoted(w_line_, lane);
      g_squares_.add(lane, hn::Mul(g, g));
      w_squares_.add(lane, hn::Mul(w, w));
    }
  }

  void find_factors() {
    double g_squares[kLine];
    double w_squares[kLine];
    for (int64_t lane = 0; lane < kLineDoubleVectors; ++lane) {
      hn::StoreU(g_squares_.part[lane], DoubleTag(), g_squares + lane * kDoubleLanes);
      hn::StoreU(w_squares_.part[lane], DoubleTag(), w_squares + lane * kDoubleLanes);
    }
    for (int64_t k = 0; k < kLine; ++k) {
      const double g_norm = __builtin_sqrt(g_squares[k]);
      const double w_norm = __builtin_sqrt(w_squares[k]);
      const double limit = args_.clipping * (w_norm < args_.epsilon ? args_.epsilon : w_norm);
      // The 1e-6 keeps a limit of 0 from dividing 0 by 0; NaN stays NaN.
      factors_[k] = g_norm < limit ? 1.0f : static_cast<float>(limit / (g_norm < 1e-6 ? 1e-6 : g_norm));
    }
  }

  const nopt_adaptive_clip_args& args_;
  const Prologue prologue_;
  const int64_t column_;
  const int64_t count_;
  int pass_ = 0;
  const float* w_ = nullptr;
  const float* g_ = nullptr;
  float* y_ = nullptr;
  DoubleLineSum g_squares_;
  DoubleLineSum w_squares_;
  HWY_ALIGN float g_line_[kLine] = {};
  HWY_ALIGN float w_line_[kLine] = {};
  HWY_ALIGN float factors_[kLine] = {};
};

void clip_columns(const nopt_adaptive_clip_args& args, int64_t column) {
  ColumnLine(args, column).clip();
}

NOPT_KERNEL_NAMESPACE_END

#if HWY_ONCE
namespace nopt {
namespace {
constexpr IsaTable<void(const nopt_adaptive_clip_args&, int64_t)> kClipColumns = NOPT_ISA_TABLE(clip_columns);
constexpr int64_t kLineColumns = 16;
}  // namespace

void run_adaptive_clip(const Execution& execution, const nopt_adaptive_clip_args& args) {
  const int64_t block_count = (args.w.columns + kLineColumns - 1) / kLineColumns;
  parallel_for(execution, block_count, 5 * float_bytes(args.w),
               [&](int64_t block) { kClipColumns[execution.isa](args, block * kLineColumns); });
}

}  // namespace nopt
#endif
