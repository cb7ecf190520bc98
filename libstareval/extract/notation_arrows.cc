// head -relation-> tail, and head -> relation -> tail.
#include <algorithm>
#include <array>

#include "libstareval/base/text.h"
#include "libstareval/extract/notation_internal.h"

namespace stareval::extract {
namespace {

constexpr std::array<std::string_view, 3> kArrows{"\xE2\x86\x92", "\xE2\x9F\xB6",
                                                  "\xE2\x9E\x9C"};  // → ⟶ ➜
constexpr std::array<std::string_view, 3> kLongDashes{"\xE2\x80\x93", "\xE2\x80\x94",
                                                      "\xE2\x94\x80"};  // – — ─

// Length of a dash at a place, in bytes; 0 where there is none.
std::size_t dash_length(std::string_view text, std::size_t at) {
  if (char_at(text, at) == '-') return 1;
  const auto rest = text.substr(std::min(at, text.size()), 3);
  return std::find(kLongDashes.begin(), kLongDashes.end(), rest) == kLongDashes.end() ? 0 : 3;
}

std::size_t dashes_end(std::string_view text, std::size_t at) {
  for (std::size_t length = dash_length(text, at); length > 0; length = dash_length(text, at))
    at += length;
  return at;
}

// Past the arrow that starts at a place ("->", "-->", "=>", "→", "—→"), or 0.
std::size_t arrow_end(std::string_view text, std::size_t at) {
  std::size_t end = dashes_end(text, at);
  if (end == at && text[at] == '=') ++end;
  if (end > at && char_at(text, end) == '>') return end + 1;
  const auto rest = text.substr(std::min(end, text.size()), 3);
  return std::find(kArrows.begin(), kArrows.end(), rest) == kArrows.end() ? 0 : end + 3;
}

std::vector<Span> arrows_of(std::string_view text, Span line) {
  std::vector<Span> arrows;
  for (std::size_t at = line.begin; at < line.end;) {
    if (const std::size_t end = arrow_end(text, at); end > at && end <= line.end) {
      arrows.push_back({at, end});
      at = end;
    } else {
      at = std::max(at + 1, dashes_end(text, at));
    }
  }
  return arrows;
}

// What stands before an arrow: "head -relation" or "relation", and where it is cut.
struct Labelled {
  bool labelled = false;
  Span head;
  Span relation;
};

Span relation_between(std::string_view text, std::size_t begin, std::size_t end) {
  Span span = strip_marks(text, {begin, end});
  while (span.begin < span.end &&
         std::string_view("[(:").find(text[span.begin]) != std::string_view::npos)
    ++span.begin;
  while (span.begin < span.end &&
         std::string_view("])").find(text[span.end - 1]) != std::string_view::npos)
    --span.end;
  return strip_marks(text, span);
}

std::string_view view(std::string_view text, Span span) {
  return text.substr(span.begin, span.end - span.begin);
}

// Cut at the dash whose relation is in the vocabulary, else at the first dash. A dash within a
// name ("Guinea-Bissau") has letters on both sides, and is no cut.
Labelled cut_at_dash(std::string_view text, Span segment, const Vocabulary& names) {
  Labelled best;
  for (std::size_t at = segment.begin; at < segment.end;) {
    const std::size_t end = dashes_end(text, at);
    if (end == at) {
      ++at;
      continue;
    }
    const bool spaced = at == segment.begin || is_space(text[at - 1]) || text[at - 1] == ')';
    const bool cuts = spaced || end > at + 1 || char_at(text, end) == '[';
    const Span relation = relation_between(text, end, segment.end);
    if (cuts && at > segment.begin && relation.begin < relation.end) {
      const bool known = names.relation(view(text, relation)) != nullptr;
      if (!best.labelled || known) best = {true, {segment.begin, at}, relation};
      if (known) return best;
    }
    at = end;
  }
  return best;
}

// The longest entity with which the segment ends (or begins); else the segment itself, cut at the
// next sign.
std::string entity_at_end(std::string_view text, Span segment, const Vocabulary& names) {
  const std::string normal = normalise_name(view(text, segment));
  const std::string* best = nullptr;
  std::size_t longest = 0;
  for (const auto& [name, spelling] : names.entities())
    if (name.size() > longest && std::string_view(normal).ends_with(name) &&
        is_name_begin(normal, normal.size() - name.size())) {
      best = &spelling;
      longest = name.size();
    }
  if (best != nullptr) return *best;
  const std::size_t sign = view(text, segment).find_last_of(";:,");
  if (sign != std::string_view::npos) segment.begin += sign + 1;
  return std::string(view(text, strip_marks(text, segment)));
}

std::string entity_at_begin(std::string_view text, Span segment, const Vocabulary& names) {
  const std::string normal = normalise_name(view(text, segment));
  const std::string* best = nullptr;
  std::size_t longest = 0;
  for (const auto& [name, spelling] : names.entities())
    if (name.size() > longest && normal.starts_with(name) && is_name_end(normal, name.size())) {
      best = &spelling;
      longest = name.size();
    }
  if (best != nullptr) return *best;
  const std::size_t sign = view(text, segment).find_first_of(";,.)");
  if (sign != std::string_view::npos) segment.end = segment.begin + sign;
  return std::string(view(text, strip_marks(text, segment)));
}

class LineReader {
 public:
  LineReader(std::string_view text, Span line, const Vocabulary& names)
      : text_(text), names_(names), arrows_(arrows_of(text, line)) {
    std::size_t begin = line.begin;
    for (const Span arrow : arrows_) {
      segments_.push_back(last_bytes({begin, arrow.begin}));
      cuts_.push_back(cut_at_dash(text, segments_.back(), names));
      begin = arrow.end;
    }
    segments_.push_back({begin, std::min(line.end, begin + kTripleWindow)});
  }

  void read(std::vector<NotedTriple>& found) const {
    for (std::size_t i = 0; i < arrows_.size(); ++i) {
      if (cuts_[i].labelled) {
        add(found, cuts_[i].head, cuts_[i].relation, tail_after(i));
      } else if (i + 1 < arrows_.size() && !cuts_[i + 1].labelled) {
        add(found, segments_[i],
            relation_between(text_, segments_[i + 1].begin, segments_[i + 1].end),
            tail_after(i + 1));
        ++i;
      }
    }
  }

 private:
  static Span last_bytes(Span span) {
    return {std::max(span.begin, span.end > kTripleWindow ? span.end - kTripleWindow : 0),
            span.end};
  }

  [[nodiscard]] Span tail_after(std::size_t arrow) const {
    const std::size_t next = arrow + 1;
    return next < cuts_.size() && cuts_[next].labelled ? cuts_[next].head : segments_[next];
  }

  void add(std::vector<NotedTriple>& found, Span head, Span relation, Span tail) const {
    const Triple triple{entity_at_end(text_, head, names_), std::string(view(text_, relation)),
                        entity_at_begin(text_, tail, names_)};
    if (triple.head.empty() || triple.relation.empty() || triple.tail.empty()) return;
    found.push_back({names_.spell(triple), {head.begin, tail.end}, false});
  }

  std::string_view text_;
  const Vocabulary& names_;
  std::vector<Span> arrows_;
  std::vector<Span> segments_;  // before each arrow, and after the last
  std::vector<Labelled> cuts_;  // of each segment that stands before an arrow
};

}  // namespace

std::vector<NotedTriple> with_arrows(std::string_view text, const Vocabulary& names) {
  std::vector<NotedTriple> found;
  for (const Span line : lines(text, {0, text.size()})) LineReader(text, line, names).read(found);
  return found;
}

}  // namespace stareval::extract
