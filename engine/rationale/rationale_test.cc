// By hand: each task on the family graph, the whole text.
#include "engine/rationale/rationale.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "engine/test_support_internal.h"

namespace stareval::engine {
namespace {

Sample sample_of(const std::string& task, Gold gold) {
  Sample sample;
  sample.task = task;
  sample.gold = std::move(gold);
  sample.graph = {{{"Ann", true}, {"Bob", false}, {"Dan", false}},
                  {{"Ann", "parent", "Bob"}, {"Ann", "married", "Dan"}}};
  return sample;
}

TEST(Rationale, CountsEntities) {
  EXPECT_EQ(write_rationale(family(), sample_of("EC", CountGold{3})),
            "The nodes of the graph are:\n1. Ann\n2. Bob\n3. Dan\nSo the answer is 3.");
}

TEST(Rationale, CountsRelations) {
  Sample sample = sample_of("RC", CountGold{2});
  const std::string arrows =
      "The arrows of the graph are:\n1. (Ann, parent, Bob)\n2. (Ann, married, Dan)\n";
  EXPECT_EQ(
      write_rationale(family(), sample),
      arrows + "The different labels on them are:\n1. parent\n2. married\nSo the answer is 2.");
  sample.meta["rc_counts"] = "edges";
  EXPECT_EQ(write_rationale(family(), sample), arrows + "So the answer is 2.");
}

TEST(Rationale, CountsImages) {
  EXPECT_EQ(write_rationale(family(), sample_of("IC", CountGold{1})),
            "The nodes without an image are: Bob, Dan.\nThe nodes with an image are:\n1. Ann\n"
            "So the answer is 1.");
  Sample sample = sample_of("IC", CountGold{0});
  for (Entity& entity : sample.graph.entities) entity.picture = false;
  EXPECT_EQ(write_rationale(family(), sample),
            "The nodes without an image are: Ann, Bob, Dan.\nThe nodes with an image are:\nnone\n"
            "So the answer is 0.");
}

TEST(Rationale, Describes) {
  const std::string reference = "Ann is a parent of Bob. Ann is married to Dan.";
  EXPECT_EQ(write_rationale(family(), sample_of("SD", DescriptionGold{{}, reference})),
            "The arrows of the graph are:\n1. (Ann, parent, Bob)\n2. (Ann, married, Dan)\n"
            "Each becomes one sentence.\nSo the answer is:\n" +
                reference);
}

TEST(Rationale, ChecksEachFact) {
  EXPECT_EQ(write_rationale(family(), sample_of("ED", ErrorGold{})),
            "Each fact of the graph is checked:\n"
            "1. (Ann, parent, Bob): Ann is a parent of Bob. This is true.\n"
            "2. (Ann, married, Dan): Ann is married to Dan. This is true.\n"
            "Every fact is true.\nSo the answer is none.");
}

TEST(Rationale, NamesTheWrongFactAndTheTrueOne) {
  const Triple wrong{"Dan", "parent", "Bob"};
  Sample sample = sample_of("ED", ErrorGold{wrong});
  sample.change = {Change::Kind::corrupt_triple, 0, wrong, false};
  EXPECT_EQ(write_rationale(family(), sample),
            "Each fact of the graph is checked:\n"
            "1. (Dan, parent, Bob): Dan is a parent of Bob. This is false.\n"
            "2. (Ann, married, Dan): Ann is married to Dan. This is true.\n"
            "One fact is false. In its place should stand (Ann, parent, Bob): Ann is a parent of "
            "Bob.\nSo the answer is (Dan, parent, Bob).");
}

TEST(Rationale, FindsTheEntity) {
  Sample sample = sample_of("ER", ChoiceGold{1});
  sample.choices = {"Fay", "Ann"};
  sample.change = {Change::Kind::mask_entity, 0, {}, false};
  EXPECT_EQ(write_rationale(family(), sample),
            "What the graph says about ?????:\n"
            "1. (?????, parent, Bob): ????? is a parent of Bob.\n"
            "2. (?????, married, Dan): ????? is married to Dan.\n"
            "Each option is put in the place of ?????:\n"
            "A. Fay: Fay is a parent of Bob. This is false.\n"
            "B. Ann: Every fact fits.\n"
            "So the answer is B.");
}

TEST(Rationale, FindsTheRelation) {
  Sample sample = sample_of("RR", ChoiceGold{0});
  sample.choices = {"parent", "married"};
  sample.change = {Change::Kind::mask_relation, 0, {}, false};
  EXPECT_EQ(write_rationale(family(), sample),
            "The arrow labelled ????? leads from Ann to Bob.\n"
            "Each option is put in the place of ?????:\n"
            "A. parent: Ann is a parent of Bob. This fits.\n"
            "B. married: Ann is married to Bob. This is false.\n"
            "So the answer is A.");
}

TEST(Rationale, RefusesAnUnknownTask) {
  EXPECT_THROW((void)write_rationale(family(), sample_of("XX", CountGold{})),
               std::invalid_argument);
}

}  // namespace
}  // namespace stareval::engine
