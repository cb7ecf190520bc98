#include "libstareval/extract/ranking.h"

#include <algorithm>
#include <optional>

#include "libstareval/extract/cascade_internal.h"
#include "libstareval/extract/ranking_blocks_internal.h"
#include "libstareval/extract/ranking_items_internal.h"
#include "libstareval/extract/ranking_order_internal.h"

namespace stareval {
namespace extract {
namespace {

struct Order {
  std::vector<std::size_t> order;
  std::size_t unknown = 0;

  // Two lists that differ only in what is no candidate say the same.
  friend bool operator==(const Order& a, const Order& b) { return a.order == b.order; }
};

using OrderReading = Reading<Order>;

OrderReading reading_of(const Candidates& candidates, const Source& source,
                        const Listing& listing) {
  if (listing.unclear) return OrderReading::ambiguous(listing.span);
  if (listing.order.empty()) return {};
  if (contradicts_itself(candidates, source, listing)) return OrderReading::ambiguous(listing.span);
  return OrderReading::found({listing.order, listing.unknown}, listing.span);
}

// Marks that strip_marks() cut from a region belong to it here: the "*" of a bullet, the braces of
// JSON. To the ends of its first and last line.
Span widen(const Source& source, Span span) {
  const std::string_view text = source.text;
  while (span.begin > 0 && text[span.begin - 1] != '\n' && mark_length(text, span.begin - 1) == 1)
    --span.begin;
  while (span.end < text.size() && text[span.end] != '\n' && mark_length(text, span.end) == 1)
    ++span.end;
  return span;
}

// "This list is wrong.": in the sentence below a list.
bool is_taken_back(const Source& source, std::size_t at) {
  constexpr std::size_t kReach = 200;
  const Span near{at, std::min(at + kReach, source.lower.size())};
  for (const Span sentence : sentences(source.lower, near)) {
    const auto words = words_of(source.lower_view(sentence));
    if (words.empty()) continue;
    const auto any = [&](std::initializer_list<std::string_view> list) {
      return std::any_of(words.begin(), words.end(),
                         [&](std::string_view word) { return is_one_of(word, list); });
    };
    return any({"list", "ranking", "order", "this", "above", "that"}) &&
           any({"wrong", "incorrect", "mistaken", "false"});
  }
  return false;
}

class RankingReader {
 public:
  using Value = Order;
  static constexpr Denial kDenial = Denial::around;

  explicit RankingReader(const Candidates& candidates) : candidates_(candidates) {}

  [[nodiscard]] OrderReading whole(const Source& source, Span span) const {
    const Span all = widen(source, span);
    for (const Span part : {all, span})
      if (const auto listing = whole_json(candidates_, source, part))
        return reading_of(candidates_, source, *listing);
    const auto rows = rows_of(candidates_, source, all);
    if (rows.empty()) return {};
    const auto blocks = blocks_of(candidates_, source, rows);
    if (blocks.size() == 1 && blocks[0].first == 0 && blocks[0].last + 1 == rows.size())
      return reading_of(candidates_, source, blocks[0].listing);
    if (!blocks.empty()) return {};
    if (rows.size() == 1) {
      if (announced_list(candidates_, source, rows[0])) return {};  // single() weighs it
      return reading_of(candidates_, source, inline_list(candidates_, source, rows[0].item));
    }
    const Listing plain = plain_lines(candidates_, source, rows, true);
    return plain.is_clear() ? reading_of(candidates_, source, plain) : OrderReading{};
  }

