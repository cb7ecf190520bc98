// The replies of tests/data/replies/ranking.jsonl, labelled by hand; cases of the interface by
// hand.
#include "libstareval/extract/ranking.h"

#include "tests/support/labelled_replies.h"

namespace stareval {
namespace {

using Names = std::vector<std::string>;

const Names& countries() {
  static const Names kNames{"France", "Spain", "Italy", "Germany", "Portugal"};
  return kNames;
}

TEST(ExtractRanking, ReadsLikeAPerson) {
  testing::expect_reads_like_a_person("ranking", 5, [](const testing::LabelledReply& row) {
    Names candidates = countries();
    if (const auto* own = row.record.if_contains("candidates")) {
      candidates.clear();
      for (const json::value& name : own->as_array()) candidates.emplace_back(name.as_string());
    }
    const bool lettered = row.record.contains("lettered");
    const auto got = extract_ranking(row.reply, candidates, lettered);
    json::array order;
    for (const std::size_t index : got.value.order) order.emplace_back(candidates.at(index));
    if (got.status == ReadStatus::found && row.record.contains("unknown")) {
      EXPECT_EQ(got.value.unknown, row.record.at("unknown").to_number<std::size_t>()) << row.where;
    }
    return testing::LabelledReading{got.status, std::move(order), got.rule, got.span};
  });
}

TEST(ExtractRanking, SaysWhereTheListStands) {
  const std::string reply = "My ranking:\n1. Spain\n2. France\nThat is all.";
  const auto got = extract_ranking(reply, countries());
  ASSERT_EQ(got.status, ReadStatus::found);
  EXPECT_EQ(reply.substr(got.span.begin, got.span.end - got.span.begin), " Spain\n2. France");
}

TEST(ExtractRanking, TellsTwoCandidatesOfOneNameByTheirLettersOnly) {
  const Names twice{"Georgia", "georgia", "Mali"};
  EXPECT_EQ(extract_ranking("Georgia, Mali", twice, true).status, ReadStatus::ambiguous);
  EXPECT_EQ(extract_ranking("B, C", twice, true).value.order, (std::vector<std::size_t>{1, 2}));
}

TEST(ExtractRanking, ReadsNothingWithoutCandidates) {
  EXPECT_EQ(extract_ranking("1. France\n2. Spain", {}).status, ReadStatus::none);
}

}  // namespace
}  // namespace stareval
