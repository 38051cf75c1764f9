// Which fields of nopt_loss_args each loss takes.
#ifndef NOPT_ABI_LOSS_TRAITS_H
#define NOPT_ABI_LOSS_TRAITS_H

#include <cstdint>

#include "nativeopt/nativeopt.h"

namespace nopt {

// Numbers of nopt_loss_args, as bits of LossTraits::numbers.
enum : uint32_t { kDelta = 1, kGamma = 2, kAlpha = 4, kBeta = 8, kEpsilon = 16, kSmoothing = 32 };

struct LossNumber {
  uint32_t bit;
  const char* name;
  double nopt_loss_args::*field;
};

constexpr LossNumber kLossNumbers[] = {
    {kDelta, "delta", &nopt_loss_args::delta},       {kGamma, "gamma", &nopt_loss_args::gamma},
    {kAlpha, "alpha", &nopt_loss_args::alpha},       {kBeta, "beta", &nopt_loss_args::beta},
    {kEpsilon, "epsilon", &nopt_loss_args::epsilon}, {kSmoothing, "label_smoothing", &nopt_loss_args::label_smoothing},
};

struct LossTraits {
  uint32_t flags;    // nopt_loss_flags that it takes
  uint32_t numbers;  // that it takes; the others are 0
  bool counts;       // whether it has right answers
  bool takes_class_weights;
};

constexpr uint32_t kLossFlags = NOPT_LOSS_FROM_LOGITS | NOPT_LOSS_IGNORE_CLASS | NOPT_LOSS_CLASS_BALANCING |
                                NOPT_LOSS_UNCLIPPED | NOPT_LOSS_LOG_INPUT | NOPT_LOSS_LOG_TARGETS | NOPT_LOSS_FULL |
                                NOPT_LOSS_WHOLE_BATCH;

// `loss` is a nopt_loss.
inline const LossTraits& loss_traits(int32_t loss) {
  constexpr uint32_t kLogits = NOPT_LOSS_FROM_LOGITS;
  constexpr uint32_t kEntropy = kLogits | NOPT_LOSS_UNCLIPPED;
  static constexpr LossTraits kTraits[] = {
      {0, 0, false, false},                                                   // mean squared error
      {kEntropy, kSmoothing, true, false},                                    // binary cross-entropy
      {kEntropy, kSmoothing, true, true},                                     // categorical cross-entropy
      {kEntropy | NOPT_LOSS_IGNORE_CLASS, kSmoothing, true, true},            // sparse categorical cross-entropy
      {0, 0, false, false},                                                   // mean absolute error
      {0, kEpsilon, false, false},                                            // mean absolute percentage error
      {0, kEpsilon, false, false},                                            // mean squared logarithmic error
      {0, kDelta, false, false},                                              // Huber
      {0, kDelta, false, false},                                              // smooth L1
      {0, 0, false, false},                                                   // log cosh
      {0, kEpsilon, false, false},                                            // cosine similarity
      {NOPT_LOSS_LOG_INPUT | NOPT_LOSS_FULL, kEpsilon, false, false},         // Poisson
      {NOPT_LOSS_LOG_INPUT | NOPT_LOSS_LOG_TARGETS, kEpsilon, false, false},  // Kullback-Leibler divergence
      {0, 0, false, false},                                                   // hinge
      {0, 0, false, false},                                                   // squared hinge
      {0, 0, false, false},                                                   // categorical hinge
      {kLogits | NOPT_LOSS_CLASS_BALANCING, kGamma | kAlpha | kSmoothing, true, false},  // binary focal
      {kLogits, kGamma | kAlpha | kSmoothing, true, true},                               // categorical focal
      {NOPT_LOSS_WHOLE_BATCH, kAlpha | kBeta | kEpsilon, false, false},                  // Tversky
  };
  return kTraits[loss];
}

}  // namespace nopt

#endif  // NOPT_ABI_LOSS_TRAITS_H
