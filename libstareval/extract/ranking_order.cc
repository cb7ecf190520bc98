#include <algorithm>
#include <array>
#include <optional>

#include "libstareval/base/text.h"
#include "libstareval/extract/ranking_order_internal.h"

namespace stareval::extract {
namespace {

constexpr auto kNowhere = std::string_view::npos;
constexpr std::size_t kLongestPlace = 300;  // bytes of an item and its remark that are looked at

bool holds_any(std::string_view lower, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return lower.find(word) != kNowhere; });
}

// "from least likely to most likely": the low end, "to", the high end.
bool runs_up(std::string_view lower) {
  constexpr std::size_t kReach = 60;
  for (const std::string_view low : {"least", "lowest", "unlikely", "unlikeliest", "worst"})
    for (std::size_t at = lower.find(low); at != kNowhere; at = lower.find(low, at + 1)) {
      const auto near = lower.substr(at, kReach);
      const std::size_t to = near.find(" to ");
      if (to == kNowhere) continue;
      if (holds_any(near.substr(to), {"most", "highest", "likel", "best", "probable"})) return true;
    }
  return false;
}

// A share: "30%", "0.3", ".3". `end` is behind it; 0 where there is none.
struct Share {
  double value = 0;
  std::size_t end = 0;
};

Share share_at(std::string_view text, std::size_t at) {
  if (is_word(char_before(text, at)) || char_before(text, at) == '.') return {};
  double value = 0;
  double unit = 1;
  bool point = false;
  const std::size_t first = at;
  for (; at < text.size() && at < first + 12; ++at) {
    if (text[at] == '.' && !point && is_digit(char_at(text, at + 1))) point = true;
    else if (!is_digit(text[at])) break;
    else if (point) value += (text[at] - '0') * (unit /= 10);
    else value = 10 * value + (text[at] - '0');
  }
  if (at == first || is_digit(char_at(text, at))) return {};
  std::size_t sign = at;
  if (char_at(text, sign) == ' ') ++sign;
  if (char_at(text, sign) == '\\') ++sign;
  if (char_at(text, sign) == '%') return {value / 100, sign + 1};
  if (point && value <= 1 && !is_word(char_at(text, at))) return {value, at};
  return {};
}

bool is_share_word(std::string_view word) {
  return is_one_of(word, {"p", "prob", "probability", "likelihood", "confidence", "score", "chance",
                          "about", "approximately", "approx", "roughly", "with", "at", "is", "of",
                          "a", "my", "around", "likely"});
}

// Cut the signs and words that lead from a name to its share off the end.
std::string_view without_lead(std::string_view text) {
  constexpr CharSet kSigns(" \t*_`\"'()[]:=-~|,;.");
  constexpr std::array<std::string_view, 4> kWide{"\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x89\x88",
                                                  "\xE2\x86\x92"};
  for (;;) {
    const std::size_t size = text.size();
    while (!text.empty() && kSigns.has(text.back())) text.remove_suffix(1);
    for (const std::string_view wide : kWide)
      if (text.ends_with(wide)) text.remove_suffix(wide.size());
    std::size_t begin = text.size();
    while (begin > 0 && is_letter(text[begin - 1])) --begin;
    const bool gap = begin > 0 && begin < text.size() && kSigns.has(text[begin - 1]);
    if (gap && is_share_word(lower_copy(text.substr(begin)))) text = text.substr(0, begin);
    if (text.size() == size) return text;
  }
}

// The share behind the name with which a text begins.
std::optional<double> share_of(const Candidates& candidates, std::string_view text) {
  constexpr int kMostNumbers = 4;  // a name may hold some
  int numbers = 0;
  for (std::size_t at = 1; at < text.size() && numbers < kMostNumbers; ++at) {
    if (!is_digit(text[at]) && text[at] != '.') continue;
    const Share share = share_at(text, at);
    if (share.end == 0) continue;
    ++numbers;
    if (candidates.exact(without_lead(text.substr(0, at))).kind == Item::Kind::candidate)
      return share.value;
    at = share.end;
  }
  return std::nullopt;
}

// What a remark says of the place of its item.
struct Remark {
  bool tie = false, least = false, most = false;
};

bool is_ranked_next(std::string_view lower, std::size_t at) {
  return is_one_of(word_before(lower, at),
                   {"second", "third", "fourth", "fifth", "next", "nd", "rd", "th", "not", "then"});
}

