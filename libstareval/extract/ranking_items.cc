#include <algorithm>
#include <array>
#include <optional>

#include "libstareval/base/text.h"
#include "libstareval/extract/ranking_items_internal.h"
#include "libstareval/extract/ranking_order_internal.h"

namespace stareval::extract {
namespace {

constexpr std::size_t kMostCuts = 16;       // places at which a reason may begin
constexpr std::size_t kMostWords = 8;       // of a name that is no candidate
constexpr std::size_t kLongestItem = 2000;  // bytes of an item that are looked at
constexpr std::size_t kMostLetters = 26;

enum class Separator { sequence, chain, reversed, stop, end };

struct Piece {
  Span span;
  Separator after = Separator::end;
};

// A sign at a place that parts items, and how long it is; `end` with length 0 where there is none.
struct Sign {
  Separator kind = Separator::end;
  std::size_t length = 0;
};

// "2." opens an item.
bool ends_number(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && at - begin < 4 && is_digit(text[begin - 1])) --begin;
  return begin < at && at - begin < 4 && !is_word(char_before(text, begin));
}

Sign sign_at(std::string_view text, std::size_t at) {
  constexpr std::array<std::string_view, 3> kChains{"\xE2\x89\xBB", "\xE2\x86\x92", "\xE2\x89\xAB"};
  const char c = text[at];
  const char next = char_at(text, at + 1);
  if (c == ',' || c == ';')
    return is_digit(next) && at > 0 && is_digit(text[at - 1]) ? Sign{}
                                                              : Sign{Separator::sequence, 1};
  if (c == '-' && next == '>') return {Separator::chain, 2};
  if (c == '>') return {Separator::chain, next == '>' ? std::size_t{2} : std::size_t{1}};
  if (c == '<') return {Separator::reversed, 1};
  const bool ends =
      (at + 1 == text.size() || is_space(next)) && !(c == '.' && ends_number(text, at));
  if ((c == '.' || c == '!' || c == '?') && ends) return {Separator::stop, 1};
  for (const std::string_view chain : kChains)
    if (text.substr(at).starts_with(chain)) return {Separator::chain, chain.size()};
  return {};
}

std::vector<Piece> pieces_of(std::string_view text, Span span) {
  std::vector<Piece> pieces;
  std::size_t begin = span.begin;
  const auto view = text.substr(0, span.end);
  for (std::size_t at = span.begin; at < span.end;) {
    const Sign sign = sign_at(view, at);
    if (sign.length == 0) {
      ++at;
      continue;
    }
    pieces.push_back({{begin, at}, sign.kind});
    at += sign.length;
    begin = at;
  }
  if (begin < span.end) pieces.push_back({{begin, span.end}, Separator::end});
  return pieces;
}

std::size_t count_words(std::string_view text) {
  std::size_t count = 0;
  bool inside = false;
  for (const char c : text) {
    const bool space = is_space(c);
    if (!space && !inside) ++count;
    inside = !space;
  }
  return count;
}

bool opens_reason(std::string_view lower, std::size_t at) {
  return is_one_of(word_at(lower, at),
                   {"because", "since", "as", "which", "given", "due", "based"});
}

// Place behind which a reason may stand: "France - ..", "France: ..", "France (..", "France. ..".
bool is_cut(std::string_view text, std::size_t at) {
  const char c = text[at];
  const char next = char_at(text, at + 1);
  const bool spaced = at > 0 && (is_space(text[at - 1]) || mark_length(text, at - 1) == 1);
  if (c == ':' || c == ',' || c == ';' || c == '.') return !is_word(next) && next != '/';
  if (c == '(' || c == '[') return spaced;
  if (c == '-') return spaced && (is_space(next) || next == '-');
  const auto dash = text.substr(at, 3);
  return dash == "\xE2\x80\x93" || dash == "\xE2\x80\x94";
}

std::string_view trim_item(std::string_view text) {
  const Span inside = strip_marks(text, {0, text.size()});
  return text.substr(inside.begin, inside.end - inside.begin);
}

NameFinder make_finder(std::span<const std::string> candidates) {
  std::vector<std::string> names;
  names.reserve(candidates.size());
  for (const std::string& candidate : candidates)
    if (auto normal = normalise_name(candidate); !normal.empty())
      names.push_back(std::move(normal));
  return NameFinder(std::move(names));
}

// Skip what may stand before the first item of a line: "most likely", "the entity".
std::size_t skip_opening(const Source& source, Span span) {
  std::size_t at = skip_marks(source.lower, span.begin, span.end);
  for (;;) {
    const auto word = word_at(source.lower, at);
    if (!is_one_of(word, {"the", "most", "likely", "likeliest", "probably", "is", "entity",
                          "relation", "first", "option"}))
      return at;
    at = skip_marks(source.lower, at + word.size(), span.end);
    if (at < span.end && source.text[at] == ':') at = skip_marks(source.lower, at + 1, span.end);
    if (at >= span.end) return span.begin;
  }
}

// Skip what joins an item to the one before it: "and", "then", "followed by".
std::size_t skip_joint(const Source& source, Span span) {
  std::size_t at = skip_marks(source.lower, span.begin, span.end);
  for (;;) {
    const auto word = word_at(source.lower, at);
    if (!is_one_of(word, {"and", "then", "next", "followed", "by", "finally", "lastly"})) return at;
    const std::size_t next = skip_marks(source.lower, at + word.size(), span.end);
    if (next == at + word.size() || next >= span.end) return at;
    at = next;
  }
}

// The candidate, with what follows it in brackets, or its share in percent, left out.
Item bare_item(const Candidates& candidates, std::string_view text) {
  Item item = candidates.exact(text);
  if (item.kind != Item::Kind::unknown) return item;
  const auto trimmed = trim_item(text);
  const std::size_t open = trimmed.ends_with(')') ? trimmed.rfind('(') : trimmed.npos;
  if (open != trimmed.npos && open > 0) return candidates.exact(trimmed.substr(0, open));
  const auto name = without_share(trimmed);  // "Spain 30 %"
  return name.size() == trimmed.size() ? item : candidates.exact(name);
}

// One line as it is read, piece by piece.
class InlineReader {
 public:
  InlineReader(const Candidates& candidates, const Source& source, Span span)
      : candidates_(candidates), source_(source), span_(span) {}

