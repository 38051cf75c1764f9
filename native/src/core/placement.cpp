#include "core/placement.h"

#if defined(__linux__)
#include <pthread.h>
#include <sched.h>
#endif

namespace nopt {

#if defined(__linux__)

int keep_off_this_processor(ThreadHandle sleeper, int kept_off) {
  const int here = sched_getcpu();
  if (here < 0 || here == kept_off) return kept_off;
  cpu_set_t allowed;
  if (pthread_getaffinity_np(sleeper, sizeof(allowed), &allowed) != 0) return kept_off;
  if (kept_off != kNoProcessor) CPU_SET(kept_off, &allowed);
  const bool elsewhere = CPU_ISSET(here, &allowed) && CPU_COUNT(&allowed) > 1;
  if (!elsewhere && kept_off == kNoProcessor) return kNoProcessor;
  if (elsewhere) CPU_CLR(here, &allowed);
  if (pthread_setaffinity_np(sleeper, sizeof(allowed), &allowed) != 0) return kept_off;
  return elsewhere ? here : kNoProcessor;
}

void return_to_processor(int processor) {
  cpu_set_t allowed;
  if (pthread_getaffinity_np(pthread_self(), sizeof(allowed), &allowed) != 0) return;
  CPU_SET(processor, &allowed);
  pthread_setaffinity_np(pthread_self(), sizeof(allowed), &allowed);
}

#else

int keep_off_this_processor(ThreadHandle, int) { return kNoProcessor; }

void return_to_processor(int) {}

#endif

}  // namespace nopt
