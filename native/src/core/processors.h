// How many processors this process may use.
#ifndef NOPT_CORE_PROCESSORS_H
#define NOPT_CORE_PROCESSORS_H

#include <string>

namespace nopt {

// The smaller of the processors in the affinity mask and the CPU quota of the control groups (rounded up), at least 1.
int usable_processors();

// Processors that the CPU quota of control groups (version 1 or 2) pays for, rounded up; 0 without a quota. `root` is
// put before /proc and the mount points, so that tests can show other systems.
int quota_processors(const std::string& root);

}  // namespace nopt

#endif  // NOPT_CORE_PROCESSORS_H
