// Refusals of samples: each bad field gives exactly one message, worked out by hand.
#include <gtest/gtest.h>

#include <functional>

#include "libstareval/data/sample.h"
#include "tests/support/errors.h"
#include "tests/support/samples.h"

namespace stareval {
namespace {

using testing::error_code;
using testing::error_text;

using Break = std::function<void(json::object&)>;

// The message about the small sample after `change`, without the place, which is always the same.
std::string message_after(const Break& change, const std::string& task = "EC") {
  Sample sample = testing::count_sample("a", task);
  sample.images = {{"images/a.png", "sha256:1", 8, 6}};
  json::object record = to_json_object(sample);
  change(record);
  const auto read = sample_from_json(record, "test.jsonl:812");
  EXPECT_EQ(error_code(read), ErrorCode::bad_data) << to_json(record);
  const std::string text = error_text(read);
  const std::string place = "test.jsonl:812: field ";
  EXPECT_TRUE(text.starts_with(place)) << text;
  return text.substr(std::min(place.size(), text.size()));
}

// The message where the field at the end of the way (members and "[0]" for elements) is replaced.
std::string message_with(const std::string& pointer, const json::value& value) {
  return message_after([&](json::object& record) {
    json::value whole = record;
    json::error_code failure;
    json::value* place = whole.find_pointer(pointer, failure);
    ASSERT_NE(place, nullptr) << pointer;
    *place = value;
    record = whole.get_object();
  });
}

std::string message_without(const char* key) {
  return message_after([&](json::object& record) { record.erase(key); });
}

TEST(SampleErrors, name_each_field_that_is_missing) {
  EXPECT_EQ(message_without("id"), "\"id\": expected a string, found nothing");
  EXPECT_EQ(message_without("task"), "\"task\": expected a string, found nothing");
  EXPECT_EQ(message_without("question"), "\"question\": expected a string, found nothing");
  EXPECT_EQ(message_without("answer"), "\"answer\": expected an object, found nothing");
  EXPECT_EQ(message_without("graph"), "\"graph\": expected an object, found nothing");
  EXPECT_EQ(message_without("change"), "\"change\": expected an object, found nothing");
}

TEST(SampleErrors, name_each_field_of_another_type) {
  EXPECT_EQ(message_with("/id", 7), "\"id\": expected a string, found an integer");
  EXPECT_EQ(message_with("/question", nullptr), "\"question\": expected a string, found null");
  EXPECT_EQ(message_with("/images", "a.png"), "\"images\": expected an array, found a string");
  EXPECT_EQ(message_with("/graph", json::array{}), "\"graph\": expected an object, found an array");
  EXPECT_EQ(message_with("/answer", 4), "\"answer\": expected an object, found an integer");
  EXPECT_EQ(message_with("/rationale", 1), "\"rationale\": expected a string, found an integer");
  EXPECT_EQ(message_with("/cluster", true), "\"cluster\": expected a string, found a boolean");
  EXPECT_EQ(message_after([](auto& record) { record["meta"] = "x"; }),
            "\"meta\": expected an object, found a string");
}

TEST(SampleErrors, name_the_field_of_an_image) {
  EXPECT_EQ(message_with("/images/0", 1), "\"images[0]\": expected an object, found an integer");
  EXPECT_EQ(message_with("/images/0/digest", nullptr),
            "\"images[0].digest\": expected a string, found null");
  EXPECT_EQ(message_with("/images/0/width", "8"),
            "\"images[0].width\": expected an integer, found a string");
  EXPECT_EQ(message_with("/images/0/width", 1.5),
            "\"images[0].width\": expected an integer, found a number");
  EXPECT_EQ(message_with("/images/0/height", -6),
            "\"images[0].height\": expected an integer from 0 to 2147483647, found -6");
  EXPECT_EQ(message_with("/images/0/height", 4294967302),
            "\"images[0].height\": expected an integer from 0 to 2147483647, found 4294967302");
}

TEST(SampleErrors, name_a_path_that_leaves_the_folder) {
  for (const char* path : {"", "/etc/passwd", "../key.pem", "images/../../key.pem", ".."})
    EXPECT_EQ(message_with("/images/0/path", path),
              "\"images[0].path\": expected a path inside the folder, found \"" +
                  std::string(path) + "\"");
  EXPECT_EQ(
      message_with("/images/0/path", json::string("a\0b", 3)),
      std::string("\"images[0].path\": expected a path inside the folder, found \"a\0b\"", 64));
}

TEST(SampleErrors, name_a_choice_that_is_no_text) {
  EXPECT_EQ(message_after([](auto& record) {
              record["choices"] = json::array{"a", 2};
            }),
            "\"choices[1]\": expected a string, found an integer");
}

TEST(SampleErrors, name_more_choices_than_there_are_letters) {
  const auto with = [](std::size_t n) {
    json::object record = to_json_object(testing::count_sample("a"));
    record["choices"] = json::array(n, "x");
    return error_text(sample_from_json(record, "f:1"));
  };
  EXPECT_EQ(with(26), "(no error)");
  EXPECT_EQ(with(27), "f:1: field \"choices\": expected at most 26 choices, found 27");
}

TEST(SampleErrors, name_an_answer_of_no_known_form) {
  EXPECT_EQ(message_with("/answer", json::object{}),
            "\"answer.value\": expected value, choice, triple or triples, found none of them");
  EXPECT_EQ(message_with("/answer/value", nullptr),
            "\"answer.value\": expected an integer, found null");
  EXPECT_EQ(message_with("/answer/value", 2.5),
            "\"answer.value\": expected an integer, found a number");
  EXPECT_EQ(message_with("/answer/value", "4"),
            "\"answer.value\": expected an integer, found a string");
  EXPECT_EQ(message_with("/answer", json::object{{"triple", json::array{"a", "b"}}}),
            "\"answer.triple\": expected [head, relation, tail], found an array");
  EXPECT_EQ(message_with("/answer", json::object{{"triples", json::array{}}}),
            "\"answer.reference\": expected a string, found nothing");
}

TEST(SampleErrors, name_a_choice_that_is_not_there) {
  const auto with = [](const json::value& index) {
    return message_after([&](auto& record) {
      record["choices"] = json::array{"a", "b"};
      record["answer"] = json::object{{"choice", index}};
    });
  };
  EXPECT_EQ(with(2), "\"answer.choice\": expected an index below 2, found 2");
  EXPECT_EQ(with(-1), "\"answer.choice\": expected an index below 2, found -1");
  EXPECT_EQ(with(nullptr), "\"answer.choice\": expected an integer, found null");
}

TEST(SampleErrors, name_what_is_wrong_in_the_graph) {
  EXPECT_EQ(message_with("/graph", json::object{}),
            "\"graph.entities\": expected an array, found nothing");
  EXPECT_EQ(message_with("/graph/entities/1", "Paris"),
            "\"graph.entities[1]\": expected an object, found a string");
  EXPECT_EQ(message_with("/graph/entities/1/picture", 1),
            "\"graph.entities[1].picture\": expected true or false, found an integer");
  EXPECT_EQ(message_with("/graph/entities/1/name", "France"),
            "\"graph.entities[1].name\": expected a name that occurs once, found \"France\" again");
  EXPECT_EQ(message_with("/graph/triples/0", json::array{"France", "capital"}),
            "\"graph.triples[0]\": expected [head, relation, tail], found an array");
  EXPECT_EQ(message_with("/graph/triples/0/1", 5),
            "\"graph.triples[0]\": expected [head, relation, tail], found an array");
  EXPECT_EQ(message_with("/graph/triples/2/2", "Peru"),
            "\"graph.triples[2]\": expected names of the entities, found \"Peru\"");
}

TEST(SampleErrors, name_what_is_wrong_in_the_change) {
  const auto with = [](const json::object& change) { return message_with("/change", change); };
  EXPECT_EQ(with({{"kind", "swap"}}),
            "\"change.kind\": expected none, corrupt_triple, mask_entity or mask_relation, found "
            "\"swap\"");
  EXPECT_EQ(with({{"kind", "mask_entity"}}),
            "\"change.index\": expected an integer, found nothing");
  EXPECT_EQ(with({{"kind", "mask_entity"}, {"index", 4}}),
            "\"change.index\": expected an index below 4, found 4");
  EXPECT_EQ(with({{"kind", "mask_relation"}, {"index", 3}}),
            "\"change.index\": expected an index below 3, found 3");
  EXPECT_EQ(with({{"kind", "corrupt_triple"}, {"index", -1}}),
            "\"change.index\": expected an index below 3, found -1");
  EXPECT_EQ(with({{"kind", "corrupt_triple"}, {"index", 0}}),
            "\"change.replacement\": expected an array, found nothing");
  EXPECT_EQ(with({{"kind", "corrupt_triple"}, {"index", 0}, {"replacement", json::array{"a"}}}),
            "\"change.replacement\": expected [head, relation, tail], found an array");
  EXPECT_EQ(
      with({{"kind", "corrupt_triple"}, {"index", 0}, {"replacement", json::array{"a", "b", "c"}}}),
      "\"change.picture\": expected true or false, found nothing");
}

TEST(SampleErrors, tell_the_first_of_several_faults) {
  EXPECT_EQ(message_after([](auto& record) {
              record.erase("question");
              record.erase("graph");
              record["answer"] = 1;
            }),
            "\"question\": expected a string, found nothing");
}

}  // namespace
}  // namespace stareval
