#include "gemm/openblas_gate.h"

#include <new>

namespace nopt {
namespace {

// One attempt to take a place; no lock is touched while there are places.
bool try_enter(std::atomic<int>& inside) {
  int count = inside.load();
  while (count < OpenBlasGate::kCapacity) {
    if (inside.compare_exchange_weak(count, count + 1)) return true;
  }
  return false;
}

}  // namespace

// Never destroyed: threads may be inside while the process ends.
OpenBlasGate& OpenBlasGate::gate() {
  alignas(OpenBlasGate) static unsigned char storage[sizeof(OpenBlasGate)];
  static OpenBlasGate* const gate = new (storage) OpenBlasGate;
  return *gate;
}

void OpenBlasGate::enter() {
  if (try_enter(inside_)) return;
  std::unique_lock<std::mutex> lock(mutex_);
  waiting_.fetch_add(1);
  left_.wait(lock, [this] { return try_enter(inside_); });
  waiting_.fetch_sub(1);
}

// A waiter counts itself before its last look at inside_, so either it sees the place or it is seen here.
void OpenBlasGate::leave() {
  inside_.fetch_sub(1);
  if (waiting_.load() == 0) return;
  const std::lock_guard<std::mutex> lock(mutex_);
  left_.notify_one();
}

}  // namespace nopt
