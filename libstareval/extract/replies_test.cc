// tests/data/replies/: each was labelled by hand, before the code was asked. A label is what a
// careful person takes the reply to say; where a reader leaves what a person can read, the line
// says so ("gives"). Never may a reader find another value than the person.
#include "tests/support/replies.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>

#include "libstareval/extract/choice.h"
#include "libstareval/extract/number.h"
#include "libstareval/extract/triple.h"
#include "libstareval/extract/yes_no.h"

namespace stareval {
namespace {

using testing::kUnclear;
using testing::kUnread;
using testing::LabelledReply;

// What a reader gave, with its value as text.
struct Given {
  std::string value;  // kUnread and kUnclear included
  std::string rule;
  Span span;
};

// Reads a text as the reader of a kind would for that line: its options, its graph, its question.
using Read = std::function<Given(const LabelledReply&, std::string_view)>;

template <class T, class Print>
Given given(const Extraction<T>& extraction, Print print) {
  return {testing::as_text(extraction, print), extraction.rule, extraction.span};
}

Counted counted(const std::string& name) {
  static const std::map<std::string, Counted> kNames{{"", Counted::anything},
                                                     {"entities", Counted::entities},
                                                     {"relations", Counted::relations},
                                                     {"images", Counted::images},
                                                     {"triples", Counted::triples}};
  return kNames.at(name);
}

Given read_count(const LabelledReply& row, std::string_view text) {
  return given(extract_count(text, counted(row.counts)),
               [](std::int64_t value) { return std::to_string(value); });
}

Given read_yes_no(const LabelledReply&, std::string_view text) {
  return given(extract_yes_no(text), [](bool yes) { return std::string(yes ? "yes" : "no"); });
}

Given read_choice(const LabelledReply& row, std::string_view text) {
  static const std::vector<std::string> kChoices{"Paris", "Rome", "Berlin", "Madrid", "Bern"};
  return given(extract_choice(text, row.choices.empty() ? kChoices : row.choices),
               [](std::size_t index) { return std::string(1, static_cast<char>('A' + index)); });
}

const Graph& atlas() {
  static const Graph kAtlas{{{"France", false},
                             {"Berlin", false},
                             {"Germany", false},
                             {"Singapore", false},
                             {"Singapore (city)", false},
                             {"Guinea-Bissau", false},
                             {"Washington D.C.", false},
                             {"Bonaire, Saba", false}},
                            {{"France", "capital", "Berlin"},
                             {"Germany", "capital", "Berlin"},
                             {"France", "borders", "Germany"},
                             {"Singapore", "capital", "Singapore (city)"},
                             {"Guinea-Bissau", "part of", "Bonaire, Saba"},
                             {"France", "located in", "Washington D.C."}}};
  return kAtlas;
}

Given read_triple(const LabelledReply& row, std::string_view text) {
  return given(extract_triple_or_none(text, Vocabulary(row.graph.value_or(atlas()))),
               [](const auto& triple) { return triple ? to_string(*triple) : "none"; });
}

struct Kind {
  const char* name;
  Read read;
  std::size_t least;  // replies
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> kKinds{{"count", read_count, 400},
                                        {"yes_no", read_yes_no, 120},
                                        {"choice", read_choice, 300},
                                        {"triple", read_triple, 200}};
  return kKinds;
}

// Each labelled reply with the reader of its kind.
void for_each_reply(const std::function<void(const LabelledReply&, const Read&)>& check) {
  for (const Kind& kind : kinds()) {
    const auto rows = testing::labelled_replies(kind.name);
    EXPECT_GE(rows.size(), kind.least) << kind.name;
    for (const LabelledReply& row : rows) check(row, kind.read);
  }
}

TEST(LabelledReplies, AreReadAsLabelled) {
  for_each_reply([](const LabelledReply& row, const Read& read) {
    const Given found = read(row, row.reply);
    EXPECT_EQ(found.value, row.gives)
        << row.where << " by " << found.rule << ", expected " << row.expected << ": " << row.reply;
    EXPECT_LE(found.span.begin, found.span.end) << row.where;
    EXPECT_LE(found.span.end, row.reply.size()) << row.where;
  });
}

TEST(LabelledReplies, AreSeldomLeftWhereAPersonCanRead) {
  for (const Kind& kind : kinds()) {
    std::size_t readable = 0;
    std::size_t left = 0;
    for (const LabelledReply& row : testing::labelled_replies(kind.name)) {
      const bool value = row.expected != kUnread && row.expected != kUnclear;
      EXPECT_TRUE(row.gives == row.expected || row.gives == kUnread || row.gives == kUnclear)
          << row.where << ": \"gives\" may leave a reply, never read it wrong";
      readable += value ? 1 : 0;
      left += value && row.gives != row.expected ? 1 : 0;
    }
    EXPECT_LE(left * 100, readable * 6) << kind.name << ": more than 6 % left";
  }
}

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// Tags cannot be nested, and thinking must be over before the tag.
TEST(LabelledReplies, MeanTheSameWithinAnAnswerTag) {
  for_each_reply([](const LabelledReply& row, const Read& read) {
    if (holds(row.reply, "answer>") || holds(row.reply, "ANSWER>") || holds(row.reply, "hink") ||
        holds(row.reply, "reasoning>"))
      return;
    const Given bare = read(row, row.reply);
    const Given tagged = read(row, "<answer>" + row.reply + "</answer>");
    EXPECT_EQ(tagged.value, bare.value) << row.where << ": " << row.reply;
  });
}

TEST(LabelledReplies, MeanTheSameBeforeWhiteSpace) {
  for_each_reply([](const LabelledReply& row, const Read& read) {
    const Given bare = read(row, row.reply);
    for (const char* space : {" ", "\n", " \n\n", "\r\n\t"}) {
      const Given padded = read(row, row.reply + space);
      EXPECT_EQ(padded.value, bare.value) << row.where << ": " << row.reply;
      EXPECT_EQ(padded.rule, bare.rule) << row.where;
      EXPECT_EQ(padded.span.begin, bare.span.begin) << row.where;
    }
  });
}

TEST(LabelledReplies, MeanTheSameAfterFinishedThinking) {
  const std::string thinking = "<think>The answer is 5, or B. No, yes.</think>\n\n";
  for_each_reply([&](const LabelledReply& row, const Read& read) {
    const Given bare = read(row, row.reply);
    const Given thought = read(row, thinking + row.reply);
    EXPECT_EQ(thought.value, bare.value) << row.where << ": " << row.reply;
    EXPECT_EQ(thought.rule, bare.rule) << row.where;
    if (holds(row.reply, "hink>") || bare.value == kUnread) return;
    EXPECT_EQ(thought.span.begin, bare.span.begin + thinking.size()) << row.where;
    EXPECT_EQ(thought.span.end, bare.span.end + thinking.size()) << row.where;
  });
}

}  // namespace
}  // namespace stareval
