// The CPU quota, read from made-up systems in a temporary directory.
#include "core/processors.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace nopt {
namespace {

class QuotaProcessors : public testing::Test {
 protected:
  void SetUp() override {
    const std::string test = testing::UnitTest::GetInstance()->current_test_info()->name();
    root_ = std::filesystem::path(testing::TempDir()) / ("nativeopt_quota_" + test);
    std::filesystem::remove_all(root_);
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  void write(const std::string& path, const std::string& text) const {
    const std::filesystem::path file = root_.string() + path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }

  void mount_v2(const std::string& group) const {
    write("/proc/self/mountinfo", "30 23 0:28 / /sys/fs/cgroup rw shared:9 - cgroup2 cgroup2 rw,nsdelegate\n");
    write("/proc/self/cgroup", "0::" + group + "\n");
  }

  void mount_v1(const std::string& group) const {
    write("/proc/self/mountinfo",
          "33 31 0:30 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset\n"
          "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n");
    write("/proc/self/cgroup", "3:cpuset:/\n2:cpu,cpuacct:" + group + "\n0::/\n");
  }

  int quota() const { return quota_processors(root_.string()); }

  std::filesystem::path root_;
};

TEST_F(QuotaProcessors, WithoutControlGroups_IsNone) {
  EXPECT_EQ(quota(), 0);
}

TEST_F(QuotaProcessors, V2_RoundsUp) {
  mount_v2("/job");
  write("/sys/fs/cgroup/job/cpu.max", "150000 100000\n");
  EXPECT_EQ(quota(), 2);
}

TEST_F(QuotaProcessors, V2_LessThanOneProcessor_IsOne) {
  mount_v2("/job");
  write("/sys/fs/cgroup/job/cpu.max", "20000 100000\n");
  EXPECT_EQ(quota(), 1);
}

TEST_F(QuotaProcessors, V2_Max_IsNone) {
  mount_v2("/job");
  write("/sys/fs/cgroup/job/cpu.max", "max 100000\n");
  EXPECT_EQ(quota(), 0);
}

TEST_F(QuotaProcessors, V2_ParentHasLess_TakesTheParents) {
  mount_v2("/slice/job");
  write("/sys/fs/cgroup/slice/cpu.max", "300000 100000\n");
  write("/sys/fs/cgroup/slice/job/cpu.max", "800000 100000\n");
  EXPECT_EQ(quota(), 3);
}

TEST_F(QuotaProcessors, V2_GroupPathOfTheHost_FindsTheMountsOwnQuota) {
  mount_v2("/docker/0123abcd");
  write("/sys/fs/cgroup/cpu.max", "400000 100000\n");
  EXPECT_EQ(quota(), 4);
}

TEST_F(QuotaProcessors, V1_IsQuotaByPeriod) {
  mount_v1("/job");
  write("/sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us", "250000\n");
  write("/sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us", "50000\n");
  EXPECT_EQ(quota(), 5);
}

TEST_F(QuotaProcessors, V1_MinusOne_IsNone) {
  mount_v1("/job");
  write("/sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us", "-1\n");
  write("/sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(quota(), 0);
}

TEST(Processors, Usable_IsAtLeastOne) {
  EXPECT_GE(usable_processors(), 1);
}

}  // namespace
}  // namespace nopt
