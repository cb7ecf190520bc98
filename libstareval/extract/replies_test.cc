// tests/data/replies/: each was labelled by hand, before the code was asked. A label is what a
// careful person takes the reply to say; where a reader leaves what a person can read, the line
// says so ("gives"). Never may a reader find another value than the person.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>

#include "libstareval/extract/choice.h"
#include "libstareval/extract/number.h"
#include "libstareval/extract/triple.h"
#include "libstareval/extract/yes_no.h"
#include "tests/support/labelled_replies.h"

namespace stareval {
namespace {

constexpr const char* kUnread = "-";   // none
constexpr const char* kUnclear = "?";  // ambiguous

// A line with its label as text: "7", "yes", "C", "(France, capital, Berlin)", "none".
struct Row {
  std::string where;
  std::string reply;
  std::string expected;  // what a careful person reads, kUnread or kUnclear
  std::string gives;     // what the reader gives: the same, or kUnread or kUnclear
  json::object record;
};

std::string text_of(const json::value& value) {
  if (value.is_string()) return std::string(value.as_string());
  if (!value.is_array()) return to_json(value);
  const auto part = [&](std::size_t i) { return std::string(value.as_array().at(i).as_string()); };
  return to_string(Triple{part(0), part(1), part(2)});
}

std::vector<Row> rows_of(const std::string& kind) {
  std::vector<Row> rows;
  for (testing::LabelledReply& labelled : testing::read_labelled_replies(kind)) {
    Row row{labelled.where, labelled.reply, kUnread, "", {}};
    if (labelled.status == ReadStatus::ambiguous) row.expected = kUnclear;
    if (labelled.status == ReadStatus::found) row.expected = text_of(labelled.expected);
    row.gives = row.expected;
    if (const auto* gives = labelled.record.if_contains("gives"))
      row.gives = gives->as_string() == "ambiguous" ? kUnclear : kUnread;
    row.record = std::move(labelled.record);
    rows.push_back(std::move(row));
  }
  return rows;
}

// What a reader gave, with its value as text.
struct Given {
  std::string value;  // kUnread and kUnclear included
  std::string rule;
  Span span;
};

// Reads a text as the reader of a kind would for that line: its options, its graph, its question.
using Read = std::function<Given(const Row&, std::string_view)>;

template <class T, class Print>
Given given(const Extraction<T>& extraction, Print print) {
  std::string value = extraction.status == ReadStatus::none ? kUnread : kUnclear;
  if (extraction.status == ReadStatus::found) value = print(extraction.value);
  return {value, extraction.rule, extraction.span};
}

Counted counted(const std::string& name) {
  static const std::map<std::string, Counted> kNames{{"", Counted::anything},
                                                     {"entities", Counted::entities},
                                                     {"relations", Counted::relations},
                                                     {"images", Counted::images},
                                                     {"triples", Counted::triples}};
  return kNames.at(name);
}

Given read_count(const Row& row, std::string_view text) {
  const auto* counts = row.record.if_contains("counts");
  return given(extract_count(text, counted(counts ? std::string(counts->as_string()) : "")),
               [](std::int64_t value) { return std::to_string(value); });
}

Given read_yes_no(const Row&, std::string_view text) {
  return given(extract_yes_no(text), [](bool yes) { return std::string(yes ? "yes" : "no"); });
}

Given read_fault(const Row&, std::string_view text) {
  return given(extract_yes_no(text, Asks::fault),
               [](bool yes) { return std::string(yes ? "yes" : "no"); });
}

Given read_choice(const Row& row, std::string_view text) {
  static const std::vector<std::string> kChoices{"Paris", "Rome", "Berlin", "Madrid", "Bern"};
  std::vector<std::string> choices;
  if (const auto* list = row.record.if_contains("choices"))
    for (const json::value& choice : list->as_array()) choices.emplace_back(choice.as_string());
  return given(extract_choice(text, choices.empty() ? kChoices : choices),
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

Graph graph_of(const json::array& triples) {
  Graph graph;
  for (const json::value& item : triples) {
    const auto part = [&](std::size_t i) { return std::string(item.as_array().at(i).as_string()); };
    graph.triples.push_back({part(0), part(1), part(2)});
    for (const std::size_t end : {0U, 2U}) graph.entities.push_back({part(end), false});
  }
  return graph;
}

Given read_triple(const Row& row, std::string_view text) {
  const auto* triples = row.record.if_contains("graph");
  const Graph graph = triples ? graph_of(triples->as_array()) : atlas();
  return given(extract_triple_or_none(text, Vocabulary(graph)),
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
                                        {"fault", read_fault, 50},
                                        {"choice", read_choice, 300},
                                        {"triple", read_triple, 200}};
  return kKinds;
}

// Each labelled reply with the reader of its kind.
void for_each_reply(const std::function<void(const Row&, const Read&)>& check) {
  for (const Kind& kind : kinds()) {
    const auto rows = rows_of(kind.name);
    EXPECT_GE(rows.size(), kind.least) << kind.name;
    for (const Row& row : rows) check(row, kind.read);
  }
}

TEST(LabelledReplies, AreReadAsLabelled) {
  for_each_reply([](const Row& row, const Read& read) {
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
    for (const Row& row : rows_of(kind.name)) {
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
  for_each_reply([](const Row& row, const Read& read) {
    if (holds(row.reply, "answer>") || holds(row.reply, "ANSWER>") || holds(row.reply, "hink") ||
        holds(row.reply, "reasoning>"))
      return;
    const Given bare = read(row, row.reply);
    const Given tagged = read(row, "<answer>" + row.reply + "</answer>");
    EXPECT_EQ(tagged.value, bare.value) << row.where << ": " << row.reply;
  });
}

TEST(LabelledReplies, MeanTheSameBeforeWhiteSpace) {
  for_each_reply([](const Row& row, const Read& read) {
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
  for_each_reply([&](const Row& row, const Read& read) {
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
