// By hand, and one property: choosing what is due keeps the shares equal.
#include "engine/tasks/ledger.h"

#include <gtest/gtest.h>

#include <array>

#include "libstareval/base/random.h"

namespace stareval::engine {
namespace {

TEST(Ledger, HoldsNothingAgainstAnyKeyAtFirst) { EXPECT_TRUE(Ledger().is_due("a")); }

TEST(Ledger, IsDueAgainWhenSeenOftenEnough) {
  Ledger ledger;
  for (const char* key : {"a", "b", "c", "d", "e"}) ledger.see(key);
  ledger.choose("a");
  EXPECT_FALSE(ledger.is_due("a"));
  EXPECT_GT(ledger.debt("a"), 0);
  EXPECT_TRUE(ledger.is_due("b"));
  EXPECT_TRUE(ledger.is_due("never seen"));
  for (const char* key : {"b", "c", "d", "e"}) ledger.choose(key);
  EXPECT_TRUE(ledger.is_due("a"));
}

TEST(Ledger, KeepsSharesEqual) {
  Ledger ledger;
  Random random(1);
  std::map<std::string, int> seen, chosen;
  for (int i = 0; i < 2000; ++i) {
    // Key "0" is seen four times as often as "3".
    const std::array<std::string, 2> shown{std::to_string(random.below(2)),
                                           std::to_string(random.below(4))};
    const std::string& pick = ledger.is_due(shown[0]) ? shown[0] : shown[1];
    for (const std::string& key : shown) ledger.see(key), ++seen[key];
    ledger.choose(pick), ++chosen[pick];
  }
  for (const auto& [key, count] : seen) EXPECT_NEAR(chosen[key], count / 2, count / 10) << key;
}

}  // namespace
}  // namespace stareval::engine