  Listing read() {
    pieces_ = pieces_of(source_.text, span_);
    for (std::size_t i = 0; i < pieces_.size() && !ended_; i = next_) step(i);
    if (sequence_ && chain_) listing_.unclear = true;
    const auto all = source_.lower_view(span_);
    if (is_other_order(all)) listing_.unclear = true;
    if (prose_ && !listing_.order.empty()) listing_.unclear = true;
    if (listing_.order.empty() && (prose_ || count_words(all) > kMostWords)) return {};
    return listing_;
  }

 private:
  void step(std::size_t i) {
    next_ = i + 1;
    Span place = pieces_[i].span;
    place.begin = i == 0 ? skip_opening(source_, place) : skip_joint(source_, place);
    if (const auto number = item_number(source_, place.begin, place.end); number.end > 0) {
      place.begin = number.end;
      count(number.value);
    }
    if (trim_item(source_.view(place)).empty()) return close(i);
    if (i > 0 && opens_reason(source_.lower, place.begin) && listing_.order.size() == 1) {
      ended_ = true;
      return;
    }
    if (take_longest(i, place)) return;
    if (i == 0 && pieces_[i].after == Separator::chain)
      if (const auto name = name_at_end(candidates_, source_, place)) {
        listing_.add(candidates_.exact(source_.view(*name)), *name);
        if (is_tied_before(candidates_, source_, {place.begin, name->begin}))
          listing_.unclear = true;
        return close(i);
      }
    if (i == 0 && take_with_reason(place)) return;
    if (take_numbered(i, place)) return;
    Item item{Item::Kind::unknown, 0};
    const auto text = source_.view(place);
    const bool tied = i > 0 && word_at(source_.lower, place.begin) == "or";
    if (tied || candidates_.mentioned_in(text)) item.kind = Item::Kind::unclear;
    else if (count_words(text) > kMostWords || is_sentence(text)) prose_ = true;
    if (!prose_) listing_.add(item, place);
    close(i);
  }

  // The item that takes in as many separators as a name may hold.
  bool take_longest(std::size_t i, Span place) {
    const std::size_t last = std::min(i + candidates_.separators(), pieces_.size() - 1);
    for (std::size_t j = last + 1; j-- > i;) {
      const Span whole{place.begin, pieces_[j].span.end};
      const bool with_sign = pieces_[j].after == Separator::stop;
      const Item item = bare_item(candidates_, source_.view(whole));
      if (item.kind == Item::Kind::unknown) continue;
      listing_.add(item, {whole.begin, whole.end + (with_sign ? 1U : 0U)});
      next_ = j + 1;
      close(j);
      return true;
    }
    return false;
  }

  // "France because it borders Spain": one answer, whatever follows.
  bool take_with_reason(Span place) {
    const auto text = source_.lower_view(place);
    for (std::size_t at = text.find(' '); at != text.npos; at = text.find(' ', at + 1)) {
      if (!opens_reason(text, at + 1)) continue;
      const Item item = candidates_.exact(source_.view({place.begin, place.begin + at}));
      if (item.kind != Item::Kind::candidate) return false;
      listing_.add(item, {place.begin, place.begin + at});
      ended_ = true;
      return true;
    }
    return false;
  }

