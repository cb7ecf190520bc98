// Options of the command: aliases, settings, numbers, and the text of each wrong use, by hand.
#include "apps/star_eval/options.h"

#include <gtest/gtest.h>

#include "tests/support/errors.h"

namespace stareval::app {
namespace {

using testing::error_code;
using testing::error_text;

OptionParser example() {
  OptionParser parser("star-eval run [options]", "  star-eval --task RC\n");
  parser.add()("task", po::value<std::string>()->value_name("LIST"), "tasks to ask")(
      "out", po::value<std::string>(), "folder")("limit", po::value<std::string>(), "samples")(
      "set", po::value<std::vector<std::string>>(), "a setting")("quiet", "no progress")(
      "runs", po::value<std::vector<std::string>>(), "")("secret", po::value<std::string>(), "");
  parser.positional("runs", 2);
  return parser;
}

std::string refusal_of(const Arguments& arguments) {
  OptionParser parser = example();
  const auto parsed = parser.parse(arguments);
  EXPECT_EQ(error_code(parsed), ErrorCode::usage);
  return error_text(parsed);
}

const std::string kHint = "; `star-eval run --help` lists the options";

TEST(Aliases, of_other_harnesses_are_known) {
  EXPECT_EQ(with_known_aliases({"--tasks", "EC", "--output=x", "--max-connections", "4"}),
            (Arguments{"--task", "EC", "--out=x", "--concurrency", "4"}));
}

TEST(Aliases, leave_everything_else_alone) {
  const Arguments arguments{"--task", "EC", "--tasksx",    "tasks",
                            "-o",     "",   "--outputs=1", "a=--tasks"};
  EXPECT_EQ(with_known_aliases(arguments), arguments);
}

TEST(Aliases, make_settings_of_model_arguments) {
  const Arguments settings{"--set=a=1", "--set=b=2"};
  EXPECT_EQ(with_known_aliases({"--model-args", "a=1,b=2"}), settings);
  EXPECT_EQ(with_known_aliases({"--model-args=a=1, b=2,"}), settings);
  EXPECT_EQ(with_known_aliases({"--model-args", ""}), Arguments{});
}

TEST(Aliases, leave_model_arguments_without_value_to_the_parser) {
  EXPECT_EQ(refusal_of({"--model-args"}), "unrecognised option '--model-args'" + kHint);
}

TEST(Settings, are_pairs_of_key_and_value) {
  EXPECT_EQ(parse_pairs("set", {"a=1", "b=x=y", "c="}).value(),
            (std::map<std::string, std::string>{{"a", "1"}, {"b", "x=y"}, {"c", ""}}));
  EXPECT_EQ(parse_pairs("set", {"a=1", "a=2"}).value().at("a"), "2");
}

TEST(Settings, without_key_or_sign_are_refused) {
  for (const char* pair : {"a", "=1", ""})
    EXPECT_EQ(error_text(parse_pairs("set", {pair})),
              "--set: expected key=value, found \"" + std::string(pair) + "\"");
}

TEST(Options, are_read_in_both_forms) {
  OptionParser parser = example();
  ASSERT_TRUE(parser.parse({"--task", "EC", "--out=x y", "--quiet", "--set", "a=1", "--set=b=2"})
                  .has_value());
  EXPECT_EQ(parser.text("task"), "EC");
  EXPECT_EQ(parser.text("out"), "x y");
  EXPECT_TRUE(parser.has("quiet"));
  EXPECT_FALSE(parser.has("limit"));
  EXPECT_EQ(parser.text("limit"), "");
  EXPECT_EQ(parser.texts("set"), (std::vector<std::string>{"a=1", "b=2"}));
  EXPECT_TRUE(parser.texts("runs").empty());
  EXPECT_FALSE(parser.help());
}

TEST(Options, take_words_for_the_positional_option) {
  OptionParser parser = example();
  ASSERT_TRUE(parser.parse({"a", "--task", "EC", "b"}).has_value());
  EXPECT_EQ(parser.texts("runs"), (std::vector<std::string>{"a", "b"}));
}

TEST(Options, go_through_the_aliases) {
  OptionParser parser = example();
  ASSERT_TRUE(parser.parse({"--tasks", "RC", "--model-args", "a=1,b=2"}).has_value());
  EXPECT_EQ(parser.text("task"), "RC");
  EXPECT_EQ(parser.texts("set"), (std::vector<std::string>{"a=1", "b=2"}));
}

TEST(Options, that_are_unknown_are_refused_and_never_guessed) {
  EXPECT_EQ(refusal_of({"--tsk", "EC"}), "unrecognised option '--tsk'" + kHint);
  EXPECT_EQ(refusal_of({"--tas", "EC"}), "unrecognised option '--tas'" + kHint);
  EXPECT_EQ(refusal_of({"--api-key", "sk"}), "unrecognised option '--api-key'" + kHint);
}

TEST(Options, that_lack_their_value_or_come_twice_are_refused) {
  EXPECT_EQ(refusal_of({"--task"}), "the required argument for option '--task' is missing" + kHint);
  EXPECT_EQ(refusal_of({"--task", "EC", "--task", "RC"}),
            "option '--task' cannot be specified more than once" + kHint);
  EXPECT_EQ(
      refusal_of({"--limit="}),
      "the argument for option '--limit' should follow immediately after the equal sign" + kHint);
  EXPECT_EQ(refusal_of({"a", "b", "c"}),
            "too many positional options have been specified on the command line" + kHint);
}

TEST(Numbers, are_whole_and_within_their_range) {
  const auto number = [](const std::string& text) {
    OptionParser parser = example();
    EXPECT_TRUE(parser.parse({"--limit=" + text}).has_value());
    return parser.number("limit", 1, 100);
  };
  EXPECT_EQ(number("1").value(), 1u);
  EXPECT_EQ(number("100").value(), 100u);
  for (const char* text :
       {"0", "101", "-1", "+1", "1.0", "1e1", "x", " 1", "1 ", "0x10", "18446744073709551617"}) {
    EXPECT_EQ(error_code(number(text)), ErrorCode::usage) << text;
    EXPECT_EQ(error_text(number(text)), "--limit: expected a whole number from 1 to 100, found \"" +
                                            std::string(text) + "\"");
  }
}

TEST(Numbers, may_have_64_bits) {
  OptionParser parser = example();
  ASSERT_TRUE(parser.parse({"--limit", "18446744073709551615"}).has_value());
  EXPECT_EQ(parser.number("limit", 0, 18446744073709551615u).value(), 18446744073709551615u);
}

TEST(Help, lists_the_options_that_have_a_text_and_the_examples) {
  OptionParser parser = example();
  ::testing::internal::CaptureStdout();
  const auto parsed = parser.parse({"-h"});
  const std::string text = ::testing::internal::GetCapturedStdout();
  ASSERT_TRUE(parsed.has_value());
  EXPECT_TRUE(parser.help());
  EXPECT_EQ(text,
            "usage: star-eval run [options]\n"
            "\n"
            "options:\n"
            "  --task LIST              tasks to ask\n"
            "  --out arg                folder\n"
            "  --limit arg              samples\n"
            "  --set arg                a setting\n"
            "  --quiet                  no progress\n"
            "\n"
            "examples:\n"
            "  star-eval --task RC\n");
}

}  // namespace
}  // namespace stareval::app
