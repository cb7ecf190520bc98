// Small documents of each shape, worked out by hand; refusals; and the published files, where
// $STAREVAL_REALDATA or ../shared/data has them (their numbers were counted with another program).
#include "libstareval/data/m3str.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "libstareval/base/file.h"
#include "tests/support/real_data.h"

namespace stareval {
namespace {

M3strFile read(std::string_view text) {
  return m3str_from_json(parse_json(text, "m.json").value(), "m.json").value();
}

std::string error_of(std::string_view text) {
  return m3str_from_json(parse_json(text, "m.json").value(), "m.json").error().message;
}

constexpr const char* kDetection = R"([{"image_file": "0.png", "entities": ["a", "b"],
    "triples": [["a", "b", "x\n/y"], ["b", "b", "x"], ["a", "b", "x\n/y"]],
    "modified_type": "relation", "modified_element": ["z", "x"], "new": 1}])";

TEST(M3str, asks_a_detection_item_three_times) {
  const M3strFile file = read(kDetection);
  ASSERT_EQ(file.samples.size(), 3U);
  const auto yes = [&](std::size_t i) {
    const Sample& sample = file.samples[i];
    return sample.choices[std::get<ChoiceGold>(sample.gold).index] == "yes";
  };
  EXPECT_EQ(file.samples[0].task, "m3str-detect-entity");
  EXPECT_FALSE(yes(0));
  EXPECT_EQ(file.samples[1].task, "m3str-detect-relation");
  EXPECT_TRUE(yes(1));
  EXPECT_EQ(file.samples[2].task, "m3str-detect-any");
  EXPECT_TRUE(yes(2));
}

TEST(M3str, keeps_a_clean_item_clean_for_all_three) {
  const M3strFile file = read(
      R"([{"image_file": "0.png", "entities": [], "triples": [], "modified_type": "",
           "modified_element": ""}])");
  for (const Sample& sample : file.samples)
    EXPECT_EQ(sample.choices[std::get<ChoiceGold>(sample.gold).index], "no") << sample.task;
}

TEST(M3str, reads_triples_as_head_tail_relation_and_keeps_the_odd_ones) {
  const M3strFile file = read(kDetection);
  const Graph& graph = file.samples[0].graph;
  ASSERT_EQ(graph.triples.size(), 3U);
  EXPECT_EQ(graph.triples[0], (Triple{"a", "x\n/y", "b"}));
  EXPECT_EQ(graph.triples[1], (Triple{"b", "x", "b"}));
  EXPECT_EQ(file.loss.noted.at("self-loops"), 1U);
  EXPECT_EQ(file.loss.noted.at("repeated triples"), 1U);
  EXPECT_EQ(file.loss.noted.at("labels with a line break"), 2U);
}

TEST(M3str, keeps_unknown_keys_in_meta_and_says_what_is_lost) {
  const M3strFile file = read(kDetection);
  EXPECT_EQ(file.samples[0].meta.at("new"), 1);
  EXPECT_EQ(file.samples[0].meta.at("modified_element"), (json::array{"z", "x"}));
  EXPECT_FALSE(file.samples[0].meta.contains("triples"));
  EXPECT_EQ(file.loss.dropped.at("pictures"), 1U);
  EXPECT_EQ(file.loss.defaulted.at("question"), 3U);
}

TEST(M3str, parses_options_whose_labels_hold_line_breaks) {
  const M3strFile file = read(
      R"([{"image_file": "0.png", "answer": "B", "input":
      "\nSelect the missing relation.\nYour choices:\nA. film\n/crew\nB. C. S. Lewis\nC. x\nPlease answer (A/B/C).\n"}])");
  ASSERT_EQ(file.samples.size(), 1U);
  const Sample& sample = file.samples[0];
  EXPECT_EQ(sample.task, "m3str-complete-relation");
  EXPECT_EQ(sample.choices, (std::vector<std::string>{"film\n/crew", "C. S. Lewis", "x"}));
  EXPECT_EQ(std::get<ChoiceGold>(sample.gold).index, 1U);
  EXPECT_EQ(sample.question,
            "\nSelect the missing relation.\nYour choices:\nPlease answer "
            "(A/B/C).\n");
}

