// The inverse of the standard normal distribution function, which turns uniform numbers into normal ones.
//
// Rational approximation by Wichura, "The percentage points of the normal distribution", Applied Statistics 37, 1988,
// algorithm AS 241 (PPND16). Only + - * / sqrt in double precision, no libm: the managed twin has the same bits.
#ifndef NOPT_CORE_NORMAL_QUANTILE_H
#define NOPT_CORE_NORMAL_QUANTILE_H

namespace nopt {

// The x below which a standard normal number lies with probability p, 0 < p < 1. Relative error about 1e-15.
double normal_quantile(double p);

}  // namespace nopt

#endif  // NOPT_CORE_NORMAL_QUANTILE_H
