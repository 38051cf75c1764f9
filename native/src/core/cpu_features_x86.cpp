#if defined(__x86_64__) || defined(__i386__)

#include <cpuid.h>

#include <cstdint>
#include <cstring>

#include "core/cpu_features.h"

namespace nopt {
namespace {

struct Registers {
  unsigned a, b, c, d;
};

Registers cpuid(unsigned leaf, unsigned subleaf) {
  Registers r = {0, 0, 0, 0};
  if (!__get_cpuid_count(leaf, subleaf, &r.a, &r.b, &r.c, &r.d)) return {0, 0, 0, 0};
  return r;
}

// Bits of the state components that the operating system saves; only to be read where CPUID says OSXSAVE.
uint64_t xcr0() {
  uint32_t low = 0;
  uint32_t high = 0;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (static_cast<uint64_t>(high) << 32) | low;
}

bool all(unsigned value, unsigned mask) {
  return (value & mask) == mask;
}

// Bit numbers as in Intel's Software Developer's Manual, volume 2, instruction CPUID.
constexpr unsigned bit(int n) {
  return 1u << n;
}
constexpr unsigned kLeaf1Sse4 = bit(0) | bit(1) | bit(9) | bit(19) | bit(20) | bit(23) | bit(25);  // ecx
constexpr unsigned kLeaf1Avx = bit(12) | bit(28) | bit(29);                         // ecx: FMA, AVX, F16C
constexpr unsigned kLeaf1Osxsave = bit(27);                                         // ecx
constexpr unsigned kLeaf7Avx2 = bit(3) | bit(5) | bit(8);                           // ebx: BMI1, AVX2, BMI2
constexpr unsigned kLeaf7Avx512 = bit(16) | bit(17) | bit(28) | bit(30) | bit(31);  // ebx: F, DQ, CD, BW, VL
constexpr unsigned kExtended1Lzcnt = bit(5);                                        // ecx
constexpr uint64_t kXcr0Ymm = 0x06;                                                 // XMM, YMM
constexpr uint64_t kXcr0Zmm = 0xE6;  // XMM, YMM, mask registers, upper halves of ZMM0-15, ZMM16-31

struct CpuName {
  char text[49];
};

CpuName read_name() {
  CpuName name = {};
  if (cpuid(0x80000000u, 0).a < 0x80000004u) return {"unknown"};
  for (unsigned part = 0; part < 3; ++part) {
    const Registers r = cpuid(0x80000002u + part, 0);
    std::memcpy(name.text + 16 * part, &r, sizeof(r));
  }
  // Some makers pad with blanks on either side.
  const char* begin = name.text + std::strspn(name.text, " ");
  std::size_t length = std::strlen(begin);
  while (length > 0 && begin[length - 1] == ' ') --length;
  std::memmove(name.text, begin, length);
  name.text[length] = '\0';
  return length == 0 ? CpuName{"unknown"} : name;
}

}  // namespace

CpuFeatures cpu_features() {
  CpuFeatures features = {};
  const Registers leaf1 = cpuid(1, 0);
  const Registers leaf7 = cpuid(7, 0);
  const Registers extended1 = cpuid(0x80000001u, 0);
  const uint64_t saved = all(leaf1.c, kLeaf1Osxsave) ? xcr0() : 0;
  features.sse4 = all(leaf1.c, kLeaf1Sse4);
  features.avx2 = features.sse4 && all(leaf1.c, kLeaf1Avx) && all(leaf7.b, kLeaf7Avx2) &&
                  all(extended1.c, kExtended1Lzcnt) && (saved & kXcr0Ymm) == kXcr0Ymm;
  features.avx512 = features.avx2 && all(leaf7.b, kLeaf7Avx512) && (saved & kXcr0Zmm) == kXcr0Zmm;
  return features;
}

const char* cpu_name() {
  static const CpuName name = read_name();
  return name.text;
}

}  // namespace nopt

#endif
