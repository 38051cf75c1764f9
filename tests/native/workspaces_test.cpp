// Memory of the threads of a region: never shared by two at once, and the same in the next region.
#include "gemm/workspaces.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <set>
#include <vector>

#include "core/parallel.h"
#include "isa_support.h"

namespace nopt {
namespace {

TEST(Workspaces, Leases_OfAllThreads_AreDisjointAndAligned) {
  constexpr int kThreads = 130;
  constexpr int64_t kFloats = 33;
  Workspaces workspaces(kThreads, kFloats);
  std::set<const float*> seen;
  std::vector<std::unique_ptr<Workspaces::Lease>> leases;
  for (int i = 0; i < kThreads; ++i) {
    leases.push_back(std::make_unique<Workspaces::Lease>(workspaces));
    const float* const floats = leases.back()->floats();
    EXPECT_EQ(reinterpret_cast<uintptr_t>(floats) % 64, 0u);
    seen.insert(floats);
  }
  ASSERT_EQ(seen.size(), static_cast<size_t>(kThreads));
  EXPECT_EQ(*seen.rbegin() - *seen.begin(), (kThreads - 1) * 48);
}

TEST(Workspaces, Lease_GivenBack_IsTakenAgain) {
  Workspaces workspaces(1, 16);
  const float* first = nullptr;
  {
    const Workspaces::Lease lease(workspaces);
    first = lease.floats();
  }
  const Workspaces::Lease again(workspaces);
  EXPECT_EQ(again.floats(), first);
}

TEST(Workspaces, Region_OnSeveralThreads_NeverSharesOne) {
  constexpr int kThreads = 7;
  Workspaces workspaces(kThreads, 16);
  std::atomic<int> collisions{0};
  parallel_for(execution_on(best_isa(), kThreads), 20000, int64_t{1} << 40, [&](int64_t block) {
    const Workspaces::Lease lease(workspaces);
    float* const floats = lease.floats();
    const float mine = static_cast<float>(block);
    for (int i = 0; i < 16; ++i) floats[i] = mine;
    for (int i = 0; i < 16; ++i) {
      if (floats[i] != mine) ++collisions;
    }
  });
  EXPECT_EQ(collisions, 0);
}

}  // namespace
}  // namespace nopt
