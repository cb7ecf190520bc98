#include "engine/rationale/rationale_check.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>

#include "libstareval/base/text.h"
#include "libstareval/extract/notation.h"
#include "libstareval/extract/sentence.h"
#include "libstareval/extract/thinking.h"

namespace stareval::engine {
namespace {

// Words of somebody who was given the answer, or the graph as text. In lower case.
constexpr std::array<std::string_view, 51> kLeaks{"given answer",
                                                  "given the answer",
                                                  "given correct answer",
                                                  "given right answer",
                                                  "given the correct",
                                                  "given the right",
                                                  "given that the answer",
                                                  "answer given",
                                                  "answer is given",
                                                  "answer was given",
                                                  "answer provided",
                                                  "answer is provided",
                                                  "answer was provided",
                                                  "provided answer",
                                                  "provided the answer",
                                                  "answer is known",
                                                  "known answer",
                                                  "know the answer",
                                                  "know that the answer",
                                                  "knowing the answer",
                                                  "knowing that the answer",
                                                  "since the answer",
                                                  "because the answer",
                                                  "as the answer is",
                                                  "answer key",
                                                  "gold answer",
                                                  "reference answer",
                                                  "expected answer",
                                                  "ground truth",
                                                  "ground-truth",
                                                  "you gave",
                                                  "you told",
                                                  "you provided",
                                                  "you said",
                                                  "was told",
                                                  "were told",
                                                  "been told",
                                                  "told me",
                                                  "told us",
                                                  "the prompt",
                                                  "as instructed",
                                                  "the instructions",
                                                  "given triples",
                                                  "triples given",
                                                  "provided triples",
                                                  "triples provided",
                                                  "list of triples",
                                                  "given facts",
                                                  "facts given",
                                                  "provided facts",
                                                  "facts provided"};

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

// In lower case, white space as single blanks.
std::string plain_words(std::string_view text) {
  std::string words;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isspace(byte) == 0) words += static_cast<char>(std::tolower(byte));
    else if (!words.ends_with(' ')) words += ' ';
  }
  return words;
}

bool has_words(const std::string& text, std::string_view words) {
  for (std::size_t at = text.find(words); at != text.npos; at = text.find(words, at + 1)) {
    const std::size_t end = at + words.size();
    if ((at == 0 || !is_letter(text[at - 1])) && (end == text.size() || !is_letter(text[end])))
      return true;
  }
  return false;
}

std::string find_leak(std::string_view text) {
  const std::string words = plain_words(text);
  const auto* leak = std::find_if(kLeaks.begin(), kLeaks.end(),
                                  [&](std::string_view l) { return has_words(words, l); });
  return leak == kLeaks.end() ? "" : std::string(*leak);
}

// The graph as drawn and as it is true.
Graph both_graphs(const Sample& sample) {
  Graph graph = drawn_graph(sample);
  const auto append = [](auto& to, const auto& from) {
    to.insert(to.end(), from.begin(), from.end());
  };
  append(graph.entities, sample.graph.entities);
  append(graph.triples, sample.graph.triples);
  return graph;
}

// Names of both graphs and of the options, so that a triple of any of them is cut where it should.
Vocabulary names_of(const Sample& sample, Graph graph) {
  for (const std::string& choice : sample.choices) {
    graph.entities.push_back({choice, false});
    graph.triples.push_back({kMask, choice, kMask});
  }
  return Vocabulary(graph);
}

std::string find_outside_triple(const Graph& graph, const Vocabulary& names,
                                std::string_view text) {
  for (const NotedTriple& noted : noted_triples(text, names)) {
    const bool inside = !noted.unclear &&
                        std::any_of(graph.triples.begin(), graph.triples.end(),
                                    [&](const Triple& t) { return same_triple(t, noted.triple); });
    if (!inside) return to_string(noted.triple);
  }
  return "";
}

// The last statement of a text, and the steps before it.
struct Parts {
  std::string_view steps, ending;
};