  // "1. Spain 2. Italy" within a piece.
  bool take_numbered(std::size_t i, Span place) {
    std::size_t begin = place.begin;
    std::vector<Span> parts;
    std::vector<int> numbers;
    for (std::size_t at = place.begin + 1; at < place.end; ++at) {
      if (!is_space(source_.text[at - 1]) || !is_digit(source_.text[at])) continue;
      const auto number = item_number(source_, at, span_.end);
      if (number.end == 0) continue;
      parts.push_back({begin, at});
      numbers.push_back(number.value);
      begin = number.end;
      at = number.end;
    }
    if (parts.empty()) return false;
    parts.push_back({begin, place.end});
    for (const int number : numbers) count(number);
    for (const Span part : parts) listing_.add(bare_item(candidates_, source_.view(part)), part);
    sequence_ = true;
    close(i);
    return true;
  }

  // "1. Spain, 1. Italy": a tie; "2. Spain, 1. Italy": do numbers or places say the order?
  void count(int number) {
    if (number <= number_) listing_.unclear = true;
    number_ = number;
  }

  // Note the separator behind a piece; a full stop ends the list.
  void close(std::size_t i) {
    const Separator after = pieces_[i].after;
    if (i + 1 == pieces_.size()) return;
    if (after == Separator::sequence) sequence_ = true;
    if (after == Separator::chain) chain_ = true;
    if (after == Separator::reversed) listing_.unclear = true;
    if (after != Separator::stop) return;
    ended_ = true;
    const Span rest{pieces_[i].span.end, span_.end};
    if (listing_.order.size() == 1 && candidates_.mentioned_in(source_.view(rest)))
      listing_.unclear = true;
  }

  const Candidates& candidates_;
  const Source& source_;
  Span span_;
  std::vector<Piece> pieces_;
  Listing listing_;
  std::size_t next_ = 0;
  int number_ = -1;  // of the last item; -1 before the first
  bool sequence_ = false, chain_ = false, ended_ = false, prose_ = false;
};

}  // namespace

void Listing::add(const Item& item, Span place) {
  places.push_back(place);
  add_unplaced(item, place);
}

void Listing::add_unplaced(const Item& item, Span place) {
  span = span.end == 0 ? place : Span{span.begin, place.end};
  switch (item.kind) {
    case Item::Kind::candidate:
      if (std::find(order.begin(), order.end(), item.index) == order.end())
        order.push_back(item.index);
      break;
    case Item::Kind::unknown: ++unknown; break;
    case Item::Kind::unclear:
    case Item::Kind::prose: unclear = true; break;
  }
}

Candidates::Candidates(std::span<const std::string> candidates, bool lettered)
    : finder_(make_finder(candidates)),
      letters_(lettered ? std::min(candidates.size(), kMostLetters) : 0) {
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const std::string normal = normalise_name(candidates[i]);
    if (normal.empty()) continue;
    const auto [at, is_new] = by_name_.try_emplace(normal, Named{i, false});
    if (!is_new) at->second.shared = true;
    const std::size_t parts = pieces_of(candidates[i], {0, candidates[i].size()}).size();
    if (parts > 0) separators_ = std::max(separators_, parts - 1);
  }
}

Item Candidates::exact(std::string_view text) const {
  if (text.size() > kLongestItem) return {Item::Kind::unknown, 0};
  const auto hit = by_name_.find(normalise_name(text));
  if (hit == by_name_.end()) return by_letter(trim_item(text));
  return {hit->second.shared ? Item::Kind::unclear : Item::Kind::candidate, hit->second.index};
}

Item Candidates::by_letter(std::string_view text) const {
  const Item nothing{Item::Kind::unknown, 0};
  for (const std::string_view word : {"option ", "choice "})
    if (text.size() > word.size() && equals_ignoring_case(text.substr(0, word.size()), word))
      text.remove_prefix(word.size());
  const bool open = text.starts_with('(') || text.starts_with('[');
  if (open) text.remove_prefix(1);
  if (text.empty() || letters_ == 0) return nothing;
  const char letter = to_lower(text.front());
  const auto index = static_cast<std::size_t>(letter - 'a');
  if (!is_lower(letter) || index >= letters_) return nothing;
  std::string_view rest = text.substr(1);
  const char sign = char_at(rest, 0);
  if (rest.empty()) return {open ? Item::Kind::unknown : Item::Kind::candidate, index};
  if (sign != ')' && sign != ']' && sign != '.' && sign != ':') return nothing;
  rest.remove_prefix(1);
  if (trim(rest).empty()) return {Item::Kind::candidate, index};
  const auto named = by_name_.find(normalise_name(rest));
  if (named == by_name_.end()) return nothing;
  const bool same = named->second.index == index || named->second.shared;
  return {same ? Item::Kind::candidate : Item::Kind::unclear, index};
}

