// The pass over memory that all optimizers share: read a vector of weights, gradients and slots, apply the prologue,
// apply the rule, write back. Included by each rule file, once per instruction set.
//
// A rule file names its slots, scalars and variants in three lists (NOPT_SLOTS, NOPT_SCALARS, NOPT_VARIANTS), from
// which the enumerators and the published names are both made, sets HWY_TARGET_INCLUDE to its own path, includes this
// file, and defines
//   struct <Rule> { template <uint32_t kVariant> static V update(V w, V g, V* s, const V* a); }
// between NOPT_KERNEL_NAMESPACE_BEGIN and END: it returns the new w and changes the slots s; a holds the scalars. The
// last line is NOPT_REGISTER_OPTIMIZER(name, Rule). Only + - * / sqrt abs max min: every instruction set and C# then
// give the same bits. Divisions are written quotient<kVariant>(x, y) and announced by NOPT_HAS_QUOTIENTS 1, so that
// NOPT_STEP_FAST_MATH finds them (quotient-inl.h).
#include "hwy/foreach_target.h"

#if defined(NOPT_OPTIMIZERS_RULE_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_OPTIMIZERS_RULE_INL_H
#undef NOPT_OPTIMIZERS_RULE_INL_H
#else
#define NOPT_OPTIMIZERS_RULE_INL_H
#endif

#include "hwy/cache_control.h"
#include "kernels/simd-inl.h"
#include "optimizers/prologue-inl.h"
#include "optimizers/quotient-inl.h"
#include "optimizers/registry.h"
#include "optimizers/rule.h"

NOPT_KERNEL_NAMESPACE_BEGIN

#define NOPT_ENUMERATOR(name) name,
#define NOPT_VARIANT_INDEX(name) name##_bit,
#define NOPT_VARIANT_BIT(name) name = 1u << name##_bit,
#define NOPT_SLOT(name, variant) name,
#define NOPT_SLOT_VARIANT(name, variant) variant,
#define NOPT_SLOT_NAME(name, variant) #name,
#define NOPT_NAME(name) #name,
enum VariantIndex { NOPT_VARIANTS(NOPT_VARIANT_INDEX) kVariantBits };
enum Variant : uint32_t { NOPT_VARIANTS(NOPT_VARIANT_BIT) kVariantEnd = 1u << kVariantBits };
enum Slot { NOPT_SLOTS(NOPT_SLOT) kSlotCount };
enum Scalar { NOPT_SCALARS(NOPT_ENUMERATOR) kScalarCount, kFactor = kScalarCount };  // the factor is one scalar more

// A trailing element keeps the lists of a rule without slots or variants from being empty.
constexpr uint32_t kSlotVariants[] = {NOPT_SLOTS(NOPT_SLOT_VARIANT) 0};

// Slots that the first pass of a rule of two passes updates; the second one only reads them.
#ifndef NOPT_MEASURED_SLOTS
#define NOPT_MEASURED_SLOTS 0u
#endif
constexpr uint32_t kMeasuredSlots = NOPT_MEASURED_SLOTS;

// Not in the second of two passes, which leaves some arrays alone.
#ifdef NOPT_NUMBERS
constexpr bool kPrefetches = false;
#else
constexpr bool kPrefetches = true;
#endif

// Ahead of the vector at work: a few cache lines. The processor fetches streams by itself; this only keeps its divider
// busy across the edges of what it has fetched. From 12 lines on it gets in the way (measured on Zen 4: 0.8 of the speed).
constexpr int64_t kPrefetchFloats = 96;

constexpr bool uses(uint32_t variant, int slot) {
  return (variant & kSlotVariants[slot]) == kSlotVariants[slot];
}

constexpr bool is_measured(int slot) {
  return (kMeasuredSlots >> slot & 1) != 0;
}

// The arrays of a block, moved to its first element.
struct Streams {
  float* w;
  float* g;
  float* s[kSlotCount + 1];
  bool zero_gradients;
};

inline Streams streams_of(uint32_t variant, const RuleBlock& block) {
  Streams streams;
  streams.w = block.w + block.begin;
  streams.g = block.g + block.begin;
  for (int k = 0; k < kSlotCount; ++k) {
    streams.s[k] = uses(variant, k) ? static_cast<float*>(block.slots[k]) + block.begin : nullptr;
  }
  streams.zero_gradients = (block.flags & NOPT_STEP_ZERO_GRADIENTS) != 0;
  return streams;
}

// One vector at position i. `place` is all of it, or its first lanes at the end of a block.
template <class Rule, uint32_t kVariant, bool kPlain, class Place>
HWY_INLINE void update_vector(const Place& place, const Prologue& prologue, const Streams& streams, const V* a,
                              int64_t i) {
  V w = place.get(streams.w + i);
  V g = place.get(streams.g + i);
  V s[kSlotCount + 1];
  for (int k = 0; k < kSlotCount; ++k) s[k] = uses(kVariant, k) ? place.get(streams.s[k] + i) : zero();
  if constexpr (!kPlain) prologue.apply(w, g);
  w = Rule::template update<kVariant>(w, g, s, a);
  place.put(w, streams.w + i);
  for (int k = 0; k < kSlotCount; ++k) {
    if (uses(kVariant, k) && !is_measured(k)) place.put(s[k], streams.s[k] + i);
  }
  if (streams.zero_gradients) place.put(zero(), streams.g + i);
}

