// Yong et al. 2020, "Gradient centralization", https://arxiv.org/abs/2004.01461, equation 1, with the weights that lead to
// one output in a column.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/centralize.cpp"
#include "hwy/foreach_target.h"

#include "core/isa_table.h"
#include "core/parallel.h"
#include "kernels/centralize.h"
#include "kernels/double_sum-inl.h"
#include "kernels/matrix.h"
#include "kernels/row-inl.h"
#include "optimizers/prologue-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// Up to 16 neighbouring columns.
class CentralizedLine {
 public:
  CentralizedLine(const nopt_centralize_args& args, int64_t column)
      : args_(args),
        prologue_(*args.prologue,
                  (args.flags & NOPT_GRADIENT_IGNORE_NON_FINITE) != 0 ? uint32_t{NOPT_STEP_IGNORE_NON_FINITE} : 0u),
        column_(column),
        count_(args.w.columns - column < kLine ? args.w.columns - column : kLine) {}

  void centralize() {
    DoubleLineSum sums;
    for (int64_t row = 0; row < args_.w.rows; ++row) {
      visit(row, line_);
      for (int64_t lane = 0; lane < kLineDoubleVectors; ++lane) sums.add(lane, promoted(line_, lane));
    }
    find_means(sums);
    for (int64_t row = 0; row < args_.w.rows; ++row) visit(row, float_row(args_.y, row) + column_);
  }

  // The gradients after the penalties, less the means: those are 0 at first.
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t k, int64_t /*lane*/) {
    place.put(prologue_.penalized(place.get(w_ + k), place.get(g_ + k)) - place.get(means_ + k), result_ + k);
  }

 private:
  void visit(int64_t row, float* result) {
    w_ = float_row(args_.w, row) + column_;
    g_ = float_row(args_.g, row) + column_;
    result_ = result;
    for_each_vector(count_, *this);
  }

  void find_means(const DoubleLineSum& sums) {
    double totals[kLine];
    for (int64_t lane = 0; lane < kLineDoubleVectors; ++lane) {
      hn::StoreU(sums.part[lane], DoubleTag(), totals + lane * kDoubleLanes);
    }
    const double rows = static_cast<double>(args_.w.rows);
    for (int64_t k = 0; k < kLine; ++k) means_[k] = static_cast<float>(totals[k] / rows);
  }

  const nopt_centralize_args& args_;
  const Prologue prologue_;
  const int64_t column_;
  const int64_t count_;
  const float* w_ = nullptr;
  const float* g_ = nullptr;
  float* result_ = nullptr;
  HWY_ALIGN float line_[kLine] = {};
  HWY_ALIGN float means_[kLine] = {};
};

void centralize_columns(const nopt_centralize_args& args, int64_t column) {
  CentralizedLine(args, column).centralize();
}

NOPT_KERNEL_NAMESPACE_END

#if HWY_ONCE
namespace nopt {
namespace {
constexpr IsaTable<void(const nopt_centralize_args&, int64_t)> kCentralizeColumns = NOPT_ISA_TABLE(centralize_columns);
constexpr int64_t kLineColumns = 16;
}  // namespace

void run_centralize(const Execution& execution, const nopt_centralize_args& args) {
  const int64_t block_count = (args.w.columns + kLineColumns - 1) / kLineColumns;
  parallel_for(execution, block_count, 5 * float_bytes(args.w),
               [&](int64_t block) { kCentralizeColumns[execution.isa](args, block * kLineColumns); });
}

}  // namespace nopt
#endif
