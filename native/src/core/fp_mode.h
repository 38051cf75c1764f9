// The floating-point mode of the kernels: round to nearest, exceptions masked, denormal operands and results as zero. A
// denormal slot value makes an optimizer step some 30 times slower otherwise.
//
// The compiler does not know that arithmetic depends on the mode and moves it across a change. So kernels are called
// through a pointer it cannot see through (abi/plan.cpp), never inlined beside a guard.
#ifndef NOPT_CORE_FP_MODE_H
#define NOPT_CORE_FP_MODE_H

#include <cstdint>

#if defined(__x86_64__) || defined(__i386__)
#include <xmmintrin.h>
#endif

namespace nopt {

#if defined(__x86_64__) || defined(__i386__)

using FpMode = uint32_t;                  // MXCSR
constexpr FpMode kKernelFpMode = 0x9FC0;  // FTZ (bit 15), DAZ (bit 6), all exceptions masked (bits 7 to 12)
inline FpMode get_fp_mode() {
  return _mm_getcsr();
}
inline void set_fp_mode(FpMode mode) {
  _mm_setcsr(mode);
}

#elif defined(__aarch64__)

using FpMode = uint64_t;                             // FPCR
constexpr FpMode kKernelFpMode = uint64_t{1} << 24;  // FZ
inline FpMode get_fp_mode() {
  uint64_t mode;
  __asm__ volatile("mrs %0, fpcr" : "=r"(mode));
  return mode;
}
inline void set_fp_mode(FpMode mode) {
  __asm__ volatile("msr fpcr, %0" : : "r"(mode));
}

#else

using FpMode = uint32_t;
constexpr FpMode kKernelFpMode = 0;
inline FpMode get_fp_mode() {
  return 0;
}
inline void set_fp_mode(FpMode) {}

#endif

inline void set_kernel_fp_mode() {
  set_fp_mode(kKernelFpMode);
}

// The kernels' mode for the lifetime of this object, then the caller's again, its exception flags included.
class FpModeGuard {
 public:
  FpModeGuard() : before_(get_fp_mode()) { set_kernel_fp_mode(); }
  ~FpModeGuard() { set_fp_mode(before_); }
  FpModeGuard(const FpModeGuard&) = delete;
  FpModeGuard& operator=(const FpModeGuard&) = delete;

 private:
  FpMode before_;
};

}  // namespace nopt

#endif  // NOPT_CORE_FP_MODE_H
