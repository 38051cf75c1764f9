// What stands around the body of every function of the C ABI that can fail: nothing is thrown across the boundary.
#ifndef NOPT_ABI_GUARD_H
#define NOPT_ABI_GUARD_H

#include <exception>
#include <new>

#include "abi/error.h"

namespace nopt {

template <class Body>
nopt_status guarded(const Body& body) noexcept {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    return fail(NOPT_ERROR_OUT_OF_MEMORY, "there is not enough memory for intermediate results");
  } catch (const std::exception& e) {
    return fail(NOPT_ERROR_INTERNAL, "internal error: %s", e.what());
  } catch (...) {
    return fail(NOPT_ERROR_INTERNAL, "internal error of an unknown kind");
  }
}

}  // namespace nopt

#endif  // NOPT_ABI_GUARD_H
