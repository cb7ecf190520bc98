// By hand; against a std::map on many texts.
#include "engine/graph/interner.h"

#include <gmock/gmock.h>

#include <map>
#include <string>

namespace stareval::engine {
namespace {

TEST(Interner, NumbersTextsInTheOrderOfTheirFirstSight) {
  Interner interner;
  EXPECT_EQ(interner.add("b"), 0U);
  EXPECT_EQ(interner.add(""), 1U);
  EXPECT_EQ(interner.add("b"), 0U);
  EXPECT_EQ(interner.add(std::string_view("a\0b", 3)), 2U);
  EXPECT_EQ(interner.find("a"), std::nullopt);
  EXPECT_EQ(interner.find(""), 1U);
  EXPECT_THAT(interner.texts(), testing::ElementsAre("b", "", std::string_view("a\0b", 3)));
}

TEST(Interner, KeepsItsOwnCopies) {
  Interner interner;
  std::string text = "a text that is longer than a short string";
  (void)interner.add(text);
  text[0] = 'b';
  EXPECT_EQ(interner.find("a text that is longer than a short string"), 0U);
}

TEST(Interner, AgreesWithAMap) {
  Interner interner;
  std::map<std::string, std::uint32_t> reference;
  for (std::uint32_t i = 0; i < 20'000; ++i) {
    const std::string text = std::to_string(i * 7919 % 6000);
    const auto [entry, fresh] = reference.emplace(text, reference.size());
    ASSERT_EQ(interner.add(text), entry->second);
  }
  for (const auto& [text, number] : reference) ASSERT_EQ(interner.find(text), number);
  EXPECT_EQ(interner.texts().size(), 6000U);
}

}  // namespace
}  // namespace stareval::engine