Remark remark_of(std::string_view lower) {
  Remark remark;
  for (std::size_t at = 0; at < lower.size();) {
    const auto word = word_at(lower, at);
    const std::size_t end = at + std::max<std::size_t>(word.size(), 1);
    const auto next = word_at(lower, end + 1);
    const bool likely = is_one_of(next, {"likely", "probable", "plausible"});
    if (is_one_of(word, {"tie", "tied", "ties"}) && next != "to") remark.tie = true;
    if (is_one_of(word, {"equally", "equal", "jointly", "joint"}) &&
        (likely || next == "first" || char_at(lower, end) == ')'))
      remark.tie = true;
    const std::size_t behind = end + 1 + next.size();
    const bool closes = behind >= lower.size() || !is_space(lower[behind]) ||
                        !is_letter(char_at(lower, behind + 1));
    if (likely && closes && word == "least" && !is_ranked_next(lower, at)) remark.least = true;
    if (likely && closes && word == "most" && !is_ranked_next(lower, at)) remark.most = true;
    at = end;
  }
  return remark;
}

// Strip signs of a tie from the end; whether there were any.
bool cut_tie(std::string_view& lower) {
  constexpr std::array<std::string_view, 7> kWide{"\xE2\x89\x88", "\xE2\x89\x83", "\xE2\x89\x85",
                                                  "\xE2\x88\xBC", "\xE2\x89\xA5", "\xE2\xA9\xBE",
                                                  "\xE2\x89\xA1"};
  lower = trim(lower);
  const std::size_t size = lower.size();
  constexpr CharSet kSigns("=~/&+|");
  while (!lower.empty() && kSigns.has(lower.back())) lower.remove_suffix(1);
  for (const std::string_view wide : kWide)
    if (lower.ends_with(wide)) lower.remove_suffix(wide.size());
  return lower.size() != size;
}

}  // namespace

bool states_other_order(std::string_view lower) {
  if (holds_any(lower,
                {"particular order", "alphabetical order", "reverse order", "unordered", "unranked",
                 "not ranked", "not in order", "least likely first", "least probable first",
                 "unlikeliest first", "most likely last", "likeliest last", "ascending"}))
    return true;
  const bool rising = holds_any(lower, {"increasing", "rising", "growing"});
  return (rising && holds_any(lower, {"likel", "probab", "order", "confiden", "plausib"})) ||
         runs_up(lower);
}

bool contradicts_itself(const Candidates& candidates, const Source& source,
                        const Listing& listing) {
  if (listing.places.size() < 2) return false;
  std::optional<double> before;
  for (std::size_t i = 0; i < listing.places.size(); ++i) {
    const Span place = listing.places[i];
    const std::size_t most = std::min(source.text.size(), place.begin + kLongestPlace);
    const std::size_t line = std::min(source.text.find('\n', place.begin), most);
    const auto share =
        share_of(candidates, source.view({place.begin, std::max(line, place.begin)}));
    if (share && before && (*share > *before || (i == 1 && *share == *before))) return true;
    if (share) before = share;
    const Span near{place.begin, std::min(place.end, most)};
    if (candidates.exact(source.view(near)).kind == Item::Kind::candidate) continue;
    const Remark remark = remark_of(source.lower_view(near));
    const bool last = i + 1 == listing.places.size();
    if (remark.tie || (remark.least && !last) || (remark.most && i > 0)) return true;
  }
  return false;
}

bool is_tied_before(const Candidates& candidates, const Source& source, Span before) {
  auto lower = source.lower_view(before);
  if (cut_tie(lower)) {
    const auto words = words_of(lower);
    return words.empty() || !is_one_of(words.back(), {"ranking", "rank", "order", "list", "result",
                                                      "answer", "likelihood", "probability"});
  }
  const auto word = word_before(lower, lower.size());
  if (!is_one_of(word, {"and", "or", "equals", "with", "as"})) return false;
  const auto at = static_cast<std::size_t>(word.data() - lower.data());
  return candidates.mentioned_in(lower.substr(0, at));
}

std::string_view without_share(std::string_view text) {
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (!is_digit(text[at]) && text[at] != '.') continue;
    const Share share = share_at(text, at);
    if (share.end == 0) continue;
    const bool key = trim(text.substr(0, at)).ends_with("\":");  // of a JSON object
    if (!key && without_lead(text.substr(share.end)).empty())
      return without_lead(text.substr(0, at));
    at = share.end;
  }
  return text;
}

}  // namespace stareval::extract
