// The scalars and variants that both forms of Adafactor have. Included before matrix-inl.h, which makes names of them.
#ifndef NOPT_OPTIMIZERS_MATRIX_ADAFACTOR_WORDS_H
#define NOPT_OPTIMIZERS_MATRIX_ADAFACTOR_WORDS_H

#define NOPT_SCALARS(scalar)                                                 \
  scalar(beta2) scalar(one_minus_beta2) scalar(offset) scalar(least_divisor) \
      scalar(inverse_clip) scalar(least_scale) scalar(rate) scalar(decay) scalar(one_minus_decay)
#define NOPT_VARIANTS(variant) variant(momentum) variant(absolute) variant(decayed_scale)

#endif  // NOPT_OPTIMIZERS_MATRIX_ADAFACTOR_WORDS_H
