// By hand: each task on the family graph, whole texts of one stream of random numbers, and what
// holds of the texts of 300 streams.
#include "engine/rationale/rationale.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "engine/rationale/phrases_internal.h"
#include "engine/rationale/test_family_samples_internal.h"
#include "engine/test_support_internal.h"
#include "libstareval/base/text.h"

namespace stareval::engine {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::uint64_t kStreams = 300;

std::string write(const Sample& sample, std::uint64_t stream) {
  return write_rationale(family(), sample, Random(stream));
}

std::set<std::string> all_texts(const Sample& sample) {
  std::set<std::string> texts;
  for (std::uint64_t stream = 0; stream < kStreams; ++stream) texts.insert(write(sample, stream));
  return texts;
}

std::vector<std::string> lines_of(const std::string& text) {
  const auto views = split(text, '\n');
  return {views.begin(), views.end()};
}

// Lines with their number, in any style and order of items, as "a, b".
std::string listed(const std::string& text) {
  std::vector<std::string> items;
  for (std::string line : lines_of(text)) {
    if (line.starts_with('#')) line.erase(0, 1);
    if (line.front() < '0' || line.front() > '9') continue;
    items.push_back(line.substr(line.find(' ') + 1));
  }
  std::sort(items.begin(), items.end());
  std::string joined;
  for (const std::string& item : items) joined += (joined.empty() ? "" : ", ") + item;
  return joined;
}

// How many of the phrasings, up to their first blank, occur in the texts.
template <std::size_t N>
std::size_t used(const phrases::Group<N>& group, const std::set<std::string>& texts) {
  return static_cast<std::size_t>(
      std::count_if(group.begin(), group.end(), [&](std::string_view phrase) {
        const auto begin = phrase.substr(0, phrase.find('{'));
        const auto end = phrase.substr(phrase.rfind('}') + 1);
        return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
          return text.find(begin) != text.npos && text.find(end) != text.npos;
        });
      }));
}

TEST(Rationale, ListsAllEntities) {
  const auto texts = all_texts(sample_of("EC", CountGold{3}));
  for (const std::string& text : texts) {
    EXPECT_EQ(listed(text), "Ann, Bob, Dan") << text;
    EXPECT_TRUE(text.ends_with("nswer is 3.")) << text;
    EXPECT_EQ(lines_of(text).size(), 5U);
  }
  EXPECT_EQ(used(phrases::kNodes, texts), phrases::kNodes.size());
  EXPECT_EQ(used(phrases::kAnswer, texts), phrases::kAnswer.size());
  EXPECT_GT(texts.size(), 200U);
}

TEST(Rationale, ListsLabelsOnceInEitherWay) {
  Sample sample = sample_of("RC", CountGold{2});
  const auto texts = all_texts(sample);
  std::set<std::string> lists;
  for (const std::string& text : texts) lists.insert(listed(text));
  EXPECT_EQ(lists,
            (std::set<std::string>{"(Ann, married, Dan), (Ann, parent, Bob), married, parent",
                                   "married: (Ann, married, Dan), parent: (Ann, parent, Bob)"}));
  EXPECT_EQ(used(phrases::kLabels, texts), phrases::kLabels.size());
  EXPECT_EQ(used(phrases::kLabelsWithArrows, texts), phrases::kLabelsWithArrows.size());
  sample.meta["rc_counts"] = "edges";
  for (const std::string& text : all_texts(sample))
    EXPECT_EQ(listed(text), "(Ann, married, Dan), (Ann, parent, Bob)");
}

TEST(Rationale, ListsArrows) {
  const auto texts = all_texts(sample_of("TC", CountGold{2}));
  for (const std::string& text : texts)
    EXPECT_EQ(listed(text), "(Ann, married, Dan), (Ann, parent, Bob)") << text;
  EXPECT_EQ(used(phrases::kArrows, texts), phrases::kArrows.size());
  EXPECT_EQ(used(phrases::kListItem, texts), phrases::kListItem.size());
}

TEST(Rationale, PartsNodesByTheirImage) {
  Sample sample = sample_of("IC", CountGold{1});
  const auto texts = all_texts(sample);
  std::set<bool> listed_first;
  for (const std::string& text : texts) {
    EXPECT_EQ(listed(text), "Ann") << text;
    EXPECT_TRUE(text.find("Bob, Dan.") != text.npos || text.find("Dan, Bob.") != text.npos);
    listed_first.insert(text.find("Ann") < text.find("Bob"));
  }
  EXPECT_EQ(listed_first.size(), 2U);
  EXPECT_EQ(used(phrases::kWithImage, texts), phrases::kWithImage.size());
  EXPECT_EQ(used(phrases::kWithoutImage, texts), phrases::kWithoutImage.size());

  for (Entity& entity : sample.graph.entities) entity.picture = false;
  sample.gold = CountGold{0};
  const auto without = all_texts(sample);
  for (const std::string& text : without) EXPECT_EQ(listed(text), "") << text;
  EXPECT_EQ(used(phrases::kNothing, without), phrases::kNothing.size());
  for (Entity& entity : sample.graph.entities) entity.picture = true;
  for (const std::string& text : all_texts(sample)) EXPECT_THAT(text, HasSubstr(": none.\n"));
}

