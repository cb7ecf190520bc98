#include "libstareval/data/m3str_results.h"

#include <gtest/gtest.h>

#include "tests/support/errors.h"

namespace stareval {
namespace {

using testing::expect_error;

Result<M3strResults> read(const std::string& text, const std::string& model = "",
                          std::optional<M3strKind> kind = std::nullopt) {
  return m3str_results_from_json(*parse_json(text, "r.json"), model, kind, "r.json");
}

std::vector<std::string> texts(const M3strResults& results) {
  std::vector<std::string> texts;
  for (const M3strAnswer& answer : results.answers) texts.push_back(answer.text);
  return texts;
}

TEST(M3strResults, ReadsTheListsOfCounting) {
  const auto results = read(
      R"({"m": {"entity": 0.5, "entity_results": {"answer": [2, 3], "predict": [2, -1]},
                "relation": 1.0, "relation_results": {"answer": [4], "predict": ["four of them"]}}})");
  ASSERT_TRUE(results.has_value()) << results.error().message;
  EXPECT_EQ(results->model, "m");
  EXPECT_EQ(texts(*results), (std::vector<std::string>{"2", "-1", "four of them"}));
  ASSERT_EQ(results->samples.size(), 3U);
  EXPECT_EQ(results->samples[1].id, "m3str-count-entity-1");
  EXPECT_EQ(std::get<CountGold>(results->samples[1].gold).value, 3);
  EXPECT_NE(results->samples[0].cluster, results->samples[1].cluster);
  EXPECT_EQ(results->stated.at("m3str-count-entity"), 0.5);
}

TEST(M3strResults, ReadsTheListsOfDetection) {
  const auto results = read(
      R"({"m": {"entity": {"result": 0.5, "answer": [0, 1], "predict": [0, 0]},
                "mix": {"result": 1.0, "answer": [1], "predict": [1]}}})");
  ASSERT_TRUE(results.has_value()) << results.error().message;
  EXPECT_EQ(texts(*results), (std::vector<std::string>{"no", "no", "yes"}));
  const Sample& with_error = results->samples[1];
  EXPECT_EQ(with_error.choices[std::get<ChoiceGold>(with_error.gold).index], "yes");
  EXPECT_EQ(results->samples[2].task, "m3str-detect-any");
}

TEST(M3strResults, ReadsTheListsOfCompletion) {
  const auto results =
      read(R"({"m": {"relation": {"result": 0.5, "answer": [4, 0], "predict": [4, 30]}}})");
  ASSERT_TRUE(results.has_value()) << results.error().message;
  EXPECT_EQ(texts(*results), (std::vector<std::string>{"E", "30"}));
  EXPECT_EQ(std::get<ChoiceGold>(results->samples[0].gold).index, 4U);
  EXPECT_EQ(results->samples[0].choices.size(), 5U);
}

TEST(M3strResults, AsksForTheKindThatCannotBeTold) {
  const std::string text = R"({"m": {"entity": {"answer": [0, 1], "predict": [0, 0]}}})";
  expect_error(read(text), ErrorCode::usage, "detection or of completion");
  EXPECT_EQ(texts(*read(text, "", M3strKind::completion)), (std::vector<std::string>{"A", "A"}));
  EXPECT_EQ(texts(*read(text, "", M3strKind::detection)), (std::vector<std::string>{"no", "no"}));
}

TEST(M3strResults, AsksForTheModel) {
  const std::string text =
      R"({"a": {"mix": {"answer": [0], "predict": [0]}}, "b": {"mix": {"answer": [0], "predict": [1]}}})";
  expect_error(read(text), ErrorCode::usage, "results of a, b; name one with --model");
  expect_error(read(text, "c"), ErrorCode::usage, "\"c\" is none of them");
  EXPECT_EQ(texts(*read(text, "b")), std::vector<std::string>{"yes"});
}

TEST(M3strResults, SaysWhatDoesNotFit) {
  expect_error(read(R"({"m": {"mix": {"answer": [0, 1], "predict": [0]}}})"), ErrorCode::bad_data,
               "expected 2 values");
  expect_error(read(R"({"m": {"mix": {"answer": [0.5], "predict": [0]}}})"), ErrorCode::bad_data,
               "mix.answer");
  expect_error(read(R"({"m": {"mix": {"answer": [2], "predict": [0]}}})"), ErrorCode::bad_data,
               "mix.answer");
  expect_error(read(R"({"m": {"mix": {"answer": [1], "predict": [null]}}})"), ErrorCode::bad_data,
               "mix.predict");
  expect_error(read(R"({"m": {"mix": {"predict": [1]}}})"), ErrorCode::bad_data, "answer");
  expect_error(read(R"([1])"), ErrorCode::usage, "expected results of M3STR");
  expect_error(read(R"({"m": 4})"), ErrorCode::usage, "expected results of M3STR");
}

}  // namespace
}  // namespace stareval
