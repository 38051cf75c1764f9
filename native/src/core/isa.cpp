#include "core/isa.h"

#include <hwy/detect_targets.h>

#include "core/cpu_features.h"
#include "core/env.h"

namespace nopt {
namespace {

constexpr const char* kNames[kIsaCount] = {"scalar", "sse4", "avx2", "avx512", "neon"};

// What Highway compiles in this build.
constexpr bool kCompiled[kIsaCount] = {(HWY_TARGETS & HWY_SCALAR) != 0, (HWY_TARGETS & HWY_SSE4) != 0,
                                       (HWY_TARGETS & HWY_AVX2) != 0, (HWY_TARGETS & HWY_AVX3) != 0,
                                       (HWY_TARGETS & HWY_NEON) != 0};

struct Support {
  bool isa[kIsaCount];
};

Support detect() {
  const CpuFeatures cpu = cpu_features();
  Support support = {{true, cpu.sse4, cpu.avx2, cpu.avx512, cpu.neon}};
  for (int i = 0; i < kIsaCount; ++i) support.isa[i] = support.isa[i] && kCompiled[i];
  return support;
}

}  // namespace

bool isa_supported(Isa isa) {
  static const Support support = detect();
  const int index = static_cast<int>(isa);
  return index >= 0 && index < kIsaCount && support.isa[index];
}

Isa best_isa() {
  constexpr Isa kWidestFirst[] = {Isa::kAvx512, Isa::kAvx2, Isa::kSse4, Isa::kNeon};
  for (Isa isa : kWidestFirst) {
    if (isa_supported(isa)) return isa;
  }
  return Isa::kScalar;
}

const char* isa_name(Isa isa) {
  return kNames[static_cast<int>(isa)];
}

bool isa_from_name(const char* name, Isa* isa) {
  for (int i = 0; i < kIsaCount; ++i) {
    if (is_word(name, kNames[i])) {
      *isa = static_cast<Isa>(i);
      return true;
    }
  }
  return false;
}

}  // namespace nopt
