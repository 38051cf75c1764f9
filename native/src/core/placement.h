// Where a thread goes that is woken. In virtual machines Linux has been seen to put it beside the one that wakes it, with
// another processor asleep: there it waits for milliseconds while that one does all the work.
#ifndef NOPT_CORE_PLACEMENT_H
#define NOPT_CORE_PLACEMENT_H

#include <thread>

namespace nopt {

using ThreadHandle = std::thread::native_handle_type;

constexpr int kNoProcessor = -1;

// Keeps a sleeping thread off the processor this thread is on, and lets it back onto the one it was kept off before.
// Returns the processor it is kept off now; none where it may run nowhere else, or where the system does not allow it.
int keep_off_this_processor(ThreadHandle sleeper, int kept_off);

// Lets this thread back onto a processor: from here on the system may move it.
void return_to_processor(int processor);

}  // namespace nopt

#endif  // NOPT_CORE_PLACEMENT_H
