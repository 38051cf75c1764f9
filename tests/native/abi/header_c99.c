/* The header is C99: this file is compiled as that, without extensions, and called by header_c99_test.cpp. */
#include <nativeopt/nativeopt.h>

int header_is_c99(void);

int header_is_c99(void) {
  nopt_matrix absent = {0, 0, 0, 0, NOPT_DTYPE_F32, NOPT_LAYOUT_ROW_MAJOR};
  enum nopt_status_code code = NOPT_ERROR_HANDLE;
  nopt_status status = nopt_context_destroy(UINT64_MAX);
  return absent.data == 0 && status == code;
}
