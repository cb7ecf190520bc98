// The replies of tests/data/replies/label.jsonl, labelled by hand; cases of the interface by hand.
#include "libstareval/extract/label.h"

#include "tests/support/labelled_replies.h"

namespace stareval {
namespace {

// Of the relations of MORE, those that the replies name.
const std::vector<std::string>& relations() {
  static const std::vector<std::string> kLabels{"none",
                                                "/per/per/partner",
                                                "/per/per/alternate_names",
                                                "/org/org/alternate_names",
                                                "/per/org/leader_of",
                                                "/per/org/member_of",
                                                "/per/loc/place_of_birth",
                                                "/per/loc/place_of_residence",
                                                "/per/misc/president",
                                                "/loc/loc/contain"};
  return kLabels;
}

const LabelAliases& aliases() {
  static const LabelAliases kAliases{{"/per/per/self", "/per/per/alternate_names"},
                                     {"/x/y/z", "/no/such/label"}};
  return kAliases;
}

TEST(ExtractLabel, ReadsLikeAPerson) {
  const LabelSet labels(relations(), aliases());
  testing::expect_reads_like_a_person("label", 2, [&](const testing::LabelledReply& row) {
    const auto got = extract_label(row.reply, labels);
    return testing::LabelledReading{got.status, json::value(relations().at(got.value)), got.rule,
                                    got.span};
  });
}

TEST(ExtractLabel, PassesOverAnAliasOfNoLabel) {
  EXPECT_EQ(extract_label("/x/y/z", relations(), aliases()).status, ReadStatus::none);
}

TEST(ExtractLabel, ReadsAWholeLabelBeforeALastSegment) {
  const std::vector<std::string> labels{"/per/per/none", "none"};
  EXPECT_EQ(extract_label("none", labels).value, 1U);
  EXPECT_EQ(extract_label("/per/per/none", labels).value, 0U);
}

TEST(ExtractLabel, SaysWhereTheLabelStands) {
  const std::string reply = "So the relation is /per/org/member_of.";
  const auto got = extract_label(reply, relations());
  EXPECT_EQ(reply.substr(got.span.begin, got.span.end - got.span.begin), "/per/org/member_of");
}

}  // namespace
}  // namespace stareval