TEST(Rationale, EndsInTheDescription) {
  const std::string reference = "Ann is a parent of Bob. Ann is married to Dan.";
  const auto texts = all_texts(sample_of("SD", DescriptionGold{{}, reference}));
  for (const std::string& text : texts) EXPECT_TRUE(text.ends_with("nswer is:\n" + reference));
  EXPECT_EQ(used(phrases::kDescription, texts), phrases::kDescription.size());
  EXPECT_EQ(used(phrases::kIntoSentences, texts), phrases::kIntoSentences.size());
}

TEST(Rationale, GoesThroughAllFactsOfACleanGraph) {
  const auto texts = all_texts(sample_of("ED", ErrorGold{}));
  for (const std::string& text : texts) {
    EXPECT_THAT(text, HasSubstr("(Ann, parent, Bob)"));
    EXPECT_THAT(text, HasSubstr("Ann is a parent of Bob."));
    EXPECT_THAT(text, HasSubstr("(Ann, married, Dan)"));
    EXPECT_THAT(text, HasSubstr("Ann is married to Dan."));
    EXPECT_TRUE(text.ends_with("nswer is none."));
    for (const std::string_view phrase : phrases::kFalse)
      EXPECT_THAT(text, Not(HasSubstr(std::string(phrase) + "\n")));
  }
  EXPECT_EQ(used(phrases::kCheck, texts), phrases::kCheck.size());
  EXPECT_EQ(used(phrases::kFact, texts), phrases::kFact.size());
  EXPECT_EQ(used(phrases::kAllTrue, texts), phrases::kAllTrue.size());
}

TEST(Rationale, NamesTheWrongFactAndTheTrueOne) {
  const auto texts = all_texts(corrupted());
  for (const std::string& text : texts) {
    const std::string line = text.substr(0, text.find('\n', text.find("Dan is a parent of Bob.")));
    EXPECT_TRUE(std::any_of(phrases::kFalse.begin(), phrases::kFalse.end(), [&](auto phrase) {
      return line.ends_with(phrase);
    })) << text;
    EXPECT_THAT(text, HasSubstr("(Ann, parent, Bob): Ann is a parent of Bob.\n"));
    EXPECT_TRUE(text.ends_with("nswer is (Dan, parent, Bob).")) << text;
  }
  EXPECT_EQ(used(phrases::kTruth, texts), phrases::kTruth.size());
  EXPECT_EQ(used(phrases::kTrue, texts), phrases::kTrue.size());
  EXPECT_EQ(used(phrases::kFalse, texts), phrases::kFalse.size());
}

TEST(Rationale, FindsTheEntity) {
  const auto texts = all_texts(masked_entity());
  for (const std::string& text : texts) {
    EXPECT_THAT(text, HasSubstr("(?????, parent, Bob)"));
    EXPECT_THAT(text, HasSubstr("(?????, married, Dan)"));
    EXPECT_THAT(text, Not(HasSubstr("(Fay,")));
    EXPECT_TRUE(text.ends_with("nswer is B."));
    // Either fact about ????? speaks against Fay.
    EXPECT_TRUE(text.find("Fay is a parent of Bob.") != text.npos ||
                text.find("Fay is married to Dan.") != text.npos);
  }
  EXPECT_EQ(used(phrases::kAboutMask, texts), phrases::kAboutMask.size());
  EXPECT_EQ(used(phrases::kTryOptions, texts), phrases::kTryOptions.size());
  EXPECT_EQ(used(phrases::kAllFit, texts), phrases::kAllFit.size());
}

TEST(Rationale, FindsTheRelation) {
  const auto texts = all_texts(masked_relation());
  for (const std::string& text : texts) {
    EXPECT_THAT(text, HasSubstr("Ann is a parent of Bob."));
    EXPECT_THAT(text, HasSubstr("Ann is married to Bob."));
    EXPECT_TRUE(text.ends_with("nswer is A."));
  }
  EXPECT_EQ(used(phrases::kMaskedArrow, texts), phrases::kMaskedArrow.size());
  EXPECT_EQ(used(phrases::kOption, texts), phrases::kOption.size());
  EXPECT_EQ(used(phrases::kFits, texts), phrases::kFits.size());
}

TEST(Rationale, FollowsFromTheStreamOfRandomNumbers) {
  EXPECT_EQ(write(corrupted(), 5), write(corrupted(), 5));
  EXPECT_NE(write(corrupted(), 5), write(corrupted(), 6));
}

TEST(Rationale, RefusesAnUnknownTask) {
  EXPECT_THROW((void)write(sample_of("XX", CountGold{}), 0), std::invalid_argument);
}

}  // namespace
}  // namespace stareval::engine