template <uint32_t kVariant>
HWY_INLINE void prefetch_line(const Streams& streams, int64_t i) {
  hwy::Prefetch(streams.w + i + kPrefetchFloats);
  hwy::Prefetch(streams.g + i + kPrefetchFloats);
  for (int k = 0; k < kSlotCount; ++k) {
    if (uses(kVariant, k)) hwy::Prefetch(streams.s[k] + i + kPrefetchFloats);
  }
}

// The scalars of a rule in registers.
struct Scalars {
  V a[kScalarCount + 1];
  HWY_INLINE explicit Scalars(const RuleBlock& block) {
    for (int k = 0; k < kScalarCount; ++k) a[k] = splat(static_cast<float>(block.scalars[k]));
    a[kFactor] = splat(static_cast<float>(block.factor));
  }
};

// Scalars and streams are copies: were they reached through pointers, each store would make the compiler load them again.
template <class Rule, uint32_t kVariant, bool kPlain>
void update_run(const Prologue& prologue, const Streams streams, const Scalars scalars, int64_t count) {
  const V* const a = scalars.a;
  int64_t i = 0;
  for (; i + kLine <= count; i += kLine) {
    if constexpr (kPrefetches) prefetch_line<kVariant>(streams, i);
    for (int64_t j = 0; j < kLine; j += kLanes) {
      update_vector<Rule, kVariant, kPlain>(WholeVector(), prologue, streams, a, i + j);
    }
  }
  for (; i + kLanes <= count; i += kLanes) {
    update_vector<Rule, kVariant, kPlain>(WholeVector(), prologue, streams, a, i);
  }
  if (i < count) update_vector<Rule, kVariant, kPlain>(FirstLanes{count - i}, prologue, streams, a, i);
}

template <class Rule, uint32_t kVariant>
void update_with_prologue(const RuleBlock& block) {
  const Prologue prologue(*block.prologue, block.flags);
  const Streams streams = streams_of(kVariant, block);
  if (prologue.does_nothing()) {
    update_run<Rule, kVariant, true>(prologue, streams, Scalars(block), block.count);
  } else {
    update_run<Rule, kVariant, false>(prologue, streams, Scalars(block), block.count);
  }
}

// Finds the instantiation of the variant.
template <class Rule, uint32_t kVariant>
void update_variant(uint32_t variant, const RuleBlock& block) {
  if constexpr (kVariant + 1 < kVariantEnd) {
    if (variant != kVariant) return update_variant<Rule, kVariant + 1>(variant, block);
  }
  if constexpr (kEstimatesQuotients) {
    if ((block.flags & NOPT_STEP_FAST_MATH) != 0) return update_with_prologue<Rule, kVariant | kFastMath>(block);
  }
  update_with_prologue<Rule, kVariant>(block);
}

NOPT_KERNEL_NAMESPACE_END

// The rule's kernel for this instruction set.
#undef NOPT_DEFINE_KERNEL
#define NOPT_DEFINE_KERNEL(Rule)                               \
  NOPT_KERNEL_NAMESPACE_BEGIN                                  \
  void update_rule(uint32_t variant, const RuleBlock& block) { \
    update_variant<Rule, 0>(variant, block);                   \
  }                                                            \
  NOPT_KERNEL_NAMESPACE_END

// The last pass also publishes the rule; registry.cpp finds the object through the generated table.
#undef NOPT_PUBLISH_OPTIMIZER
#if HWY_ONCE
#define NOPT_PUBLISH_OPTIMIZER(optimizer, ...)                                \
  namespace nopt {                                                            \
  namespace {                                                                 \
  constexpr const char* kSlotNames[] = {NOPT_SLOTS(NOPT_SLOT_NAME) nullptr};  \
  constexpr const char* kScalarNames[] = {NOPT_SCALARS(NOPT_NAME) nullptr};   \
  constexpr const char* kVariantNames[] = {NOPT_VARIANTS(NOPT_NAME) nullptr}; \
  }                                                                           \
  extern const OptimizerInfo kOptimizer_##optimizer;                          \
  const OptimizerInfo kOptimizer_##optimizer = {#optimizer,                   \
                                                HWY_NAMESPACE::kSlotCount,    \
                                                HWY_NAMESPACE::kScalarCount,  \
                                                HWY_NAMESPACE::kVariantBits,  \
                                                kSlotNames,                   \
                                                kScalarNames,                 \
                                                kVariantNames,                \
                                                HWY_NAMESPACE::kSlotVariants, \
                                                NOPT_ISA_TABLE(update_rule),  \
                                                __VA_ARGS__};                 \
  }
#else
#define NOPT_PUBLISH_OPTIMIZER(optimizer, ...)
#endif

#undef NOPT_REGISTER_OPTIMIZER
#define NOPT_REGISTER_OPTIMIZER(optimizer, Rule) \
  NOPT_DEFINE_KERNEL(Rule)                       \
  NOPT_PUBLISH_OPTIMIZER(optimizer, {})

#endif  // NOPT_OPTIMIZERS_RULE_INL_H
