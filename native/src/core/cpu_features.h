// What the processor and the operating system can run, read once from CPUID and XCR0.
#ifndef NOPT_CORE_CPU_FEATURES_H
#define NOPT_CORE_CPU_FEATURES_H

namespace nopt {

// Each member stands for ALL instructions that the compiler may use for that target, not only for the one that names
// it.
struct CpuFeatures {
  bool sse4;    // SSE3, SSSE3, SSE4.1, SSE4.2, POPCNT, AES, PCLMUL
  bool avx2;    // sse4, AVX, AVX2, FMA, F16C, BMI1, BMI2, LZCNT, and an operating system that saves YMM
  bool avx512;  // avx2, AVX-512 F, CD, BW, DQ, VL, and an operating system that saves ZMM and the mask registers
  bool neon;
};

// Usable before static initialisation: OpenBLAS' constructor asks for it (gemm/openblas_environment.cpp).
CpuFeatures cpu_features();

// The processor's own name, such as "AMD EPYC 9B45"; "unknown" where it has none. Static.
const char* cpu_name();

}  // namespace nopt

#endif  // NOPT_CORE_CPU_FEATURES_H
