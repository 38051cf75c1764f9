// nopt_layout_*: the structs of nativeopt.h as they were compiled.
#include <cinttypes>
#include <cstddef>

#include "abi/guard.h"
#include "abi/struct_check.h"

namespace {

struct LayoutRow {
  const char* struct_name;
  const char* field_name;
  int64_t offset;
  int64_t size;
};

constexpr LayoutRow kLayout[] = {
#define NOPT_LAYOUT_STRUCT(s) {#s, "", 0, sizeof(s)},
#define NOPT_LAYOUT_FIELD(s, f) {#s, #f, offsetof(s, f), sizeof(s::f)},
#include "abi/layout_table.g.inc"
#undef NOPT_LAYOUT_STRUCT
#undef NOPT_LAYOUT_FIELD
};
constexpr int32_t kLayoutCount = static_cast<int32_t>(sizeof(kLayout) / sizeof(kLayout[0]));

}  // namespace

extern "C" int32_t nopt_layout_count(void) {
  return kLayoutCount;
}

extern "C" nopt_status nopt_layout_get(int32_t index, nopt_layout_entry* entry) {
  return nopt::guarded([&] {
    if (index < 0 || index >= kLayoutCount) {
      return nopt::fail(NOPT_ERROR_ARGUMENT, "index is %" PRId32 ", and must be at least 0 and below %" PRId32, index,
                        kLayoutCount);
    }
    NOPT_CHECK(nopt::check_struct("entry", entry));
    const LayoutRow& row = kLayout[index];
    entry->reserved = 0;
    entry->struct_name = row.struct_name;
    entry->field_name = row.field_name;
    entry->offset = row.offset;
    entry->size = row.size;
    return nopt_status{NOPT_OK};
  });
}
