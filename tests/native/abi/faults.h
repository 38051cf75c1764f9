// One row for each thing that can be wrong with an operation.
#ifndef NOPT_TESTS_ABI_FAULTS_H
#define NOPT_TESTS_ABI_FAULTS_H

#include <cstdint>
#include <limits>

#include "operations.h"

namespace nopt {
namespace testing_abi {

struct Fault {
  const char* name;
  nopt_status status;
  void (*make)(Operations&);
  std::vector<std::string> words;  // of the message
};

// NOPT_FAULT(name, status, statement on the operations o, words of the message...)
#define NOPT_FAULT(name, status, statement, ...)                     \
  Fault {                                                            \
#name, NOPT_ERROR_##status, [](Operations & o) { statement; }, { \
      __VA_ARGS__                                                    \
    }                                                                \
  }

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

inline float* at(const nopt_matrix& m, int64_t element) {
  return static_cast<float*>(m.data) + element;
}

template <class Pointer>
Pointer* shifted(Pointer* pointer, int bytes) {
  return reinterpret_cast<Pointer*>(reinterpret_cast<uintptr_t>(pointer) + bytes);
}

// Tests of one operation: NOPT_FAULT_TESTS(Loss, NOPT_OP_LOSS, kLossFaults).
#define NOPT_FAULT_TESTS(operation, kind, faults)                                        \
  class operation##Arguments : public testing::TestWithParam<Fault> {};                  \
  INSTANTIATE_TEST_SUITE_P(Abi, operation##Arguments, testing::ValuesIn(faults),         \
                           [](const auto& row) { return std::string(row.param.name); }); \
  TEST_P(operation##Arguments, Run_WithOneFault_FailsAndNamesIt) {                       \
    Operations operations;                                                               \
    GetParam().make(operations);                                                         \
    operations.expect_failure(kind, GetParam().status, GetParam().words);                \
  }

}  // namespace testing_abi
}  // namespace nopt

#endif  // NOPT_TESTS_ABI_FAULTS_H