  // In the line of the announcement, or in the lines below it, up to the next "answer".
  [[nodiscard]] OrderReading head(const Source& source, Span span) const {
    const std::size_t next = std::min(source.lower.find("answer", span.begin), source.text.size());
    const Span all{widen(source, span).begin, std::max(next, span.begin)};
    if (const auto listing = leading_json(candidates_, source, all))
      return reading_of(candidates_, source, *listing);
    const auto rows = rows_of(candidates_, source, all);
    if (rows.empty()) return {};
    const auto blocks = blocks_of(candidates_, source, rows);
    if (!blocks.empty() && blocks[0].first == 0)
      return reading_of(candidates_, source, blocks[0].listing);
    const Listing first = inline_list(candidates_, source, rows[0].item);
    if (first.order.size() != 1 || first.unclear || rows.size() == 1)
      return reading_of(candidates_, source, first);
    const Listing plain = plain_lines(candidates_, source, rows, false);
    return reading_of(candidates_, source, plain.order.size() > 1 ? plain : first);
  }

  // Lists within a longer text: numbered, announced, or chains. What only repeats the candidates is
  // passed over; bullets that nothing announces are unclear.
  [[nodiscard]] OrderReading single(const Source& source, Span span) const {
    auto found = json_lists(candidates_, source, span);
    const auto rows = rows_of(candidates_, source, span);
    for (const Block& block : blocks_of(candidates_, source, rows))
      found.push_back({block.listing, block.intro, block.numbered});
    for (FoundList& list : found)
      if (is_taken_back(source, list.listing.span.end)) list.listing.unclear = true;
    for (const Row& row : rows) {
      if (row.kind != Row::Kind::plain) continue;
      if (auto announced = announced_list(candidates_, source, row)) found.push_back(*announced);
    }
    return choose(source, found);
  }

 private:
  [[nodiscard]] OrderReading choose(const Source& source,
                                    const std::vector<FoundList>& found) const {
    for (const Intro wanted : {Intro::final, Intro::ranked}) {
      std::vector<OrderReading> readings;
      for (const FoundList& list : found)
        if (list.intro == wanted) readings.push_back(reading_of(candidates_, source, list.listing));
      if (auto merged = merge(readings); merged.status != ReadStatus::none) return merged;
    }
    std::vector<OrderReading> readings;
    for (const FoundList& list : found) {
      const auto reading = reading_of(candidates_, source, list.listing);
      const bool given = list.intro == Intro::none && list.ordered;
      if (list.intro == Intro::listing || reading.status == ReadStatus::none) continue;
      readings.push_back(given ? reading : OrderReading::ambiguous(list.listing.span));
    }
    return merge(readings);
  }

  const Candidates& candidates_;
};

// "Least likely first." above or below a list, in a line of its own.
bool runs_otherwise(const Source& source) {
  for (const Span line : lines(source.lower, source.all()))
    if (states_other_order(source.lower_view(line))) return true;
  return false;
}

// The key "answer" of JSON announces nothing: a list of objects has it once for each item. Blanked
// in the text that is searched for announcements; JSON is read from the text as it is.
void blank_answer_keys(std::string& lower) {
  constexpr std::string_view kKey = "\"answer\"";
  for (std::size_t at = lower.find(kKey); at != std::string::npos; at = lower.find(kKey, at + 1)) {
    std::size_t next = at + kKey.size();
    while (next < lower.size() && is_space(lower[next])) ++next;
    if (char_at(lower, next) == ':')
      std::fill_n(lower.begin() + static_cast<std::ptrdiff_t>(at), kKey.size(), ' ');
  }
}

}  // namespace
}  // namespace extract

Extraction<Ranking> extract_ranking(std::string_view reply, std::span<const std::string> candidates,
                                    bool lettered) {
  const extract::Candidates names(candidates, lettered);
  extract::Source source = extract::make_source(reply);
  std::string lower(source.lower);
  extract::blank_answer_keys(lower);
  source.lower = lower;
  const extract::RankingReader reader(names);
  auto read = extract::Cascade<extract::RankingReader>(reader, source).run();
  if (read.value.order.size() > 1 && extract::runs_otherwise(source))
    return {ReadStatus::ambiguous, {}, std::move(read.rule), read.span};
  return {read.status,
          {std::move(read.value.order), read.value.unknown},
          std::move(read.rule),
          read.span};
}

}  // namespace stareval
