#include "core/normal_quantile.h"

#include <cmath>
#include <cstdint>
#include <cstring>

namespace nopt {
namespace {

constexpr double kCentralHalfWidth = 0.425;
constexpr int kTerms = 8;

// Numerator and denominator, highest power first.
struct Rational {
  double above[kTerms];
  double below[kTerms];

  double at(double x) const {
    double a = 0;
    double b = 0;
    for (int i = 0; i < kTerms; ++i) {
      a = a * x + above[i];
      b = b * x + below[i];
    }
    return a / b;
  }
};

// In 0.180625 - q^2.
constexpr Rational kCentre = {
    {2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
     1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080e0},
    {5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
     5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1.0}};

// In r - 1.6.
constexpr Rational kShoulder = {
    {7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e0,
     3.64784832476320460504e0, 5.76949722146069140550e0, 4.63033784615654529590e0, 1.42343711074968357734e0},
    {1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
     6.89767334985100004550e-1, 1.67638483018380384940e0, 2.05319162663775882187e0, 1.0}};

// In r - 5.
constexpr Rational kTail = {
    {2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
     2.96560571828504891230e-1, 1.78482653991729133580e0, 5.46378491116411436990e0, 6.65790464350110377720e0},
    {2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
     1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0}};

// log x for normal x > 0: x = m 2^e with m in [sqrt(1/2), sqrt(2)), log m = 2 artanh((m - 1) / (m + 1)) as a series.
double natural_log(double x) {
  constexpr uint64_t kSqrtHalfBits = 0x3fe6a09e667f3bcdu;
  uint64_t bits;
  std::memcpy(&bits, &x, sizeof(bits));
  const uint64_t shifted = bits - kSqrtHalfBits;
  const int64_t exponent = static_cast<int64_t>(shifted) >> 52;
  const uint64_t mantissa = (shifted & 0xfffffffffffffu) + kSqrtHalfBits;
  double m;
  std::memcpy(&m, &mantissa, sizeof(m));
  const double s = (m - 1) / (m + 1);
  const double z = s * s;
  double series = 0;
  for (int k = 23; k >= 1; k -= 2) series = series * z + 1.0 / k;
  return static_cast<double>(exponent) * 0.69314718055994530942 + 2 * s * series;
}

}  // namespace

double normal_quantile(double p) {
  const double q = p - 0.5;
  if (std::fabs(q) <= kCentralHalfWidth) return q * kCentre.at(kCentralHalfWidth * kCentralHalfWidth - q * q);
  const double r = std::sqrt(-natural_log(q < 0 ? p : 1 - p));
  const double x = r <= 5 ? kShoulder.at(r - 1.6) : kTail.at(r - 5);
  return q < 0 ? -x : x;
}

}  // namespace nopt
