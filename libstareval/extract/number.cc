#include "libstareval/extract/number.h"

#include <algorithm>

#include "libstareval/extract/cascade_internal.h"
#include "libstareval/extract/mentions_internal.h"
#include "libstareval/extract/refusal.h"

namespace stareval {
namespace extract {
namespace {

using Kind = Number::Kind;

// "about 7", "exactly 7", "a total of 7", "there are 7": words that may stand before the number.
bool is_filler(std::string_view word) {
  return is_one_of(word,
                   {"about", "approximately", "around",   "roughly", "exactly", "precisely",
                    "only",  "just",          "probably", "likely",  "simply",  "therefore",
                    "a",     "total",         "of",       "the",     "number",  "there",
                    "are",   "equal",         "to",       "that",    "clearly", "definitely"});
}

// Past marks, fillers, "~" and "≈".
std::size_t skip_fillers(std::string_view lower, std::size_t at, std::size_t end) {
  constexpr std::string_view kNearly = "\xE2\x89\x88";
  while (at < end) {
    const std::size_t next = skip_marks(lower, at, end);
    const auto word = word_at(lower, next);
    if (is_filler(word)) at = next + word.size();
    else if (char_at(lower, next) == '~' || char_at(lower, next) == ':') at = next + 1;
    else if (lower.substr(next, 3) == kNearly) at = next + 3;
    else return next;
  }
  return end;
}

// "7; or is it 8?", "6, no, 7": another number, and a word that puts it in the place of the first.
bool is_taken_back(std::string_view lower, const Number& number, std::size_t end) {
  const auto words = words_of(lower.substr(number.span.end, end - number.span.end));
  const bool hedged = std::any_of(words.begin(), words.end(), [](std::string_view word) {
    return is_one_of(word, {"or", "maybe", "perhaps", "possibly", "no"});
  });
  if (!hedged) return false;
  const auto others = numbers(lower, {number.span.end, end});
  return std::any_of(others.begin(), others.end(), [&](const Number& other) {
    return other.kind != Kind::doubtful && other.value != number.value;
  });
}

class CountReader {
 public:
  using Value = std::int64_t;
  static constexpr Denial kDenial = Denial::around;

  explicit CountReader(Counted counted) : counted_(counted) {}

  [[nodiscard]] Reading<Value> whole(const Source& source, Span span) const {
    const Number number = leading(source, span);
    if (number.span.end == 0 || number.kind == Kind::other) return {};
    if (is_part_of_more(source.lower, number.span.end, span.end)) return {};
    const std::size_t units =
        skip_units(source.lower, skip_gloss(source.lower, number, span.end), span.end);
    const auto rest = source.lower_view({units, span.end});
    if (number.kind == Kind::doubtful && units != number.span.end) return {};
    const bool signs_only = std::none_of(rest.begin(), rest.end(), [](char c) {
      return is_word(c) || c == '+' || c == '%' || c == '?';
    });
    const bool fits = signs_only && is_asked_for(source.lower, number, span.end);
    return fits ? Reading<Value>::found(number.value, number.span) : Reading<Value>{};
  }

  [[nodiscard]] Reading<Value> head(const Source& source, Span span) const {
    const Number number = leading(source, span);
    if (number.span.end == 0 || number.kind == Kind::other) return {};
    const std::size_t next = skip_marks(source.lower, number.span.end, span.end);
    if (number.kind == Kind::doubtful && next < span.end && is_word(source.lower[next])) return {};
    const std::size_t units_end = skip_units(source.lower, number.span.end, span.end);
    if (is_part_of_more(source.lower, number.span.end, span.end) ||
        is_part_of_more(source.lower, units_end, span.end) ||
        !is_asked_for(source.lower, number, span.end)) {
      const auto inside = single(source, span);  // "7 entities and 9 relations", "3 + 4 = 7"
      return inside.status == ReadStatus::found ? inside : Reading<Value>::ambiguous(number.span);
    }
    if (is_taken_back(source.lower, number, span.end))
      return Reading<Value>::ambiguous(number.span);
    return Reading<Value>::found(number.value, number.span);
  }

