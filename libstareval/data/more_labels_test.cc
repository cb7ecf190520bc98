// The table, held against itself; spellings and type pairs by hand.
#include "libstareval/data/more_labels.h"

#include <gtest/gtest.h>

#include <set>

namespace stareval {
namespace {

std::set<std::string> between(std::string_view one, std::string_view other) {
  std::set<std::string> names;
  for (const std::size_t i : more_labels_between(one, other)) names.insert(more_label_names()[i]);
  return names;
}

TEST(MoreLabels, AreTwentyOneThatDiffer) {
  EXPECT_EQ(more_labels().size(), 21U);
  EXPECT_EQ(std::set(more_label_names().begin(), more_label_names().end()).size(), 21U);
  EXPECT_EQ(more_label_names().front(), "none");
}

TEST(MoreLabels, NameTheirTypes) {
  const std::set<std::string_view> types(kMoreTypes.begin(), kMoreTypes.end());
  for (const MoreLabel& label : more_labels().subspan(1)) {
    EXPECT_TRUE(label.name.starts_with("/" + std::string(label.first) + "/" +
                                       std::string(label.second) + "/"))
        << label.name;
    EXPECT_TRUE(types.contains(label.first) && types.contains(label.second)) << label.name;
  }
}

TEST(MoreLabels, FitAPairOfTypesInEitherOrder) {
  const std::set<std::string> person_and_place{"none", "/per/loc/place_of_birth",
                                               "/per/loc/place_of_residence",
                                               "/per/loc/place_of_governance"};
  EXPECT_EQ(between("per", "loc"), person_and_place);
  EXPECT_EQ(between("loc", "per"), person_and_place);
  EXPECT_EQ(between("org", "loc"), (std::set<std::string>{"none", "/org/loc/locate_at"}));
  EXPECT_EQ(between("misc", "misc"), (std::set<std::string>{"none"}));
}

TEST(MoreLabels, AreFoundInTheSpellingsOfTheFiles) {
  const auto found = [](std::string_view text) -> std::string {
    const auto match = find_more_label(text);
    return match ? more_label_names()[match->index] : "(none)";
  };
  EXPECT_EQ(found("none"), "none");
  EXPECT_EQ(found("None"), "none");
  EXPECT_EQ(found("/org/loc/locate_at"), "/org/loc/locate_at");
  EXPECT_EQ(found("org/loc/locate_at"), "/org/loc/locate_at");
  EXPECT_EQ(found("/per/per/self"), "/per/per/alternate_names");
  EXPECT_EQ(found("org/org/self"), "/org/org/alternate_names");
  EXPECT_EQ(find_more_label("/per/per/self")->spelling, MoreSpelling::alias);
  EXPECT_EQ(find_more_label("per/per/partner")->spelling, MoreSpelling::no_slash);
  EXPECT_EQ(find_more_label("/per/per/partner")->spelling, MoreSpelling::exact);
  for (const char* text : {"", "/", "/none", "/per/per", "/loc/loc/self", "/per/per/Partner"})
    EXPECT_EQ(found(text), "(none)") << text;
}

TEST(MoreLabels, HaveAliasesOfLabelsOnly) {
  for (const auto& [alias, label] : more_aliases())
    EXPECT_TRUE(find_more_label(label) && find_more_label(label)->spelling == MoreSpelling::exact)
        << alias;
}

}  // namespace
}  // namespace stareval
