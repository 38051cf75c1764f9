// A counting gate in front of OpenBLAS. It keeps one work buffer for each thread inside it and has a fixed number of
// them: with a few hundred callers it prints a warning, with more it crashes.
#ifndef NOPT_GEMM_OPENBLAS_GATE_H
#define NOPT_GEMM_OPENBLAS_GATE_H

#include <atomic>
#include <condition_variable>
#include <mutex>

namespace nopt {

class OpenBlasGate {
 public:
  static constexpr int kCapacity = 64;

  // Holds a place inside for its lifetime; the constructor waits for one.
  class Pass {
   public:
    Pass() { gate().enter(); }
    ~Pass() { gate().leave(); }
    Pass(const Pass&) = delete;
    Pass& operator=(const Pass&) = delete;
  };

  // Threads inside, for tests.
  static int inside() { return gate().inside_.load(); }

 private:
  static OpenBlasGate& gate();
  void enter();
  void leave();

  std::atomic<int> inside_{0};
  std::atomic<int> waiting_{0};
  std::mutex mutex_;
  std::condition_variable left_;
};

}  // namespace nopt

#endif  // NOPT_GEMM_OPENBLAS_GATE_H
