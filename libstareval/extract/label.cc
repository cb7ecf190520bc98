#include "libstareval/extract/label.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "libstareval/base/json.h"
#include "libstareval/base/text.h"
#include "libstareval/extract/cascade_internal.h"

namespace stareval {
namespace extract {
namespace {

constexpr std::size_t kLongestLabel = 200;  // bytes that are looked up
constexpr std::size_t kReach = 100;         // bytes behind a label in which it is denied

constexpr std::size_t kMostMarks = 4;  // that open one quotation

using LabelReading = Reading<std::size_t>;

constexpr std::array<std::string_view, 8> kKeys{"relation",     "label",     "answer",
                                                "relationship", "predicate", "relation_type",
                                                "type",         "category"};

// Text without what LaTeX and spacing put into a label: "member\_of", "/ per / org".
std::string plain_label(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && char_at(text, i + 1) == '_') continue;
    if (text[i] == '/')
      while (!out.empty() && is_space(out.back())) out.pop_back();
    if (is_space(text[i]) && out.ends_with('/')) continue;
    out += text[i];
  }
  return out;
}

std::string normal_label(std::string_view text) {
  std::string normal = normalise_name(plain_label(text));
  while (normal.starts_with('/') || normal.starts_with(' ')) normal.erase(0, 1);
  while (normal.ends_with('/') || normal.ends_with(' ')) normal.pop_back();
  return normal;
}

bool is_filler(std::string_view word) {
  return is_one_of(word, {"the", "a", "an", "relation", "relationship", "label", "most", "likely",
                          "probably", "therefore", "thus", "clearly", "type", "that", "of"});
}

bool is_doubt(std::string_view word) {
  return is_one_of(
      word, {"wrong",    "incorrect", "false",    "either",     "or",      "maybe",  "perhaps",
             "could",    "might",     "may",      "can",        "if",      "unless", "possible",
             "possibly", "unlikely",  "excluded", "eliminated", "example", "both"});
}

bool has_doubt(std::string_view lower) {
  const auto words = words_of(lower);
  return std::any_of(words.begin(), words.end(), is_doubt);
}

// A byte of a label that is written in one piece: "/per/org/member_of".
bool is_piece(char c) { return is_word(c) || c == '/' || c == '-' || c == '\\'; }

// The piece at a place, less the signs at its ends that only dress it.
Span piece_at(std::string_view text, std::size_t at, std::size_t end) {
  Span piece{at, at};
  while (piece.end < end && is_piece(text[piece.end])) ++piece.end;
  while (piece.begin < piece.end && (text[piece.begin] == '_' || text[piece.begin] == '-'))
    ++piece.begin;
  while (piece.end > piece.begin && (text[piece.end - 1] == '_' || text[piece.end - 1] == '-'))
    --piece.end;
  return piece;
}

// A label as only labels are written: with a slash or an underscore within.
bool is_written_as_label(std::string_view piece) {
  return piece.find_first_of("/_", 1) != piece.npos;
}

// "not X", "rather than X", "instead of X": X is named to be put aside.
bool is_put_aside(std::string_view lower, std::size_t at) {
  const auto word = word_before(lower, at);
  if (is_one_of(word, {"not", "than", "nor", "neither", "isn't", "never"})) return true;
  if (word != "of") return false;
  const auto place = static_cast<std::size_t>(word.data() - lower.data());
  return word_before(lower, place) == "instead";
}

struct Mention {
  std::size_t index = 0;
  bool shared = false;
  bool aside = false;  // "not X"
  Span span;
};

class LabelReader {
 public:
  using Value = std::size_t;
  static constexpr Denial kDenial = Denial::around;

  explicit LabelReader(const LabelSet& labels) : labels_(labels) {}

  [[nodiscard]] LabelReading whole(const Source& source, Span span) const {
    return reading_of(look_up(source.view(span)), span);
  }

  // A label, and then a reason, or signs, or nothing.
  [[nodiscard]] LabelReading head(const Source& source, Span span) const {
    const Span rest{skip_fillers(source, span), span.end};
    const auto named = label_at(source, rest);
    if (!named) return {};
    const Span after{named->span.end, std::max(named->span.end, span.end)};
    for (const Mention& other : mentions(source, after))
      if (!other.aside && other.index != named->index) return LabelReading::ambiguous(named->span);
    const auto near = source.lower_view({after.begin, std::min(after.end, after.begin + kReach)});
    const auto words = words_of(near.substr(0, near.find_first_of(".;\n")));
    const bool doubted = std::any_of(words.begin(), words.end(), [](std::string_view word) {
      return is_one_of(word, {"or", "wrong", "incorrect", "false", "unlikely"});
    });
    if (doubted) return LabelReading::ambiguous(named->span);
    return reading_of({named->index, true, named->shared}, named->span);
  }

