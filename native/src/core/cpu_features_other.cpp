#if !defined(__x86_64__) && !defined(__i386__)

#include "core/cpu_features.h"

namespace nopt {

// NEON is part of the 64-bit ARM baseline.
CpuFeatures cpu_features() {
  CpuFeatures features = {};
#if defined(__aarch64__)
  features.neon = true;
#endif
  return features;
}

const char* cpu_name() {
  return "unknown";
}

}  // namespace nopt

#endif