TEST(M3str, leaves_out_entity_counts_that_are_not_asked) {
  const M3strFile file = read(R"([{"image_file": "0.png", "num_entity": 10, "num_relation": 12},
               {"image_file": "1.png", "num_entity": 3, "num_relation": 1}])");
  ASSERT_EQ(file.samples.size(), 3U);
  EXPECT_EQ(file.samples[0].task, "m3str-count-relation");
  EXPECT_EQ(std::get<CountGold>(file.samples[0].gold).value, 12);
  EXPECT_EQ(file.samples[1].task, "m3str-count-entity");
  EXPECT_EQ(file.samples[1].meta.at("answer_range"), (json::array{2, 9}));
}

TEST(M3str, reads_the_golds_of_a_file_of_results) {
  const M3strFile file = read(
      R"({"model": {"entity": 0.5, "entity_results": {"answer": [2, 3], "predict": [2, 2]},
                    "relation": 0.0, "relation_results": {"answer": [1], "predict": [2]}}})");
  ASSERT_EQ(file.samples.size(), 3U);
  EXPECT_EQ(file.samples[2].task, "m3str-count-relation");
  EXPECT_EQ(std::get<CountGold>(file.samples[2].gold).value, 1);
  EXPECT_EQ(file.loss.dropped.at("answers of the model"), 3U);
}

TEST(M3str, refuses_what_it_cannot_read_and_says_where) {
  EXPECT_EQ(error_of(R"([{"input": "A. x\nB. y", "answer": "C"}])"),
            "m.json: item 0: field \"answer\": expected the letter of one of 2 options, found "
            "\"C\"");
  EXPECT_EQ(error_of(R"([{"input": "A. x\nB. y", "answer": "A"}, 7])"),
            "m.json: item 1: expected an object, found an integer");
  EXPECT_EQ(error_of(R"([{"entities": [], "triples": [["a", "b"]], "modified_type": ""}])"),
            "m.json: item 0: field \"triples\": expected [head, tail, relation], found an array");
  EXPECT_NE(error_of(R"([{"question": "?"}])").find("expected a file of M3STR"), std::string::npos);
  for (const char* other : {"[]", "{}", "7", R"({"a": 1})", R"([[]])", R"({"a": {"b": {}}})"})
    EXPECT_FALSE(is_m3str(parse_json(other, "").value())) << other;
}

class M3strRealData : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::real_data_folder() / "m3str";
    if (!file_exists(folder_ / "task2_detection.json"))
      GTEST_SKIP() << "the files of M3STR are not in " << folder_
                   << "; set STAREVAL_REALDATA to the folder above them";
  }

  std::filesystem::path folder_;
};

TEST_F(M3strRealData, detection_is_read_whole) {
  const M3strFile file = read_m3str(folder_ / "task2_detection.json").value();
  EXPECT_EQ(file.samples.size(), 3U * 3500);
  EXPECT_EQ(file.loss.noted.at("self-loops"), 158U);
  EXPECT_EQ(file.loss.noted.at("repeated triples"), 3U);
  const auto wrong = [&](const std::string& task) {
    return std::count_if(file.samples.begin(), file.samples.end(), [&](const Sample& sample) {
      return sample.task == task && std::get<ChoiceGold>(sample.gold).index == 0;
    });
  };
  EXPECT_EQ(wrong("m3str-detect-entity"), 1170);
  EXPECT_EQ(wrong("m3str-detect-relation"), 576);
  EXPECT_EQ(wrong("m3str-detect-any"), 1746);
}

TEST_F(M3strRealData, each_completion_item_has_five_options) {
  for (const char* name : {"task3_entity_with_answer.json", "task3_relation_with_answer.json"}) {
    const M3strFile file = read_m3str(folder_ / name).value();
    EXPECT_EQ(file.samples.size(), 5600U) << name;
    for (const Sample& sample : file.samples) ASSERT_EQ(sample.choices.size(), 5U) << sample.id;
  }
}

}  // namespace
}  // namespace stareval
