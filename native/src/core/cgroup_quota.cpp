// The CPU quota of control groups. /proc/self/cgroup names the group, /proc/self/mountinfo where its hierarchy is
// mounted; the quota in force is the smallest one between the group and the root of the mount. In a container without a
// group name space the group's path does not exist below the mount: then only the root counts, which is the container's
// own group.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <memory>

#include "core/processors.h"

namespace nopt {
namespace {

constexpr int kMaxProcessors = 1 << 20;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

// Calls line(text) for each line of a file; a file that is not there has none.
template <class Line>
void for_each_line(const std::string& path, const Line& line) {
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "re"));
  char text[4096];
  while (file && std::fgets(text, sizeof(text), file.get()) != nullptr) line(text);
}

// True if `item` is one of the comma-separated items of `list`.
bool contains_item(const std::string& list, const std::string& item) {
  return ("," + list + ",").find("," + item + ",") != std::string::npos;
}

int rounded_up(double quota, double period) {
  if (quota <= 0 || period <= 0) return 0;
  const double processors = quota / period;
  const int whole = static_cast<int>(std::min<double>(processors, kMaxProcessors));
  return std::max(1, whole < processors ? whole + 1 : whole);
}

int smaller_quota(int a, int b) {
  return a == 0 || b == 0 ? std::max(a, b) : std::min(a, b);
}

// cpu.max holds "<quota> <period>" in microseconds; the quota is "max" where there is none.
int read_v2(const std::string& directory) {
  int processors = 0;
  for_each_line(directory + "/cpu.max", [&](const char* text) {
    double quota = 0;
    double period = 0;
    if (std::sscanf(text, "%lf %lf", &quota, &period) == 2) processors = rounded_up(quota, period);
  });
  return processors;
}

double read_number(const std::string& path) {
  double value = 0;
  for_each_line(path, [&](const char* text) {
    if (std::sscanf(text, "%lf", &value) != 1) value = 0;
  });
  return value;
}

int read_v1(const std::string& directory) {
  return rounded_up(read_number(directory + "/cpu.cfs_quota_us"), read_number(directory + "/cpu.cfs_period_us"));
}

// Path of this process's group in the hierarchy: version 2 has number 0, version 1 is named by its controller.
std::string group_path(const std::string& root, bool v2) {
  std::string path = "/";
  for_each_line(root + "/proc/self/cgroup", [&](const char* text) {
    const char* controllers = std::strchr(text, ':');
    const char* group = controllers == nullptr ? nullptr : std::strchr(controllers + 1, ':');
    if (group == nullptr) return;
    const std::string names(controllers + 1, group);
    if (v2 ? !names.empty() : !contains_item(names, "cpu")) return;
    path.assign(group + 1, std::strcspn(group + 1, "\n"));
  });
  return path;
}

// The smallest quota from `mount`/`path` up to `mount`.
int smallest_quota(const std::string& mount, std::string path, int (*read)(const std::string&)) {
  int processors = 0;
  while (path.size() > 1) {
    processors = smaller_quota(processors, read(mount + path));
    path.resize(path.find_last_of('/'));
  }
  return smaller_quota(processors, read(mount));
}

}  // namespace

// A line of mountinfo: id parent major:minor root mount-point options ... - type source super-options.
int quota_processors(const std::string& root) {
  int processors = 0;
  for_each_line(root + "/proc/self/mountinfo", [&](const char* text) {
    char mount[2048];
    char type[64];
    char super_options[2048];
    const char* tail = std::strstr(text, " - ");
    if (tail == nullptr || std::sscanf(text, "%*s %*s %*s %*s %2047s", mount) != 1 ||
        std::sscanf(tail, " - %63s %*s %2047s", type, super_options) != 2) {
      return;
    }
    const bool v2 = std::strcmp(type, "cgroup2") == 0;
    if (!v2 && (std::strcmp(type, "cgroup") != 0 || !contains_item(super_options, "cpu"))) return;
    processors = smaller_quota(processors, smallest_quota(root + mount, group_path(root, v2), v2 ? read_v2 : read_v1));
  });
  return processors;
}

}  // namespace nopt
