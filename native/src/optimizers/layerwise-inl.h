// The first of two passes over memory, for rules that take norms or other sums before they update: of each tensor (LAMB,
// LARS), or of all parameters together (Prodigy). The second pass is that of all rules, in rule-inl.h.
//
// A rule file is written as rule-inl.h describes, and states besides: NOPT_MEASURED_SLOTS, the bits of the slots that the
// first pass updates, if any; NOPT_NUMBERS, the numbers that the rule keeps for a tensor, or the names of its sums; and in
// its struct
//   template <uint32_t kVariant> static void measure(V w, V g, V* s, const V* a, V* terms);
//       the terms of the sums at one vector; changes the measured slots;
//   static double combine(uint32_t variant, const double* sums, const double* scalars, double* numbers);
//       the factor, which update() then finds in a[kFactor]; moves the numbers on.
// The last line is NOPT_REGISTER_LAYERWISE(name, Rule), or NOPT_REGISTER_GLOBAL(name, Rule) for a rule without combine.
#include "hwy/foreach_target.h"

#if defined(NOPT_OPTIMIZERS_LAYERWISE_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_OPTIMIZERS_LAYERWISE_INL_H
#undef NOPT_OPTIMIZERS_LAYERWISE_INL_H
#else
#define NOPT_OPTIMIZERS_LAYERWISE_INL_H
#endif

#include "kernels/row-inl.h"
#include "optimizers/rule-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

template <class Rule, uint32_t kVariant, bool kPlain>
struct MeasureStep {
  const Prologue& prologue;
  const Streams streams;
  const Scalars scalars;
  LineSum sums[kRuleSums];

  template <class Place>
  HWY_INLINE void operator()(const Place& place, int64_t i, int64_t lane) {
    V w = place.get(streams.w + i);
    V g = place.get(streams.g + i);
    V s[kSlotCount + 1];
    for (int k = 0; k < kSlotCount; ++k) s[k] = uses(kVariant, k) ? place.get(streams.s[k] + i) : zero();
    if constexpr (!kPlain) prologue.apply(w, g);
    V terms[kRuleSums] = {zero(), zero()};
    Rule::template measure<kVariant>(w, g, s, scalars.a, terms);
    for (int k = 0; k < kSlotCount; ++k) {
      if (uses(kVariant, k) && is_measured(k)) place.put(s[k], streams.s[k] + i);
    }
    for (int k = 0; k < kRuleSums; ++k) sums[k].add(lane, place.only(terms[k]));
  }
};

template <class Rule, uint32_t kVariant, bool kPlain>
void measure_run(const Prologue& prologue, const RuleBlock& block, double* sums) {
  MeasureStep<Rule, kVariant, kPlain> step{prologue, streams_of(kVariant, block), Scalars(block), {}};
  for_each_vector(block.count, step);
  for (int k = 0; k < kRuleSums; ++k) sums[k] = static_cast<double>(step.sums[k].total());
}

template <class Rule, uint32_t kVariant>
void measure_with_prologue(const RuleBlock& block, double* sums) {
  const Prologue prologue(*block.prologue, block.flags);
  if (prologue.does_nothing()) {
    measure_run<Rule, kVariant, true>(prologue, block, sums);
  } else {
    measure_run<Rule, kVariant, false>(prologue, block, sums);
  }
}

template <class Rule, uint32_t kVariant>
void measure_variant(uint32_t variant, const RuleBlock& block, double* sums) {
  if constexpr (kVariant + 1 < kVariantEnd) {
    if (variant != kVariant) return measure_variant<Rule, kVariant + 1>(variant, block, sums);
  }
  if constexpr (kEstimatesQuotients) {
    if ((block.flags & NOPT_STEP_FAST_MATH) != 0) return measure_with_prologue<Rule, kVariant | kFastMath>(block, sums);
  }
  measure_with_prologue<Rule, kVariant>(block, sums);
}

// |w| / |u| from the sums of their squares; 1 where either is 0.
inline double norm_ratio(double w_squares, double u_squares) {
  if (w_squares == 0 || u_squares == 0) return 1;
  return __builtin_sqrt(w_squares) / __builtin_sqrt(u_squares);
}

NOPT_KERNEL_NAMESPACE_END

#undef NOPT_DEFINE_MEASURE
#define NOPT_DEFINE_MEASURE(Rule)                                             \
  NOPT_KERNEL_NAMESPACE_BEGIN                                                 \
  void measure_rule(uint32_t variant, const RuleBlock& block, double* sums) { \
    measure_variant<Rule, 0>(variant, block, sums);                           \
  }                                                                           \
  NOPT_KERNEL_NAMESPACE_END

#undef NOPT_DEFINE_COMBINE
#define NOPT_DEFINE_COMBINE(Rule)                                                                     \
  NOPT_KERNEL_NAMESPACE_BEGIN                                                                         \
  double combine_rule(uint32_t variant, const double* sums, const double* scalars, double* numbers) { \
    return Rule::combine(variant, sums, scalars, numbers);                                            \
  }                                                                                                   \
  NOPT_KERNEL_NAMESPACE_END

#undef NOPT_NUMBER_NAMES
#undef NOPT_CHECK_SUM_NAMES
#if HWY_ONCE
#define NOPT_NUMBER_NAMES                                                   \
  namespace nopt {                                                          \
  namespace {                                                               \
  constexpr const char* kNumberNames[] = {NOPT_NUMBERS(NOPT_NAME) nullptr}; \
  constexpr int kNumberCount = sizeof(kNumberNames) / sizeof(char*) - 1;    \
  }                                                                         \
  }
#define NOPT_CHECK_SUM_NAMES static_assert(nopt::kNumberCount == nopt::kRuleSums, "each sum has a name");
#else
#define NOPT_NUMBER_NAMES
#define NOPT_CHECK_SUM_NAMES
#endif

#undef NOPT_REGISTER_LAYERWISE
#define NOPT_REGISTER_LAYERWISE(optimizer, Rule)                                   \
  NOPT_DEFINE_KERNEL(Rule)                                                         \
  NOPT_DEFINE_MEASURE(Rule)                                                        \
  NOPT_DEFINE_COMBINE(Rule)                                                        \
  NOPT_NUMBER_NAMES                                                                \
  NOPT_PUBLISH_OPTIMIZER(optimizer, {NOPT_SCOPE_TENSOR, kNumberCount, kNumberNames, \
                                     NOPT_ISA_TABLE(measure_rule), NOPT_ISA_TABLE(combine_rule)})

#undef NOPT_REGISTER_GLOBAL
#define NOPT_REGISTER_GLOBAL(optimizer, Rule)                                   \
  NOPT_DEFINE_KERNEL(Rule)                                                      \
  NOPT_DEFINE_MEASURE(Rule)                                                     \
  NOPT_NUMBER_NAMES                                                             \
  NOPT_CHECK_SUM_NAMES                                                          \
  NOPT_PUBLISH_OPTIMIZER(optimizer, {NOPT_SCOPE_ALL, kNumberCount, kNumberNames, \
                                     NOPT_ISA_TABLE(measure_rule), {}})

#endif  // NOPT_OPTIMIZERS_LAYERWISE_INL_H
