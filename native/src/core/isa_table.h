// One function, compiled once for every instruction set, as a constant table indexed by Isa.
//
// Highway's own dispatch needs its library, which is not linked: only its headers are used. A kernel file includes
// itself once per target through hwy/foreach_target.h, defines the function in namespace nopt::HWY_NAMESPACE, and ends
// with
//   #if HWY_ONCE
//   namespace nopt { constexpr IsaTable<void(const float*, float*)> kRelu = NOPT_ISA_TABLE(relu); }
//   #endif
// so that a caller says kRelu[execution.isa](x, y).
#ifndef NOPT_CORE_ISA_TABLE_H
#define NOPT_CORE_ISA_TABLE_H

#include <hwy/detect_targets.h>

#include "core/isa.h"

namespace nopt {

// Entries are null where this build has no such target; isa_supported() is false for those.
template <class Function>
struct IsaTable {
  Function* entries[kIsaCount];
  constexpr Function* operator[](Isa isa) const { return entries[static_cast<int>(isa)]; }
};

}  // namespace nopt

// CompilerFlags.cmake defines HWY_BROKEN_EMU128, so that the fallback is HWY_SCALAR with every compiler.
#if HWY_TARGETS & HWY_SCALAR
#define NOPT_ISA_ENTRY_SCALAR(function) N_SCALAR::function
#elif HWY_TARGETS & HWY_NEON
#define NOPT_ISA_ENTRY_SCALAR(function) nullptr
#else
#error "This build has no scalar kernels"
#endif

#if HWY_TARGETS & HWY_SSE4
#define NOPT_ISA_ENTRY_SSE4(function) N_SSE4::function
#else
#define NOPT_ISA_ENTRY_SSE4(function) nullptr
#endif

#if HWY_TARGETS & HWY_AVX2
#define NOPT_ISA_ENTRY_AVX2(function) N_AVX2::function
#else
#define NOPT_ISA_ENTRY_AVX2(function) nullptr
#endif

#if HWY_TARGETS & HWY_AVX3
#define NOPT_ISA_ENTRY_AVX512(function) N_AVX3::function
#else
#define NOPT_ISA_ENTRY_AVX512(function) nullptr
#endif

#if HWY_TARGETS & HWY_NEON
#define NOPT_ISA_ENTRY_NEON(function) N_NEON::function
#else
#define NOPT_ISA_ENTRY_NEON(function) nullptr
#endif

#define NOPT_ISA_TABLE(function)                                                                     \
  {                                                                                                  \
    {                                                                                                \
      NOPT_ISA_ENTRY_SCALAR(function), NOPT_ISA_ENTRY_SSE4(function), NOPT_ISA_ENTRY_AVX2(function), \
          NOPT_ISA_ENTRY_AVX512(function), NOPT_ISA_ENTRY_NEON(function)                             \
    }                                                                                                \
  }

#endif  // NOPT_CORE_ISA_TABLE_H
