// The ascent of sharpness-aware minimization: Foret et al. 2021, https://arxiv.org/abs/2010.01412, and adaptive: Kwon et al. 2021,
// https://arxiv.org/abs/2102.11600. First pass, sums over all parameters:
//   squares = |g|^2      scaled_squares = |w g|^2
// Second pass, with scale = rho / (|g| + 1e-12) of the host's, or of |w g| where adaptive:
//   w <- w + scale g      adaptive: w <- w + scale w^2 g
// It is no optimizer of its own: the gradient at the new w is what an optimizer then applies at the old one.
#define NOPT_SLOTS(slot)
#define NOPT_MEASURED_SLOTS 0u
#define NOPT_SCALARS(scalar) scalar(scale)
#define NOPT_VARIANTS(variant) variant(adaptive)
#define NOPT_NUMBERS(number) number(squares) number(scaled_squares)
#define HWY_TARGET_INCLUDE "optimizers/sam_ascent.cpp"
#include "optimizers/layerwise-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

struct SamAscent {
  template <uint32_t kVariant>
  static HWY_INLINE void measure(V w, V g, V*, const V*, V* terms) {
    const V scaled = w * g;
    terms[0] = g * g;
    terms[1] = scaled * scaled;
  }

  template <uint32_t kVariant>
  static HWY_INLINE V update(V w, V g, V*, const V* a) {
    if constexpr ((kVariant & adaptive) != 0) g = (w * w) * g;
    return w + a[scale] * g;
  }
};

NOPT_KERNEL_NAMESPACE_END

NOPT_REGISTER_GLOBAL(sam_ascent, SamAscent)