// A description stands below the last line that announces an answer.
Parts part_description(std::string_view text) {
  Parts parts{text, {}};
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string line = plain_words(trim(text.substr(at, end - at)));
    if (line.ends_with(':') && has_words(line, "answer"))
      parts = {text.substr(0, at), text.substr(end)};
    at = end + 1;
  }
  return parts;
}

Parts part(const Sample& sample, const Vocabulary& names, std::string_view text) {
  if (std::holds_alternative<DescriptionGold>(sample.gold)) return part_description(text);
  const auto sentences = sentences_of(text, names);
  if (sentences.empty()) return {text, {}};
  const auto begin = static_cast<std::size_t>(sentences.back().data() - text.data());
  return {text.substr(0, begin), text.substr(begin)};
}

bool is_gold(const Sample& sample, const Protocol& reader, std::string_view reply) {
  const Score score = reader.score(sample, answered_reply(std::string(reply)));
  return score.outcome == Outcome::answered && headline_value(score) == 1.0;
}

bool says_something(std::string_view text) {
  return std::count_if(text.begin(), text.end(), is_letter) >= 8;  // more than "Answer:"
}

}  // namespace

std::string_view to_string(RationaleFault fault) {
  switch (fault) {
    case RationaleFault::none: return "kept";
    case RationaleFault::no_reply: return "no_reply";
    case RationaleFault::refused: return "refused";
    case RationaleFault::truncated: return "truncated";
    case RationaleFault::no_steps: return "no_steps";
    case RationaleFault::tags: return "tags";
    case RationaleFault::leak: return "leak";
    case RationaleFault::outside_triple: return "outside_triple";
    case RationaleFault::wrong_ending: return "wrong_ending";
    case RationaleFault::contradiction: return "contradiction";
  }
  return "kept";
}

CheckedRationale check_rationale(const Sample& sample, const Protocol& reader,
                                 std::string_view text) {
  const std::string_view body = trim(text);
  const auto result = [&](RationaleFault fault, std::string detail = "") {
    return CheckedRationale{fault, std::string(body), std::move(detail)};
  };
  if (extract::has_reply_tags(body)) return result(RationaleFault::tags);
  if (std::string leak = find_leak(body); !leak.empty())
    return result(RationaleFault::leak, std::move(leak));
  const Graph graph = both_graphs(sample);
  const Vocabulary names = names_of(sample, graph);
  if (std::string triple = find_outside_triple(graph, names, body); !triple.empty())
    return result(RationaleFault::outside_triple, std::move(triple));
  const Parts parts = part(sample, names, body);
  if (parts.ending.ends_with('?') || !is_gold(sample, reader, trim(parts.ending)))
    return result(RationaleFault::wrong_ending);
  if (!says_something(parts.steps)) return result(RationaleFault::no_steps);
  if (!is_gold(sample, reader, body)) return result(RationaleFault::contradiction);
  return result(RationaleFault::none);
}

CheckedRationale check_rationale_reply(const Sample& sample, const Protocol& reader,
                                       const Reply& reply) {
  switch (reply.outcome) {
    case Outcome::answered:
      return check_rationale(sample, reader, extract::without_thinking(reply.text));
    case Outcome::refused: return {RationaleFault::refused, "", ""};
    case Outcome::truncated: return {RationaleFault::truncated, "", ""};
    default: return {RationaleFault::no_reply, "", ""};
  }
}

void adopt_rationale(const CheckedRationale& checked, const std::string& backend,
                     const std::string& model, Sample& sample) {
  constexpr const char* kMeta = "rationale";
  if (checked.fault == RationaleFault::none) {
    sample.rationale = checked.text;
    sample.meta[kMeta] = json::object{{"by", "backend"}, {"backend", backend}, {"model", model}};
    return;
  }
  json::value& note = sample.meta[kMeta];  // of an earlier writer, whose text stays
  if (!note.is_object()) note = json::object{{"by", "rule"}};
  note.as_object()["rejected"] = to_string(checked.fault);
}

}  // namespace stareval::engine
