// An environment variable for the lifetime of an object.
#ifndef NOPT_TESTS_ABI_ENVIRONMENT_H
#define NOPT_TESTS_ABI_ENVIRONMENT_H

#include <cstdlib>
#include <string>

namespace nopt {
namespace testing_abi {

class ScopedVariable {
 public:
  // A null value unsets it.
  ScopedVariable(const char* name, const char* value) : name_(name) {
    const char* before = std::getenv(name);
    had_value_ = before != nullptr;
    if (had_value_) before_ = before;
    set(value);
  }
  ~ScopedVariable() { set(had_value_ ? before_.c_str() : nullptr); }
  ScopedVariable(const ScopedVariable&) = delete;
  ScopedVariable& operator=(const ScopedVariable&) = delete;

 private:
  void set(const char* value) const { value == nullptr ? unsetenv(name_) : setenv(name_, value, 1); }

  const char* name_;
  bool had_value_;
  std::string before_;
};

}  // namespace testing_abi
}  // namespace nopt

#endif  // NOPT_TESTS_ABI_ENVIRONMENT_H
