// {"head": .., "relation": .., "tail": ..} and lists of three strings within JSON objects.
#include <algorithm>

#include "libstareval/base/json.h"
#include "libstareval/extract/notation_internal.h"

namespace stareval::extract {
namespace {

// Outermost { ... } groups.
std::vector<Span> outer_objects(std::string_view text) {
  std::vector<Span> pairs;
  std::vector<std::size_t> stack;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '{') stack.push_back(at);
    if (text[at] != '}' || stack.empty()) continue;
    const Span pair{stack.back(), at + 1};
    stack.pop_back();
    while (!pairs.empty() && pairs.back().begin > pair.begin) pairs.pop_back();
    pairs.push_back(pair);
  }
  return pairs;
}

const json::string* string_at(const json::object& object,
                              std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys)
    if (const auto* value = object.if_contains(key); value != nullptr && value->is_string())
      return &value->get_string();
  return nullptr;
}

// Words of a key: "not_shown" and "notShown" hold "not".
Verdict verdict_of(std::string_view key) {
  std::string spaced;
  for (const char c : key) {
    if (is_upper(c) && !spaced.empty() && is_lower(spaced.back())) spaced += ' ';
    spaced += to_lower(c);
  }
  bool negated = false;
  Verdict verdict = Verdict::none;
  for (const auto word : words_of(spaced)) {
    if (is_one_of(word, {"not", "no", "never", "non"})) negated = true;
    else if (is_one_of(word, {"wrong", "false", "incorrect", "missing", "untrue", "absent", "error",
                              "errors", "invalid"}))
      verdict = Verdict::denied;
    else if (is_one_of(word, {"correct", "checked", "right", "true", "valid", "verified"}))
      verdict = Verdict::approved;
  }
  if (!negated) return verdict;
  return verdict == Verdict::denied ? Verdict::approved : Verdict::denied;
}

class Collector {
 public:
  Collector(const Vocabulary& names, Span span, std::vector<NotedTriple>& found)
      : names_(names), span_(span), found_(found) {}

  // Depth is bounded by the parser.
  void visit(const json::value& value) {
    if (const auto* object = value.if_object()) visit_object(*object);
    if (const auto* array = value.if_array()) visit_array(*array);
  }

 private:
  void visit_object(const json::object& object) {
    const auto* head = string_at(object, {"head", "subject", "h", "s", "source"});
    const auto* relation = string_at(object, {"relation", "predicate", "r", "p", "label"});
    const auto* tail = string_at(object, {"tail", "object", "t", "o", "target"});
    if (head != nullptr && relation != nullptr && tail != nullptr) {
      add(*head, *relation, *tail);
      return;
    }
    for (const auto& entry : object) {
      const Verdict outer = verdict_;
      if (const Verdict verdict = verdict_of(entry.key()); verdict != Verdict::none)
        verdict_ = verdict;
      visit(entry.value());
      verdict_ = outer;
    }
  }

  void visit_array(const json::array& array) {
    const bool strings = std::all_of(array.begin(), array.end(),
                                     [](const json::value& item) { return item.is_string(); });
    if (array.size() == 3 && strings) {
      add(array[0].get_string(), array[1].get_string(), array[2].get_string());
      return;
    }
    for (const json::value& item : array) visit(item);
  }

  void add(const json::string& head, const json::string& relation, const json::string& tail) {
    const Triple triple{std::string(head), std::string(relation), std::string(tail)};
    found_.push_back({names_.spell(triple), span_, false, verdict_});
  }

  const Vocabulary& names_;
  Span span_;
  std::vector<NotedTriple>& found_;
  Verdict verdict_ = Verdict::none;
};

}  // namespace

// {"wrong": null}, {"error": "none"}, {"triple": null}: a key of what is wrong, and nothing there.
std::vector<Span> empty_accusations(std::string_view text) {
  std::vector<Span> found;
  for (const Span span : outer_objects(text)) {
    const auto parsed = parse_json(text.substr(span.begin, span.end - span.begin), "reply");
    if (!parsed.has_value() || !parsed->is_object()) continue;
    for (const auto& entry : parsed->get_object()) {
      const bool asked = parsed->get_object().size() == 1 &&
                         is_one_of(lower_copy(entry.key()), {"triple", "triples", "fact", "facts"});
      if (!asked && verdict_of(entry.key()) != Verdict::denied) continue;
      const auto& value = entry.value();
      const auto* array = value.if_array();
      const bool none = value.is_null() || (array != nullptr && array->empty()) ||
                        (value.is_string() && lower_copy(value.get_string()) == "none");
      if (none) found.push_back(span);
    }
  }
  return found;
}

std::vector<NotedTriple> in_json(std::string_view text, const Vocabulary& names) {
  std::vector<NotedTriple> found;
  for (const Span span : outer_objects(text)) {
    const auto parsed = parse_json(text.substr(span.begin, span.end - span.begin), "reply");
    if (parsed.has_value()) Collector(names, span, found).visit(*parsed);
  }
  return found;
}

}  // namespace stareval::extract