  [[nodiscard]] Reading<Value> single(const Source& source, Span span) const {
    const auto all = mentions(source.lower, span, counted_);
    auto decided = decide(all);
    const bool refused = decided.status != ReadStatus::none && is_refusal(source.view(span));
    return refused ? Reading<Value>{} : decided;
  }

 private:
  [[nodiscard]] Number leading(const Source& source, Span span) const {
    const std::size_t at = skip_fillers(source.lower, span.begin, span.end);
    const bool name = counted_ == Counted::images && char_before(source.lower, at) == '#';
    if (name) return {};  // "#5", which of the images
    return number_at(source.lower, at, span.end);
  }

  // Past the second of "7 (seven)".
  static std::size_t skip_gloss(std::string_view lower, const Number& number, std::size_t end) {
    const std::size_t open = skip_marks(lower, number.span.end, end);
    if (open >= end || lower[open] != '(') return number.span.end;
    const Number again = number_at(lower, open + 1, end);
    const bool same = again.kind != Kind::other && again.value == number.value;
    return same && char_at(lower, again.span.end) == ')' ? again.span.end + 1 : number.span.end;
  }

  // "7 different entities in total"
  static std::size_t skip_units(std::string_view lower, std::size_t at, std::size_t end) {
    const auto noun = counted_noun(lower, at, end);
    at = noun.end;
    for (;;) {
      const std::size_t next = skip_marks(lower, at, end);
      const auto word = word_at(lower, next);
      if (next >= end || !is_one_of(word, {"in", "total", "altogether", "overall"})) return at;
      at = std::min(next + word.size(), end);
    }
  }

  [[nodiscard]] bool is_asked_for(std::string_view lower, const Number& number,
                                  std::size_t end) const {
    return may_be(counted_noun(lower, number.span.end, end).noun, counted_);
  }

  // The mentions that count the whole must agree, and no other may speak against them.
  [[nodiscard]] static Reading<Value> decide(const std::vector<Mention>& all) {
    const auto any = [&](auto test) { return std::any_of(all.begin(), all.end(), test); };
    const auto has = [&](Role role) {
      return any([&](const Mention& m) { return m.role == role; });
    };
    for (const Mention& mention : all)
      if (mention.role == Role::unclear) return Reading<Value>::ambiguous(mention.span);
    const Role best = has(Role::total) ? Role::total : Role::whole;
    const auto final =
        std::find_if(all.begin(), all.end(), [&](const Mention& m) { return m.role == best; });
    if (final == all.end()) {
      const auto doubtful = std::find_if(all.begin(), all.end(), [](const Mention& m) {
        return m.role == Role::part || m.role == Role::other || m.role == Role::extra;
      });
      return doubtful == all.end() ? Reading<Value>{} : Reading<Value>::ambiguous(doubtful->span);
    }
    std::int64_t listed = 0;  // "France (1), Spain (2), ..."
    for (const Mention& mention : all) {
      if (mention.role == Role::loose && mention.value == listed + 1) ++listed;
      else if (speaks_against(mention, *final)) return Reading<Value>::ambiguous(mention.span);
    }
    return Reading<Value>::found(final->value, final->span);
  }

  [[nodiscard]] static bool speaks_against(const Mention& mention, const Mention& final) {
    if (mention.role == Role::foreign) return false;
    if (mention.role == Role::other)  // "4 nodes and 3 labels, 7 in total"
      return final.role == Role::total && final.noun == Counted::anything;
    const bool counts = mention.role == Role::whole || mention.role == Role::total;
    if (counts && !may_be(mention.noun, final.noun)) return true;
    if (mention.role == final.role) return mention.value != final.value;
    if (mention.value == final.value && mention.role != Role::extra) return false;
    if (mention.value > final.value) return true;
    if (mention.role != Role::loose && mention.role != Role::extra) return false;  // a part of it
    return final.role != Role::total || mention.span.begin > final.span.begin;
  }

  Counted counted_;
};

}  // namespace
}  // namespace extract

Extraction<std::int64_t> extract_count(std::string_view reply, Counted counted) {
  return extract::run_cascade(extract::CountReader(counted), reply);
}

}  // namespace stareval
