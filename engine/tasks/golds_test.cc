// 10,000 samples of each task on the shipped atlas (1,000 under a sanitizer): each gold is computed
// again from the stored graph and change, by code that shares nothing with the makers, and truth is
// looked up in a plain set of all triples.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "engine/tasks/test_samples_internal.h"
#include "libstareval/tasks/sample_check.h"

namespace stareval::engine {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t kMany = 1'000;
#else
constexpr std::size_t kMany = 10'000;
#endif

// What the picture shows: the triples after the change, and who is drawn with a picture.
std::vector<Triple> shown(const Sample& sample) {
  std::vector<Triple> triples = sample.graph.triples;
  const Change& change = sample.change;
  if (change.kind == Change::Kind::corrupt_triple) triples[change.index] = change.replacement;
  return triples;
}

std::int64_t recount(const Sample& sample) {
  std::set<std::string> parts;
  std::int64_t pictures = 0;
  for (const Triple& triple : sample.graph.triples) {
    if (sample.task == "EC") parts.insert({triple.head, triple.tail});
    if (sample.task == "RC") parts.insert(triple.relation);
    if (sample.task == "TC") parts.insert(to_string(triple));
  }
  for (const Entity& entity : sample.graph.entities) pictures += entity.picture ? 1 : 0;
  return sample.task == "IC" ? pictures : std::ssize(parts);
}

// Whether an option in the place of what is masked leaves every shown triple true.
bool fits(const Sample& sample, const std::string& option) {
  const Change& change = sample.change;
  const bool entity = change.kind == Change::Kind::mask_entity;
  const std::string masked = entity ? sample.graph.entities[change.index].name : "";
  for (std::size_t i = 0; i < sample.graph.triples.size(); ++i) {
    Triple triple = sample.graph.triples[i];
    if (!entity && i == change.index) triple.relation = option;
    if (entity && triple.head == masked) triple.head = option;
    if (entity && triple.tail == masked) triple.tail = option;
    if (!is_true(triple)) return false;
  }
  return true;
}

struct Recheck {
  const Sample& sample;

  void operator()(const CountGold& gold) const { EXPECT_EQ(gold.value, recount(sample)); }
  void operator()(const DescriptionGold& gold) const {
    EXPECT_EQ(std::set<Triple>(gold.triples.begin(), gold.triples.end()),
              std::set<Triple>(sample.graph.triples.begin(), sample.graph.triples.end()));
  }
  void operator()(const ErrorGold& gold) const {
    std::vector<Triple> wrong;
    for (const Triple& triple : shown(sample))
      if (!is_true(triple)) wrong.push_back(triple);
    EXPECT_EQ(wrong.size(), gold.wrong ? 1U : 0U);
    EXPECT_TRUE(!gold.wrong || wrong == std::vector<Triple>{*gold.wrong});
  }
  void operator()(const ChoiceGold& gold) const {
    for (std::size_t i = 0; i < sample.choices.size(); ++i)
      EXPECT_EQ(fits(sample, sample.choices[i]), i == gold.index) << sample.choices[i];
    for (const std::string& candidate : sample.candidates)
      EXPECT_EQ(fits(sample, candidate), candidate == sample.choices[gold.index]) << candidate;
  }
};

class Golds : public testing::TestWithParam<const char*> {};

TEST_P(Golds, FollowFromTheStoredGraph) {
  const auto samples = make(GetParam(), kMany, 11);
  ASSERT_TRUE(samples.has_value()) << samples.error().message;
  ASSERT_EQ(samples->size(), kMany);
  for (Sample sample : *samples) {
    for (const Triple& triple : sample.graph.triples) ASSERT_TRUE(truth().contains(triple));
    std::visit(Recheck{sample}, sample.gold);
    sample.images.push_back({"a.png", "sha256:0", 1, 1});
    EXPECT_EQ(fault_of(sample), std::nullopt);
    if (HasFailure()) FAIL() << sample.id;
  }
}

INSTANTIATE_TEST_SUITE_P(Star, Golds,
                         testing::Values("EC", "RC", "IC", "TC", "SD", "ED", "ER", "RR"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace stareval::engine
