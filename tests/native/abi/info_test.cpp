// What the library says of itself: versions, statuses, machine, optimizers, layouts.
#include <gtest/gtest.h>

#include <cstddef>
#include <map>
#include <string>
#include <thread>
#include <utility>

#include "nativeopt/nativeopt.h"

namespace nopt {
namespace testing_abi {
namespace {

template <class Info>
Info sized() {
  Info info = {};
  info.struct_size = sizeof(info);
  return info;
}

TEST(Status, Values_AreThePublishedOnes) {
  const struct {
    int value;
    int published;
    const char* name;
  } statuses[] = {
      {NOPT_OK, 0, "NOPT_OK"},
      {NOPT_ERROR_ARGUMENT, -1, "NOPT_ERROR_ARGUMENT"},
      {NOPT_ERROR_STRUCT_SIZE, -2, "NOPT_ERROR_STRUCT_SIZE"},
      {NOPT_ERROR_SHAPE, -3, "NOPT_ERROR_SHAPE"},
      {NOPT_ERROR_OVERLAP, -4, "NOPT_ERROR_OVERLAP"},
      {NOPT_ERROR_ALIGNMENT, -5, "NOPT_ERROR_ALIGNMENT"},
      {NOPT_ERROR_DTYPE, -6, "NOPT_ERROR_DTYPE"},
      {NOPT_ERROR_HANDLE, -7, "NOPT_ERROR_HANDLE"},
      {NOPT_ERROR_NOT_FOUND, -8, "NOPT_ERROR_NOT_FOUND"},
      {NOPT_ERROR_UNSUPPORTED, -9, "NOPT_ERROR_UNSUPPORTED"},
      {NOPT_ERROR_DATA, -10, "NOPT_ERROR_DATA"},
      {NOPT_ERROR_OUT_OF_MEMORY, -11, "NOPT_ERROR_OUT_OF_MEMORY"},
      {NOPT_ERROR_INTERNAL, -12, "NOPT_ERROR_INTERNAL"},
  };
  for (const auto& status : statuses) {
    EXPECT_EQ(status.value, status.published) << status.name;
    EXPECT_STREQ(nopt_status_name(status.published), status.name);
  }
  EXPECT_STREQ(nopt_status_name(1), "unknown");
  EXPECT_STREQ(nopt_status_name(-13), "unknown");
  EXPECT_STREQ(nopt_status_name(INT32_MIN), "unknown");
}

TEST(LastError, OfAnotherThread_IsNotSeen) {
  EXPECT_EQ(nopt_plan_run(0, nullptr, 0), NOPT_ERROR_HANDLE);
  const std::string mine = nopt_last_error();
  std::string others = "unset";
  std::thread([&] { others = nopt_last_error(); }).join();
  EXPECT_EQ(others, "");
  EXPECT_EQ(std::string(nopt_last_error()), mine);
}

TEST(LastError, AsAnArgumentOfTheNextFailure_IsReadBeforeItIsWritten) {
  int32_t id = -7;
  ASSERT_EQ(nopt_optimizer_find("nonesuch", &id), NOPT_ERROR_NOT_FOUND);
  const std::string first = nopt_last_error();
  ASSERT_EQ(nopt_optimizer_find(nopt_last_error(), &id), NOPT_ERROR_NOT_FOUND);
  EXPECT_EQ(std::string(nopt_last_error()).find("name is \"" + first.substr(0, 40)), 0u) << nopt_last_error();
}

TEST(LastError, AfterASuccess_IsStillThatOfTheLastFailure) {
  int32_t id = 0;
  EXPECT_EQ(nopt_optimizer_find(nullptr, &id), NOPT_ERROR_ARGUMENT);
  EXPECT_EQ(nopt_optimizer_find("adam", &id), NOPT_OK);
  EXPECT_STREQ(nopt_last_error(), "name is null");
}

TEST(Version, Numbers_AreTheHeaders) {
  EXPECT_EQ(nopt_abi_version(), static_cast<uint32_t>(NOPT_ABI_VERSION));
  const std::string hash = nopt_header_sha256();
  EXPECT_EQ(hash.size(), 64u);
  EXPECT_EQ(hash.find_first_not_of("0123456789abcdef"), std::string::npos) << hash;
}

TEST(RuntimeInfo, Get_DescribesTheMachine) {
  nopt_runtime_info info = sized<nopt_runtime_info>();
  ASSERT_EQ(nopt_runtime_info_get(&info), NOPT_OK) << nopt_last_error();
  EXPECT_EQ(nopt_isa_supported(info.best_isa), 1);
  EXPECT_GE(info.processor_count, 1);
  EXPECT_STREQ(info.version, "0.1.0");
  EXPECT_GT(std::string(info.compiler).size(), 3u);
  EXPECT_GT(std::string(info.processor).size(), 0u);
}

TEST(RuntimeInfo, Get_WithNullOrWrongInfo_Fails) {
  EXPECT_EQ(nopt_runtime_info_get(nullptr), NOPT_ERROR_ARGUMENT);
  nopt_runtime_info info = {};
  EXPECT_EQ(nopt_runtime_info_get(&info), NOPT_ERROR_STRUCT_SIZE);
  EXPECT_EQ(info.version, nullptr);
  info.struct_size = UINT32_MAX;
  EXPECT_EQ(nopt_runtime_info_get(&info), NOPT_ERROR_STRUCT_SIZE);
}

TEST(RuntimeInfo, Get_OfABuildWithOpenBlas_DescribesIt) {
  nopt_runtime_info info = sized<nopt_runtime_info>();
  ASSERT_EQ(nopt_runtime_info_get(&info), NOPT_OK) << nopt_last_error();
  if (info.blas_threads == 0) {
    EXPECT_STREQ(info.blas_version, "none");
    EXPECT_STREQ(info.blas_core, "none");
    EXPECT_STREQ(info.blas_threading, "none");
  } else {
    EXPECT_EQ(info.blas_threads, 1);
    EXPECT_STREQ(info.blas_threading, "pthread");
    EXPECT_EQ(std::string(info.blas_version).rfind("OpenBLAS 0.", 0), 0u) << info.blas_version;
  }
}

TEST(IsaSupported, OfNoIsa_IsZero) {
  for (int32_t isa : {INT32_MIN, -1, 0, 6, INT32_MAX}) EXPECT_EQ(nopt_isa_supported(isa), 0) << isa;
}

TEST(OptimizerInfo, Get_OfEachId_IsFoundByItsName) {
  ASSERT_GT(nopt_optimizer_count(), 0);
  for (int32_t id = 0; id < nopt_optimizer_count(); ++id) {
    nopt_optimizer_info info = sized<nopt_optimizer_info>();
    ASSERT_EQ(nopt_optimizer_info_get(id, &info), NOPT_OK) << nopt_last_error();
    int32_t found = -1;
    EXPECT_EQ(nopt_optimizer_find(info.name, &found), NOPT_OK) << nopt_last_error();
    EXPECT_EQ(found, id);
    for (int32_t i = 0; i < info.slot_count; ++i) {
      EXPECT_NE(info.slot_names[i][0], '\0') << info.name;
      EXPECT_EQ(info.slot_variants[i] >> info.variant_count, 0u) << info.name;
    }
    for (int32_t i = 0; i < info.scalar_count; ++i) EXPECT_NE(info.scalar_names[i][0], '\0') << info.name;
    for (int32_t i = 0; i < info.variant_count; ++i) EXPECT_NE(info.variant_names[i][0], '\0') << info.name;
  }
}

TEST(OptimizerInfo, Get_OfAMatrixRule_SaysTheLengthsOfItsSlots) {
  int32_t id = -1;
  ASSERT_EQ(nopt_optimizer_find("adafactor", &id), NOPT_OK) << nopt_last_error();
  nopt_optimizer_info info = sized<nopt_optimizer_info>();
  ASSERT_EQ(nopt_optimizer_info_get(id, &info), NOPT_OK) << nopt_last_error();
  EXPECT_EQ(info.scope, NOPT_SCOPE_MATRIX);
  ASSERT_EQ(info.slot_count, 3);
  EXPECT_EQ(info.slot_shapes[0], NOPT_SLOT_ROWS);
  EXPECT_EQ(info.slot_shapes[1], NOPT_SLOT_COLUMNS);
  EXPECT_EQ(info.slot_shapes[2], NOPT_SLOT_ELEMENTS);
  ASSERT_EQ(nopt_optimizer_find("adam", &id), NOPT_OK) << nopt_last_error();
  ASSERT_EQ(nopt_optimizer_info_get(id, &info), NOPT_OK) << nopt_last_error();
  EXPECT_EQ(info.scope, NOPT_SCOPE_ELEMENT);
  EXPECT_EQ(info.slot_shapes, nullptr);
}

TEST(OptimizerInfo, Get_OfNoId_Fails) {
  nopt_optimizer_info info = sized<nopt_optimizer_info>();
  for (int32_t id : {INT32_MIN, -1, nopt_optimizer_count(), INT32_MAX}) {
    EXPECT_EQ(nopt_optimizer_info_get(id, &info), NOPT_ERROR_NOT_FOUND);
    EXPECT_NE(std::string(nopt_last_error()).find("id is " + std::to_string(id)), std::string::npos)
        << nopt_last_error();
  }
  EXPECT_EQ(nopt_optimizer_info_get(0, nullptr), NOPT_ERROR_ARGUMENT);
  info.struct_size = 0;
  EXPECT_EQ(nopt_optimizer_info_get(0, &info), NOPT_ERROR_STRUCT_SIZE);
  EXPECT_EQ(info.name, nullptr);
}

TEST(OptimizerFind, OfAnUnknownName_FailsAndListsTheOptimizers) {
  int32_t id = 42;
  const std::string endless(100000, 'x');
  for (const std::string& name : {std::string("adamm"), std::string(), std::string("Adam"), endless}) {
    EXPECT_EQ(nopt_optimizer_find(name.c_str(), &id), NOPT_ERROR_NOT_FOUND);
    EXPECT_NE(std::string(nopt_last_error()).find("name is \"" + name.substr(0, 64) + "\""), std::string::npos)
        << nopt_last_error();
    EXPECT_NE(std::string(nopt_last_error()).find("adam"), std::string::npos) << nopt_last_error();
  }
  EXPECT_EQ(nopt_optimizer_find("adam", nullptr), NOPT_ERROR_ARGUMENT);
  EXPECT_EQ(id, 42);
}

TEST(Layout, Table_IsThatOfTheHeader) {
  std::map<std::string, std::pair<std::size_t, std::size_t>> rows;  // offset, size
  ASSERT_GT(nopt_layout_count(), 100);
  for (int32_t i = 0; i < nopt_layout_count(); ++i) {
    nopt_layout_entry entry = sized<nopt_layout_entry>();
    ASSERT_EQ(nopt_layout_get(i, &entry), NOPT_OK) << nopt_last_error();
    const std::string name = std::string(entry.struct_name) + "." + entry.field_name;
    EXPECT_TRUE(rows.emplace(name, std::make_pair(entry.offset, entry.size)).second) << name << " is there twice";
  }
  EXPECT_EQ(rows["nopt_matrix."], std::make_pair(std::size_t{0}, sizeof(nopt_matrix)));
  EXPECT_EQ(rows["nopt_matrix.stride"], std::make_pair(offsetof(nopt_matrix, stride), sizeof(int64_t)));
  EXPECT_EQ(rows["nopt_op.kind"], std::make_pair(offsetof(nopt_op, kind), sizeof(int32_t)));
  EXPECT_EQ(rows["nopt_loss_args.correct_count"],
            std::make_pair(offsetof(nopt_loss_args, correct_count), sizeof(void*)));
  EXPECT_EQ(rows["nopt_optimizer_step_args.row_count"],
            std::make_pair(offsetof(nopt_optimizer_step_args, row_count), sizeof(int64_t)));
}

TEST(Layout, Get_OutOfRange_Fails) {
  nopt_layout_entry entry = sized<nopt_layout_entry>();
  for (int32_t index : {INT32_MIN, -1, nopt_layout_count(), INT32_MAX}) {
    EXPECT_EQ(nopt_layout_get(index, &entry), NOPT_ERROR_ARGUMENT);
  }
  EXPECT_EQ(entry.struct_name, nullptr);
  EXPECT_EQ(nopt_layout_get(0, nullptr), NOPT_ERROR_ARGUMENT);
  entry.struct_size = 3;
  EXPECT_EQ(nopt_layout_get(0, &entry), NOPT_ERROR_STRUCT_SIZE);
}

}  // namespace
}  // namespace testing_abi
}  // namespace nopt
