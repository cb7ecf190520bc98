#include "libstareval/extract/claims.h"

#include <algorithm>
#include <string>

#include "libstareval/base/text.h"
#include "libstareval/extract/cascade_internal.h"
#include "libstareval/extract/label_claims_internal.h"
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
    for (const NotedTriple& noted : noted_triples(readable, vocabulary)) {
      const Triple& triple = noted.triple;
      const bool entities =
          vocabulary.entity(triple.head) != nullptr && vocabulary.entity(triple.tail) != nullptr;
      if (noted.unclear || (vocabulary.relation(triple.relation) == nullptr && !entities)) continue;
      claims.insert(triple);
      std::fill(prose.begin() + static_cast<std::ptrdiff_t>(noted.span.begin),
                prose.begin() + static_cast<std::ptrdiff_t>(noted.span.end), '\n');
    }
    for (const auto sentence : sentences_of(prose, vocabulary)) add_sentence(sentence, claims);
    return claims;
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
