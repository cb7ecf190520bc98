#include "libstareval/extract/notation.h"

#include <algorithm>
#include <array>
#include <string>

#include "libstareval/extract/notation_internal.h"

namespace stareval {
namespace extract {
namespace {

constexpr std::size_t kMaxPieces = 12;

std::string_view part(std::string_view text, std::size_t begin, std::size_t end) {
  const Span span = strip_marks(text, {begin, end});
  return text.substr(span.begin, span.end - span.begin);
}

// A part that is a bracket of its own: the pieces are a list of triples, not a triple.
bool is_group(std::string_view text) {
  return text.empty() || text.front() == '(' || text.front() == '[' || text.front() == '{';
}

Triple join(std::string_view text, const std::vector<Span>& pieces, std::size_t i, std::size_t j) {
  const auto between = [&](std::size_t first, std::size_t last) {
    return std::string(part(text, pieces[first].begin, pieces[last].end));
  };
  return {between(0, i), between(i + 1, j), between(j + 1, pieces.size() - 1)};
}

// The one separator of which there are two at least: | before ; before commas.
char separator_of(std::string_view inside) {
  for (const char sign : {'|', ';'})
    if (std::count(inside.begin(), inside.end(), sign) >= 2) return sign;
  return ',';
}

}  // namespace

std::optional<NotedTriple> triple_of_pieces(std::string_view text, const std::vector<Span>& pieces,
                                            const Vocabulary& vocabulary) {
  if (pieces.size() < 3 || pieces.size() > kMaxPieces) return std::nullopt;
  for (const Span piece : pieces)
    if (is_group(part(text, piece.begin, piece.end))) return std::nullopt;
  const Span whole{pieces.front().begin, pieces.back().end};
  if (pieces.size() == 3)
    return NotedTriple{vocabulary.spell(join(text, pieces, 0, 1)), whole, false};
  NotedTriple best{{}, whole, false};
  int best_known = 1;
  for (std::size_t i = 0; i + 2 < pieces.size(); ++i)
    for (std::size_t j = i + 1; j + 1 < pieces.size(); ++j) {
      const Triple triple = vocabulary.spell(join(text, pieces, i, j));
      const int known = vocabulary.known_parts(triple);
      if (known == best_known && known > 1) best.unclear = true;
      if (known <= best_known) continue;
      best = {triple, whole, false};
      best_known = known;
    }
  if (best_known < 2) return std::nullopt;
  return best;
}

std::vector<Span> pieces_of(std::string_view text, Span span) {
  const char separator = separator_of(text.substr(span.begin, span.end - span.begin));
  std::vector<Span> pieces;
  std::size_t begin = span.begin;
  int depth = 0;
  bool quoted = false;
  for (std::size_t at = span.begin; at < span.end; ++at) {
    const char c = text[at];
    if (c == '"') quoted = !quoted;
    if (c == '(' || c == '[' || c == '{') ++depth;
    if (c == ')' || c == ']' || c == '}') --depth;
    if (c != separator || depth > 0 || quoted) continue;
    pieces.push_back({begin, at});
    begin = at + 1;
  }
  pieces.push_back({begin, span.end});
  return pieces;
}

}  // namespace extract

std::vector<NotedTriple> noted_triples(std::string_view text, const Vocabulary& vocabulary) {
  using Finder = std::vector<NotedTriple> (*)(std::string_view, const Vocabulary&);
  constexpr std::array<Finder, 5> kFinders{extract::in_json, extract::in_brackets,
                                           extract::in_tables, extract::with_arrows,
                                           extract::with_labels};
  std::vector<NotedTriple> all;
  std::string open(text);  // what no notation has claimed yet; claimed bytes are blank
  for (const Finder find : kFinders) {
    const auto found = find(open, vocabulary);
    for (const NotedTriple& noted : found)
      std::fill(open.begin() + static_cast<std::ptrdiff_t>(noted.span.begin),
                open.begin() + static_cast<std::ptrdiff_t>(noted.span.end), '\n');
    all.insert(all.end(), found.begin(), found.end());
  }
  std::stable_sort(all.begin(), all.end(), [](const NotedTriple& a, const NotedTriple& b) {
    return a.span.begin < b.span.begin;
  });
  return all;
}

namespace extract {
namespace {

// "France - capital - Berlin"
std::vector<Span> between_dashes(std::string_view text, Span span) {
  std::vector<Span> pieces;
  std::size_t begin = span.begin;
  for (std::size_t at = text.find(" - ", begin); at < span.end; at = text.find(" - ", begin)) {
    pieces.push_back({begin, at});
    begin = at + 3;
  }
  pieces.push_back({std::min(begin, span.end), span.end});
  return pieces;
}

}  // namespace
}  // namespace extract

std::vector<NotedTriple> bare_triple(std::string_view text, Span span,
                                     const Vocabulary& vocabulary) {
  const auto inside = text.substr(span.begin, span.end - span.begin);
  if (inside.size() > extract::kTripleWindow || inside.find('\n') != inside.npos) return {};
  auto noted = extract::triple_of_pieces(text, extract::pieces_of(text, span), vocabulary);
  if (!noted)
    noted = extract::triple_of_pieces(text, extract::between_dashes(text, span), vocabulary);
  if (!noted) return {};
  const bool known = vocabulary.relation(noted->triple.relation) != nullptr ||
                     vocabulary.known_parts(noted->triple) >= 2;
  return known ? std::vector<NotedTriple>{*noted} : std::vector<NotedTriple>{};
}

}  // namespace stareval
