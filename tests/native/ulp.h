// Errors in units of the last place (ulp), and samples over all floats.
#ifndef NOPT_TESTS_ULP_H
#define NOPT_TESTS_ULP_H

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "test_data.h"

namespace nopt {

// Every 4099th bit pattern (a prime), so that all exponents and both signs occur.
inline std::vector<float> sample_of_all_floats(uint32_t step = 4099) {
  std::vector<float> x;
  for (uint64_t bits = 0; bits < (uint64_t{1} << 32); bits += step) x.push_back(float_of(static_cast<uint32_t>(bits)));
  return x;
}

inline double ulp_of(double value) {
  const double size = std::max(std::fabs(value), static_cast<double>(std::numeric_limits<float>::min()));
  return std::ldexp(1.0, std::ilogb(size) - 23);
}

// Results below the smallest normal number may be 0.
inline double error_in_ulp(float actual, double expected) {
  if (actual == 0.0f && std::fabs(expected) < std::numeric_limits<float>::min()) return 0.0;
  return std::fabs(static_cast<double>(actual) - expected) / ulp_of(expected);
}

}  // namespace nopt

#endif  // NOPT_TESTS_ULP_H
