// Hand-labelled replies: tests/data/replies/KIND.jsonl (its README.md says what a line holds).
#pragma once

#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "libstareval/base/json.h"
#include "libstareval/data/graph.h"
#include "libstareval/extract/extraction.h"

namespace stareval::testing {

inline constexpr const char* kUnread = "-";   // none
inline constexpr const char* kUnclear = "?";  // ambiguous

struct LabelledReply {
  std::string where;  // "count.jsonl:12"
  std::string reply;
  std::string expected;  // the value as text, kUnread or kUnclear: what a careful person reads
  std::string gives;     // what the reader gives: the same, or kUnread or kUnclear where it leaves
                         // what a person can read
  std::vector<std::string> choices;
  std::optional<Graph> graph;
  std::string counts;  // what is asked for: "entities", "relations", "images", "triples" or ""
};

// "7", "yes", "C"; "(France, capital, Berlin)" of a list of three.
inline std::string text_of(const json::value& value) {
  if (value.is_string()) return std::string(value.as_string());
  if (!value.is_array()) return to_json(value);
  Triple triple;
  std::string* const parts[] = {&triple.head, &triple.relation, &triple.tail};
  for (std::size_t i = 0; i < 3; ++i) *parts[i] = std::string(value.as_array().at(i).as_string());
  return to_string(triple);
}

inline std::string label_of(const json::object& line, const char* value, const char* unclear) {
  const auto* flag = line.if_contains(unclear);
  if (flag != nullptr && flag->as_bool()) return kUnclear;
  const json::value& label = line.at(value);
  return label.is_null() ? kUnread : text_of(label);
}

inline Graph graph_of(const json::array& triples) {
  Graph graph;
  for (const json::value& item : triples) {
    const auto part = [&](std::size_t i) { return std::string(item.as_array().at(i).as_string()); };
    graph.triples.push_back({part(0), part(1), part(2)});
    for (const std::size_t end : {0U, 2U}) graph.entities.push_back({part(end), false});
  }
  return graph;
}

// Throws where the file is missing, empty or no JSON: a test without its data must not pass.
inline std::vector<LabelledReply> labelled_replies(const std::string& kind) {
  const std::string name = kind + ".jsonl";
  std::ifstream file(std::string(STAREVAL_TEST_SOURCE_DIR) + "/tests/data/replies/" + name);
  std::vector<LabelledReply> replies;
  std::string text;
  for (int number = 1; std::getline(file, text); ++number) {
    const std::string where = name + ":" + std::to_string(number);
    auto parsed = parse_json_object(text, where);
    if (!parsed) throw std::runtime_error(parsed.error().message);
    const json::object line = std::move(parsed).value();
    LabelledReply row{where,
                      std::string(line.at("reply").as_string()),
                      label_of(line, "expected", "ambiguous"),
                      "",
                      {},
                      {},
                      ""};
    const auto* gives = line.if_contains("gives");
    row.gives = row.expected;
    if (gives != nullptr) row.gives = gives->as_string() == "ambiguous" ? kUnclear : kUnread;
    if (const auto* list = line.if_contains("choices"))
      for (const json::value& choice : list->as_array())
        row.choices.emplace_back(choice.as_string());
    if (const auto* graph = line.if_contains("graph")) row.graph = graph_of(graph->as_array());
    if (const auto* counts = line.if_contains("counts"))
      row.counts = std::string(counts->as_string());
    replies.push_back(std::move(row));
  }
  if (replies.empty()) throw std::runtime_error("no replies in " + name);
  return replies;
}

// The value as text, kUnread or kUnclear.
template <class T, class Print>
std::string as_text(const Extraction<T>& extraction, Print print) {
  switch (extraction.status) {
    case ReadStatus::found: return print(extraction.value);
    case ReadStatus::none: return kUnread;
    case ReadStatus::ambiguous: break;
  }
  return kUnclear;
}

}  // namespace stareval::testing
