// What the matrix rules share: their words, walks over lines of weights and gradients, and sums in a fixed order.
// Included by each rule file, once per instruction set.
//
// A rule file names its slots, scalars and variants in three lists (NOPT_SLOTS with the shape of each slot,
// NOPT_SCALARS, NOPT_VARIANTS), sets HWY_TARGET_INCLUDE to its own path, includes this file, and defines
//   void run(const Execution& execution, const nopt_matrix_step_args& args)
// between NOPT_KERNEL_NAMESPACE_BEGIN and END. The last line is NOPT_REGISTER_MATRIX_RULE(name, coefficients). Where a
// rule has only + - * / sqrt abs max min, every instruction set and C# give the same bits.
#include "hwy/foreach_target.h"

#if defined(NOPT_OPTIMIZERS_MATRIX_MATRIX_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_OPTIMIZERS_MATRIX_MATRIX_INL_H
#undef NOPT_OPTIMIZERS_MATRIX_MATRIX_INL_H
#else
#define NOPT_OPTIMIZERS_MATRIX_MATRIX_INL_H
#endif

#include <cmath>

#include "core/parallel.h"
#include "core/scratch.h"
#include "kernels/row-inl.h"
#include "optimizers/matrix/lines.h"
#include "optimizers/matrix/registry.h"
#include "optimizers/prologue-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

#define NOPT_ENUMERATOR(name) name,
#define NOPT_VARIANT_INDEX(name) name##_bit,
#define NOPT_VARIANT_BIT(name) name = 1u << name##_bit,
#define NOPT_MATRIX_SLOT(name, variant, shape) name,
#define NOPT_MATRIX_SLOT_VARIANT(name, variant, shape) variant,
#define NOPT_MATRIX_SLOT_SHAPE(name, variant, shape) shape,
#define NOPT_MATRIX_SLOT_NAME(name, variant, shape) #name,
#define NOPT_NAME(name) #name,
enum VariantIndex { NOPT_VARIANTS(NOPT_VARIANT_INDEX) kVariantBits };
enum Variant : uint32_t { NOPT_VARIANTS(NOPT_VARIANT_BIT) kVariantEnd = 1u << kVariantBits };
enum Slot { NOPT_SLOTS(NOPT_MATRIX_SLOT) kSlotCount };
enum Scalar { NOPT_SCALARS(NOPT_ENUMERATOR) kScalarCount };
constexpr uint32_t kSlotVariants[] = {NOPT_SLOTS(NOPT_MATRIX_SLOT_VARIANT)};
constexpr int32_t kSlotShapes[] = {NOPT_SLOTS(NOPT_MATRIX_SLOT_SHAPE)};

// The arrays of a step and its numbers, rounded to float once.
struct Operands {
  Operands(const nopt_matrix_step_args& args, const Lines& cut)
      : w(static_cast<float*>(args.parameters)),
        g(static_cast<float*>(args.gradients)),
        variant(args.variant),
        zero_gradients((args.flags & NOPT_STEP_ZERO_GRADIENTS) != 0),
        lines(cut),
        prologue(*args.prologue, args.flags) {
    for (int k = 0; k < kSlotCount; ++k) s[k] = args.slots == nullptr ? nullptr : static_cast<float*>(args.slots[k]);
    for (int k = 0; k < kScalarCount; ++k) a[k] = static_cast<float>(args.scalars[k]);
  }

  bool has(uint32_t bits) const { return (variant & bits) == bits; }

  // Weights and gradients at position i, after the prologue.
  template <class Place>
  HWY_INLINE void read(const Place& place, int64_t i, V& weights, V& gradients) const {
    weights = place.get(w + i);
    gradients = place.get(g + i);
    prologue.apply(weights, gradients);
  }

  // The end of the step at position i.
  template <class Place>
  HWY_INLINE void write(const Place& place, int64_t i, V weights) const {
    place.put(weights, w + i);
    if (zero_gradients) place.put(zero(), g + i);
  }

  float* w;
  float* g;
  float* s[kSlotCount];
  float a[kScalarCount];
  uint32_t variant;
  bool zero_gradients;
  Lines lines;
  Prologue prologue;
};

// A step whose positions count from `begin`.
template <class Step>
struct Moved {
  Step& step;
  int64_t begin;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    step(place, begin + i, lane);
  }
};

// step(place, i, lane) for the vectors of one line; i counts from the first element of the parameter.
template <class Step>
HWY_INLINE void for_each_vector_of_line(const Lines& lines, int64_t line, Step& step) {
  Moved<Step> moved{step, lines.begin(line)};
  for_each_vector(lines.size(line), moved);
}

struct Sum {
  const float* x;
  LineSum sum;
  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    sum.add(lane, place.get(x + i));
  }
};

// x[0] + ... + x[count - 1].
inline float sum_of(const float* x, int64_t count) {
  Sum step{x, LineSum()};
  for_each_vector(count, step);
  return step.sum.total();
}

// The larger one; NaN wins whatever operand it is in.
inline float larger(float x, float y) {
  return (x > y || x != x) ? x : y;
}

// sum / count, rooted.
inline float root_mean(float sum, int64_t count) {
  return std::sqrt(sum / static_cast<float>(count));
}

// Pass(operands, block) for all blocks, shared by the threads; a pass touches `arrays` arrays as long as the parameter.
template <class Step, void (*kPass)(const Step& step, int64_t block)>
void for_each_block(const Execution& execution, const Step& step, const Lines& lines, int64_t arrays) {
  struct Body {
    const Step& step;
    void operator()(int64_t block) const { kPass(step, block); }
  };
  parallel_for(execution, lines.block_count(), lines.total * arrays * static_cast<int64_t>(sizeof(float)), Body{step});
}

NOPT_KERNEL_NAMESPACE_END

// The last pass also publishes the rule; registry.cpp finds the object through the generated table.
#undef NOPT_REGISTER_MATRIX_RULE
#if HWY_ONCE
#define NOPT_REGISTER_MATRIX_RULE(rule, coefficients)                               \
  namespace nopt {                                                                  \
  namespace {                                                                       \
  constexpr const char* kSlotNames[] = {NOPT_SLOTS(NOPT_MATRIX_SLOT_NAME) nullptr}; \
  constexpr const char* kScalarNames[] = {NOPT_SCALARS(NOPT_NAME) nullptr};         \
  constexpr const char* kVariantNames[] = {NOPT_VARIANTS(NOPT_NAME) nullptr};       \
  }                                                                                 \
  extern const MatrixRuleInfo kMatrixRule_##rule;                                   \
  const MatrixRuleInfo kMatrixRule_##rule = {#rule,                                 \
                                             HWY_NAMESPACE::kSlotCount,             \
                                             HWY_NAMESPACE::kScalarCount,           \
                                             HWY_NAMESPACE::kVariantBits,           \
                                             coefficients,                          \
                                             kSlotNames,                            \
                                             kScalarNames,                          \
                                             kVariantNames,                         \
                                             HWY_NAMESPACE::kSlotVariants,          \
                                             HWY_NAMESPACE::kSlotShapes,            \
                                             NOPT_ISA_TABLE(run)};                  \
  }
#else
#define NOPT_REGISTER_MATRIX_RULE(rule, coefficients)
#endif

#endif  // NOPT_OPTIMIZERS_MATRIX_MATRIX_INL_H