  // JSON, else "the relation is ..", else the only label written as one.
  [[nodiscard]] LabelReading single(const Source& source, Span span) const {
    if (auto reading = merge(in_json(source, span)); reading.status != ReadStatus::none)
      return reading;
    if (auto reading = merge(announced(source, span)); reading.status != ReadStatus::none)
      return reading;
    std::vector<LabelReading> all;
    std::optional<Span> aside;
    const auto named = mentions(source, span);
    auto next = named.begin();
    for (const Span sentence : sentences(source.text, span)) {
      if (next == named.end()) break;
      if (next->span.begin >= sentence.end) continue;
      const bool unclear =
          has_doubt(source.lower_view(sentence)) || is_denied_sentence(source.lower, sentence);
      for (; next != named.end() && next->span.begin < sentence.end; ++next) {
        if (next->aside) aside = next->span;
        else if (unclear) all.push_back(LabelReading::ambiguous(next->span));
        else all.push_back(reading_of({next->index, true, next->shared}, next->span));
      }
    }
    if (all.empty() && aside) return LabelReading::ambiguous(*aside);
    return merge(all);
  }

 private:
  [[nodiscard]] LabelSet::Found look_up(std::string_view text) const {
    return text.size() > kLongestLabel ? LabelSet::Found{} : labels_.find(text);
  }

  static LabelReading reading_of(const LabelSet::Found& found, Span span) {
    if (!found.known) return {};
    return found.shared ? LabelReading::ambiguous(span) : LabelReading::found(found.index, span);
  }

  static std::size_t skip_fillers(const Source& source, Span span) {
    std::size_t at = skip_marks(source.lower, span.begin, span.end);
    while (is_filler(word_at(source.lower, at))) {
      const std::size_t next = at + word_at(source.lower, at).size();
      const std::size_t after = skip_marks(source.lower, next, span.end);
      if (after == next || after >= span.end) break;
      at = after;
    }
    return at;
  }

  // The label with which a text begins: in one piece, or in words up to a sign or the end.
  [[nodiscard]] std::optional<Mention> label_at(const Source& source, Span span) const {
    const Span piece = piece_at(source.text, span.begin, span.end);
    const auto text = source.view(piece);
    if (!text.empty() && is_written_as_label(text)) {
      const auto found = look_up(text);
      if (!found.known) return std::nullopt;
      return Mention{found.index, found.shared, false, piece};
    }
    const std::size_t longest = std::min(span.end, span.begin + kLongestLabel);
    std::size_t end = span.begin;
    while (end < longest && (is_word(source.text[end]) || source.text[end] == ' ')) ++end;
    for (std::size_t cut = end; cut > span.begin; --cut) {
      if (cut < end && source.text[cut] != ' ') continue;
      const bool whole = cut == end && !is_word(char_at(source.text, cut));
      const bool reason = is_one_of(word_at(source.lower, cut + 1), {"because", "since", "as"});
      if (!whole && !reason) continue;
      const auto found = look_up(source.view({span.begin, cut}));
      if (found.known) return Mention{found.index, found.shared, false, {span.begin, cut}};
    }
    return std::nullopt;
  }

  // Labels written as such, and any that stand in quotes, in bold or in code.
  [[nodiscard]] std::vector<Mention> mentions(const Source& source, Span span) const {
    std::vector<Mention> found;
    const std::string_view text = source.text;
    for (std::size_t at = span.begin; at < span.end;) {
      if (!is_piece(text[at])) {
        if (const auto quoted = quoted_at(source, at, span.end)) {
          found.push_back(*quoted);
          at = quoted->span.end;
        } else {
          ++at;
        }
        continue;
      }
      const std::size_t begin = at;
      while (at < span.end && is_piece(text[at])) ++at;
      const Span piece = piece_at(text, begin, at);
      const auto label = source.view(piece);
      if (label.empty() || !is_written_as_label(label)) continue;
      if (const auto hit = look_up(label); hit.known)
        found.push_back({hit.index, hit.shared, is_put_aside(source.lower, piece.begin), piece});
    }
    return found;
  }

  [[nodiscard]] std::optional<Mention> quoted_at(const Source& source, std::size_t at,
                                                 std::size_t end) const {
    constexpr std::string_view kQuotes = "\"'`*";
    const char c = source.text[at];
    if (kQuotes.find(c) == kQuotes.npos) return std::nullopt;
    const std::size_t begin = skip_marks(source.text, at, std::min(end, at + kMostMarks));
    const auto view = std::string_view(source.text).substr(0, std::min(end, begin + kLongestLabel));
    const std::size_t close = begin < view.size() ? view.find(c, begin) : view.npos;
    if (close == view.npos) return std::nullopt;
    const auto hit = look_up(view.substr(begin, close - begin));
    if (!hit.known) return std::nullopt;
    return Mention{hit.index, hit.shared, is_put_aside(source.lower, at), {begin, close}};
  }

