#include "core/processors.h"

#if defined(__linux__)
#include <sched.h>
#endif

#include <algorithm>
#include <thread>

namespace nopt {
namespace {

// Machines with more processors than cpu_set_t has bits make sched_getaffinity fail: then all of them.
int affinity_processors() {
#if defined(__linux__)
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof(set), &set) == 0) return std::max(1, CPU_COUNT(&set));
#endif
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace

int usable_processors() {
  const int processors = affinity_processors();
  const int quota = quota_processors("");
  return quota == 0 ? processors : std::min(processors, quota);
}

}  // namespace nopt
