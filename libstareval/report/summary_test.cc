// summary.json: round trip, and refusals with their texts by hand.
#include "libstareval/report/summary.h"

#include <gtest/gtest.h>

#include "tests/support/errors.h"
#include "tests/support/summaries.h"

namespace stareval {
namespace {

using testing::error_code;
using testing::error_text;
using testing::hostile_summary;
using testing::run_summary;
using testing::task_summary;

Summary complete() {
  Summary summary = run_summary("m", {task_summary("EC"), task_summary("RC", 7)});
  summary.tasks[1].outcomes = {};
  summary.tasks[1].outcomes[static_cast<std::size_t>(Outcome::unparsed)] = 3;
  summary.tasks[1].outcomes[static_cast<std::size_t>(Outcome::api_error)] = 4;
  summary.tasks[1].metrics.push_back({"mae", 1.0 / 3, std::nullopt, 0.1 + 0.2, 3, "cluster t"});
  summary.average = testing::metric("average", 2.0 / 3, 0.1, 0.9, 17);
  summary.repeats = 3;
  return summary;
}

Result<Summary> read(const json::object& object) {
  return summary_from_json(object, "summary.json");
}

std::string message_with(const char* pointer, const json::value& value) {
  json::value whole = to_json_object(complete());
  json::error_code failure;
  json::value* place = whole.find_pointer(pointer, failure);
  if (place == nullptr) return std::string("no ") + pointer;
  *place = value;
  const auto summary = read(whole.get_object());
  EXPECT_EQ(error_code(summary), ErrorCode::bad_data);
  return error_text(summary);
}

std::string field(const std::string& rest) { return "summary.json: field " + rest; }

TEST(Summary, is_read_back_from_its_text) {
  const std::string text = to_pretty_json(to_json_object(complete()));
  const auto again = read(parse_json_object(text, "x").value());
  ASSERT_EQ(error_text(again), "(no error)");
  EXPECT_EQ(to_pretty_json(to_json_object(*again)), text);
  EXPECT_EQ(again->tasks[1].metrics[1].value, 1.0 / 3);
  EXPECT_EQ(again->tasks[1].metrics[1].low, std::nullopt);
  EXPECT_EQ(again->tasks[1].metrics[1].high, 0.1 + 0.2);
  EXPECT_EQ(again->average->n, 17u);
  EXPECT_EQ(again->repeats, 3);
}

TEST(Summary, holds_the_form_of_the_answers_only_where_it_is_not_choice) {
  Summary summary = complete();
  EXPECT_FALSE(to_json_object(summary).contains("answer_form"));
  EXPECT_EQ(read(to_json_object(summary))->answer_form, "choice");
  summary.answer_form = "ranking";
  EXPECT_EQ(read(to_json_object(summary))->answer_form, "ranking");
}

TEST(Summary, with_hostile_names_is_read_back_from_its_text) {
  const std::string text = to_json(to_json_object(hostile_summary()));
  EXPECT_EQ(to_json(to_json_object(read(parse_json_object(text, "x").value()).value())), text);
}

TEST(Summary, without_average_is_read_back_without) {
  EXPECT_EQ(read(to_json_object(run_summary("m", {})))->average, std::nullopt);
}

TEST(Summary, leaves_out_outcomes_that_did_not_occur) {
  const json::object object = to_json_object(complete());
  EXPECT_EQ(to_json(object.at("tasks").at("RC").at("outcomes")), R"({"unparsed":3,"api_error":4})");
}

TEST(Summary, of_a_task_tells_what_part_was_answered) {
  EXPECT_EQ(complete().tasks[0].coverage(), 1.0);
  EXPECT_EQ(complete().tasks[1].coverage(), 0.0);
  EXPECT_EQ(hostile_summary().tasks[0].coverage(), 399.0 / 400);
  EXPECT_EQ(task_summary("EC", 0).coverage(), 0.0);
}

TEST(Summary, of_another_schema_is_refused) {
  EXPECT_EQ(message_with("/schema", "stareval.summary/2"),
            field("\"schema\": expected stareval.summary/1, found \"stareval.summary/2\""));
}

TEST(Summary, without_a_field_or_with_one_of_another_type_is_refused) {
  EXPECT_EQ(message_with("/dataset", nullptr),
            field("\"dataset\": expected an object, found null"));
  EXPECT_EQ(message_with("/dataset/digest", 1),
            field("\"dataset.digest\": expected a string, found an integer"));
  EXPECT_EQ(message_with("/model", nullptr), field("\"model\": expected a string, found null"));
  EXPECT_EQ(message_with("/tasks", json::array{}),
            field("\"tasks\": expected an object, found an array"));
  EXPECT_EQ(message_with("/tasks/RC/protocol", nullptr),
            field("\"tasks.RC.protocol\": expected a string, found null"));
  EXPECT_EQ(message_with("/tasks/RC/metrics/mae/value", "0.5"),
            field("\"tasks.RC.metrics.mae.value\": expected a number, found a string"));
  EXPECT_EQ(message_with("/average/method", nullptr),
            field("\"average.method\": expected a string, found null"));
}

TEST(Summary, with_a_negative_count_is_refused) {
  EXPECT_EQ(message_with("/tasks/EC/n", -1),
            field("\"tasks.EC.n\": expected an integer from 0 to 9223372036854775807, found -1"));
  EXPECT_EQ(message_with("/tasks/EC/metrics/accuracy/n", -1),
            field("\"tasks.EC.metrics.accuracy.n\": expected an integer from 0 to "
                  "9223372036854775807, found -1"));
  EXPECT_EQ(message_with("/tasks/EC/outcomes/answered", -10),
            field("\"tasks.EC.outcomes.answered\": expected an integer from 0 to "
                  "9223372036854775807, found -10"));
  EXPECT_EQ(message_with("/repeats", -1),
            field("\"repeats\": expected an integer from 0 to 2147483647, found -1"));
}

TEST(Summary, whose_outcomes_do_not_add_up_is_refused) {
  EXPECT_EQ(message_with("/tasks/EC/outcomes/answered", 9),
            field("\"tasks.EC.outcomes\": expected counts that add up to n = 10, found 9"));
  EXPECT_EQ(message_with("/tasks/EC/n", 11),
            field("\"tasks.EC.outcomes\": expected counts that add up to n = 11, found 10"));
}

TEST(Summary, with_an_unknown_outcome_is_refused) {
  EXPECT_EQ(message_with("/tasks/EC/outcomes", json::object{{"guessed", 10}}),
            field("\"tasks.EC.outcomes.guessed\": expected the name of an outcome, found another"));
}

TEST(Summary, whose_first_metric_is_not_the_headline_is_refused) {
  EXPECT_EQ(
      message_with("/tasks/EC/headline", "f1"),
      field("\"tasks.EC.metrics\": expected the headline \"f1\" first, found another or none"));
  EXPECT_EQ(
      message_with("/tasks/EC/metrics", json::object{}),
      field("\"tasks.EC.metrics\": expected the headline \"accuracy\" first, found another or "
            "none"));
}

}  // namespace
}  // namespace stareval
