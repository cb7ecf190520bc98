#include "libstareval/extract/claims.h"

#include <algorithm>
#include <string>

#include "libstareval/base/text.h"
#include "libstareval/extract/cascade_internal.h"
#include "libstareval/extract/label_claims_internal.h"
#include "libstareval/extract/negation_internal.h"
#include "libstareval/extract/notation.h"
#include "libstareval/extract/statement_book_internal.h"

namespace stareval {
namespace {

// A sentence in normal form, without markdown and the number or bullet of a list.
std::string normal_sentence(std::string_view sentence) {
  std::string plain(sentence);
  std::erase_if(plain, [](char c) { return c == '*' || c == '`'; });
  std::string_view text = trim(plain);
  const std::size_t digits = text.find_first_not_of("0123456789");
  if (digits != text.npos && digits > 0 && (text[digits] == ')' || text[digits] == '.'))
    text.remove_prefix(digits + 1);
  return normalise_name(text);
}

std::vector<std::string> normal_sentences(std::string_view text, const Vocabulary& vocabulary) {
  std::vector<std::string> normal;
  for (const auto sentence : sentences_of(text, vocabulary)) {
    std::string form = normal_sentence(sentence);
    if (!form.empty()) normal.push_back(std::move(form));
  }
  return normal;
}

// Names of the triples too, where the graph does not hold them.
Graph with_triples(Graph graph, std::span<const Triple> triples) {
  graph.triples.insert(graph.triples.end(), triples.begin(), triples.end());
  return graph;
}

}  // namespace

struct ClaimReader::Parts {
  Parts(const Graph& graph, std::span<const Triple> triples, std::string_view reference)
      : vocabulary(with_triples(graph, triples)),
        labels(vocabulary),
        book(normal_sentences(reference, vocabulary), triples, labels) {}

  [[nodiscard]] std::set<Triple> claims_of(std::string_view readable) const {
    std::set<Triple> claims;
    std::string prose(readable);
    const auto all = noted_triples(readable, vocabulary);
    const auto denied = denied_spans(readable, all);
    auto next = denied.begin();
    for (const NotedTriple& noted : all) {
      while (next != denied.end() && next->end <= noted.span.begin) ++next;
      const bool taken_back = next != denied.end() && next->begin < noted.span.end;
      if (taken_back || noted.verdict == Verdict::denied) {
        blank(prose, noted.span, '\n');
        continue;
      }
      const Triple& triple = noted.triple;
      const bool entities =
          vocabulary.entity(triple.head) != nullptr && vocabulary.entity(triple.tail) != nullptr;
      if (noted.unclear || (vocabulary.relation(triple.relation) == nullptr && !entities)) continue;
      if (extract::is_list_of_entities(triple, vocabulary, labels)) continue;
      claims.insert(triple);
      blank(prose, noted.span, '\n');
    }
    for (const Span span : denied) blank(prose, span, '\n');
    for (const auto sentence : sentences_of(prose, vocabulary)) add_sentence(sentence, claims);
    return claims;
  }

  static void blank(std::string& text, Span span, char c) {
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(span.begin),
              text.begin() + static_cast<std::ptrdiff_t>(span.end), c);
  }

  // The sentences that claim nothing, and those that a lead-in such as "Not shown:" denies, up to a
  // blank line after them or another lead-in.
  [[nodiscard]] std::vector<Span> denied_spans(std::string_view readable,
                                               const std::vector<NotedTriple>& noted) const {
    std::string text(readable);
    for (const NotedTriple& n : noted)
      if (text[n.span.begin] == '{') blank(text, n.span, ' ');
    std::vector<Span> denied;
    bool in_denied = false;
    bool any_item = false;
    std::size_t last_end = 0;
    for (const auto sentence : sentences_of(text, vocabulary)) {
      const auto begin = static_cast<std::size_t>(sentence.data() - text.data());
      const Span span{begin, begin + sentence.size()};
      const auto gap = std::string_view(text).substr(last_end, begin - last_end);
      if (any_item && std::count(gap.begin(), gap.end(), '\n') >= 2) in_denied = false;
      last_end = span.end;
      const bool none = states_nothing(sentence);
      const Span bare = extract::strip_marks(text, span);
      const bool leads = sentence.front() == '#' || (bare.end > 0 && text[bare.end - 1] == ':');
      if (leads) in_denied = none;
      any_item = !leads;
      if (none || in_denied) denied.push_back(span);
    }
    return denied;
  }

  [[nodiscard]] bool states_nothing(std::string_view sentence) const {
    std::string normal = normal_sentence(sentence);
    const bool asks = sentence.ends_with('?');
    for (const Span name : labels.names(normal)) blank(normal, name, ' ');
    if (!asks && !extract::has_cross(sentence) && !extract::claims_nothing(normal)) return false;
    return asks || !book.read(normal_sentence(sentence), labels);
  }

  void add_sentence(std::string_view sentence, std::set<Triple>& claims) const {
    const std::string normal = normal_sentence(sentence);
    if (const auto stated = book.read(normal, labels)) claims.insert(vocabulary.spell(*stated));
    else if (!sentence.ends_with('?')) labels.add(normal, claims);
  }

  Vocabulary vocabulary;
  extract::LabelClaims labels;
  extract::StatementBook book;
};

ClaimReader::ClaimReader(const Graph& graph, std::span<const Triple> triples,
                         std::string_view reference)
    : parts_(std::make_unique<const Parts>(graph, triples, reference)) {}

ClaimReader::~ClaimReader() = default;

Extraction<std::vector<Triple>> ClaimReader::extract(std::string_view reply) const {
  using Claims = extract::Reading<std::vector<Triple>>;
  const extract::Source source = extract::make_source(reply);
  auto regions = extract::answer_tags(source);
  const bool tagged = !regions.empty();
  if (!tagged) regions.push_back(source.all());
  std::vector<Claims> readings;
  for (const Span region : regions) {
    const auto claims = parts_->claims_of(source.view(region));
    readings.push_back(claims.empty() ? Claims{}
                                      : Claims::found({claims.begin(), claims.end()}, region));
  }
  const Claims merged = extract::merge_regions(source, regions, readings);
  if (merged.status == ReadStatus::none) return {};
  return {merged.status, merged.value, tagged ? "answer_tag" : "description", merged.span};
}

}  // namespace stareval