Item Candidates::item(std::string_view text) const {
  text = trim_item(text.substr(0, kLongestItem));
  if (const Item whole = exact(text); whole.kind != Item::Kind::unknown) return whole;
  std::vector<std::size_t> cuts;
  for (std::size_t at = 1; at < text.size() && cuts.size() < kMostCuts; ++at)
    if (is_cut(text, at)) cuts.push_back(at);
  for (auto cut = cuts.rbegin(); cut != cuts.rend(); ++cut) {
    const Item named = exact(text.substr(0, *cut));
    if (named.kind == Item::Kind::unknown) continue;
    const bool comma = text[*cut] == ',' || text[*cut] == ';';
    const bool two = comma && mentioned_in(text.substr(*cut));  // "1. France, Spain"
    return two ? Item{Item::Kind::unclear, 0} : named;
  }
  if (mentioned_in(text)) return {Item::Kind::unclear, 0};
  const bool prose = count_words(text) > kMostWords;
  return {prose ? Item::Kind::prose : Item::Kind::unknown, 0};
}

bool Candidates::mentioned_in(std::string_view text) const {
  return !finder_.find(normalise_name(text)).empty();
}

Listing inline_list(const Candidates& candidates, const Source& source, Span span) {
  const Item whole = candidates.exact(source.view(span));
  if (whole.kind == Item::Kind::unknown) return InlineReader(candidates, source, span).read();
  Listing listing;
  listing.add(whole, span);
  return listing;
}

bool is_sentence(std::string_view text) {
  if (trim(text).ends_with(':')) return true;
  const std::string lower = lower_copy(text);
  const auto words = words_of(lower);
  return std::any_of(words.begin(), words.end(), [](std::string_view word) {
    return is_one_of(word,
                     {"is",    "are",     "was",   "were",  "it",    "its",   "this",   "that",
                      "has",   "have",    "shows", "shown", "seems", "could", "would",  "can",
                      "i",     "we",      "so",    "might", "may",   "must",  "should", "they",
                      "there", "because", "which", "other", "rest",  "not",   "no"});
  });
}

bool is_other_order(std::string_view lower) {
  constexpr auto kNone = std::string_view::npos;
  for (const std::string_view words :
       {"particular order", "ascending", "increasing", "reverse", "unordered", "unranked",
        "alphabetical", "not ranked", "not in order", "worst to best", "unlikeliest first"})
    if (lower.find(words) != kNone) return true;
  const std::size_t least = std::min(lower.find("least"), lower.find("lowest"));
  if (least == kNone) return false;
  for (const std::string_view word : {"most", "likeliest", "highest", "best"})
    if (lower.find(word) < least) return false;
  return true;
}

std::optional<Span> name_at_end(const Candidates& candidates, const Source& source, Span span) {
  constexpr std::size_t kMostWordsBack = 8;
  std::optional<Span> longest;
  std::size_t words = 0;
  for (std::size_t at = span.end; at-- > span.begin && words < kMostWordsBack;) {
    const bool begins = at == span.begin || is_space(source.text[at - 1]);
    if (!begins || is_space(source.text[at])) continue;
    ++words;
    if (candidates.exact(source.view({at, span.end})).kind == Item::Kind::candidate)
      longest = Span{at, span.end};
  }
  return longest;
}

ItemNumber item_number(const Source& source, std::size_t at, std::size_t end) {
  const auto text = std::string_view(source.lower).substr(0, end);
  at = skip_marks(text, at, end);
  if (const auto word = word_at(text, at); is_one_of(word, {"rank", "place", "no", "number"})) {
    at = skip_marks(text, at + word.size(), end);
    if (char_at(text, at) == '.') at = skip_marks(text, at + 1, end);
  }
  const std::size_t first = at;
  int value = 0;
  while (at < end && at < first + 3 && is_digit(text[at])) value = 10 * value + (text[at++] - '0');
  if (at == first || is_digit(char_at(text, at))) return {};
  if (is_one_of(word_at(text, at), {"st", "nd", "rd", "th"})) at += 2;
  const std::size_t sign = skip_marks(text, at, end);
  const char c = char_at(text, sign);
  const char next = char_at(text, sign + 1);
  if ((c == '.' || c == ')' || c == ':' || c == ']') && !is_digit(next)) return {value, sign + 1};
  if (c == '-' && sign > at && is_space(next)) return {value, sign + 1};
  if (first > 0 && char_before(text, first) == '#' && sign > at) return {value, sign};
  return {};
}

}  // namespace stareval::extract