  // "the relation is ..", "label: ..".
  [[nodiscard]] std::vector<LabelReading> announced(const Source& source, Span span) const {
    std::vector<LabelReading> readings;
    for (const Span line : lines(source.text, span)) {
      std::size_t at = line.begin;
      while (at < line.end) {
        if (!is_letter(source.text[at])) {
          ++at;
          continue;
        }
        const auto word = word_at(source.lower, at);
        const std::size_t end = at + std::max<std::size_t>(word.size(), 1);
        if (is_one_of(word, {"relation", "relationship", "label"}))
          if (auto reading = after_cue(source, end, line); reading.status != ReadStatus::none)
            readings.push_back(is_supposed(source, line, at) ? LabelReading::ambiguous(reading.span)
                                                             : reading);
        at = end;
      }
    }
    return readings;
  }

  [[nodiscard]] LabelReading after_cue(const Source& source, std::size_t at, Span line) const {
    at = skip_marks(source.lower, at, line.end);
    if (word_at(source.lower, at) == "is") at = skip_marks(source.lower, at + 2, line.end);
    else if (char_at(source.lower, at) != ':') return {};
    if (char_at(source.lower, at) == ':') at = skip_marks(source.lower, at + 1, line.end);
    if (at >= line.end) return {};
    return head(source, {at, std::min(line.end, at + kLongestLabel + kReach)});
  }

  static bool is_supposed(const Source& source, Span line, std::size_t at) {
    const auto before = source.lower_view({std::max(line.begin, at - std::min(at, kReach)), at});
    const std::size_t stop = before.find_last_of(".;?!");
    const auto clause = stop == before.npos ? before : before.substr(stop + 1);
    const auto words = words_of(clause);
    return has_negation(clause) || std::any_of(words.begin(), words.end(), [](std::string_view w) {
             return is_one_of(w, {"if", "whether", "suppose", "unless", "doubt", "assuming"});
           });
  }

  // {"relation": "member_of"} anywhere: innermost objects.
  [[nodiscard]] std::vector<LabelReading> in_json(const Source& source, Span span) const {
    std::vector<LabelReading> readings;
    std::size_t open = source.text.npos;
    for (std::size_t at = span.begin; at < span.end; ++at) {
      if (source.text[at] == '{') open = at;
      if (source.text[at] != '}' || open == source.text.npos) continue;
      const Span group{open, at + 1};
      open = source.text.npos;
      const auto object = parse_json_object(source.view(group), "reply");
      if (!object) continue;
      for (const std::string_view key : kKeys)
        if (const auto* value = object->if_contains(key); value != nullptr && value->is_string())
          readings.push_back(reading_of(look_up(value->get_string()), group));
    }
    return readings;
  }

  const LabelSet& labels_;
};

}  // namespace
}  // namespace extract

LabelSet::LabelSet(std::span<const std::string> labels, const LabelAliases& aliases) {
  for (std::size_t i = 0; i < labels.size(); ++i) add(labels[i], i, true);
  for (const auto& [alias, label] : aliases) {
    const auto hit = std::find(labels.begin(), labels.end(), label);
    if (hit != labels.end()) add(alias, static_cast<std::size_t>(hit - labels.begin()), true);
  }
}

void LabelSet::add(std::string_view spelling, std::size_t index, bool whole) {
  const std::string normal = extract::normal_label(spelling);
  if (normal.empty()) return;
  const auto [at, is_new] = entries_.try_emplace(normal, Entry{index, whole, false});
  if (!is_new && whole && !at->second.whole) at->second = {index, true, false};
  else if (!is_new && whole == at->second.whole && at->second.index != index)
    at->second.shared = true;
  if (const std::size_t slash = normal.find('/'); slash != normal.npos)
    add(std::string_view(normal).substr(slash + 1), index, false);
}

LabelSet::Found LabelSet::find(std::string_view text) const {
  const auto hit = entries_.find(extract::normal_label(text));
  if (hit == entries_.end()) return {};
  return {hit->second.index, true, hit->second.shared};
}

Extraction<std::size_t> extract_label(std::string_view reply, const LabelSet& labels) {
  return extract::run_cascade(extract::LabelReader(labels), reply);
}

Extraction<std::size_t> extract_label(std::string_view reply, std::span<const std::string> labels,
                                      const LabelAliases& aliases) {
  return extract_label(reply, LabelSet(labels, aliases));
}

}  // namespace stareval
