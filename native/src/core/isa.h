// Instruction sets: which of them this build holds kernels for, and which this processor can run.
#ifndef NOPT_CORE_ISA_H
#define NOPT_CORE_ISA_H

namespace nopt {

// Index into the tables of isa_table.h. nopt_isa of the C ABI is this plus one (0 is AUTO there).
enum class Isa : int { kScalar, kSse4, kAvx2, kAvx512, kNeon };
constexpr int kIsaCount = 5;

// True if the kernels of `isa` are compiled in and the processor and the operating system can run all of their
// instructions.
bool isa_supported(Isa isa);

// The widest supported instruction set.
Isa best_isa();

// "scalar", "sse4", "avx2", "avx512" or "neon".
const char* isa_name(Isa isa);

// Finds an instruction set by isa_name, in lower or upper case. Leaves *isa alone and returns false if there is none.
bool isa_from_name(const char* name, Isa* isa);

}  // namespace nopt

#endif  // NOPT_CORE_ISA_H
