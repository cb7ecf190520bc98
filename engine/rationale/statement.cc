#include "engine/rationale/statement.h"

#include <string_view>

namespace stareval::engine {
namespace {

constexpr std::string_view kUnknownRelation = "An unknown relation leads from {head} to {tail}.";

// One pass over the template, so that a name with braces in it stays as it is.
std::string fill(std::string_view text, const Triple& triple) {
  std::string result;
  while (!text.empty()) {
    const bool head = text.starts_with("{head}");
    if (head || text.starts_with("{tail}")) {
      result += head ? triple.head : triple.tail;
      text.remove_prefix(6);
    } else {
      result += text.front();
      text.remove_prefix(1);
    }
  }
  return result;
}

}  // namespace

std::string statement(const KnowledgeGraph& graph, const Triple& triple) {
  const auto relation = graph.find_relation(triple.relation);
  std::string sentence = fill(
      relation ? std::string_view(graph.relation(*relation).statement) : kUnknownRelation, triple);
  if (const char first = sentence.front(); first >= 'a' && first <= 'z')
    sentence.front() = static_cast<char>(first - 'a' + 'A');
  return sentence;
}

}  // namespace stareval::engine
