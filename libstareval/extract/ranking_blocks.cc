#include <algorithm>

#include "libstareval/base/text.h"
#include "libstareval/extract/ranking_blocks_internal.h"
#include "libstareval/extract/ranking_order_internal.h"

namespace stareval::extract {
namespace {

constexpr std::size_t kLongestIntro = 300;  // bytes before a list that are looked at

bool holds_any(std::string_view lower, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return lower.find(word) != std::string_view::npos;
  });
}

Intro intro_of(std::string_view lower) {
  if (lower.size() > kLongestIntro) lower.remove_prefix(lower.size() - kLongestIntro);
  const bool denied = holds_any(lower, {"rule out", "ruled out", "ruling out", "eliminat", "exclud",
                                        "wrong", "incorrect", "unlikely", "impossible"}) ||
                      has_negation(lower);
  if (denied) return Intro::denied;
  const bool ranked = holds_any(lower, {"rank", "order", "likel", "probab"});
  if (lower.find("final") != lower.npos) return Intro::final;
  if (ranked) return Intro::ranked;
  if (holds_any(lower, {"candidate", "option", "choice", "possib", "considered", "given"}))
    return Intro::listing;
  return holds_any(lower, {"answer", "guess", "prediction", "list"}) ? Intro::ranked : Intro::none;
}

std::size_t bullet_end(std::string_view text, std::size_t at, std::size_t end) {
  constexpr std::string_view kDot = "\xE2\x80\xA2";   // •
  constexpr std::string_view kDash = "\xE2\x80\x93";  // –
  const char c = char_at(text, at);
  std::size_t length = c == '-' || c == '*' || c == '+' ? 1 : 0;
  if (text.substr(at).starts_with(kDot) || text.substr(at).starts_with(kDash)) length = 3;
  const bool spaced = at + length < end && is_space(text[at + length]);
  return length > 0 && spaced ? at + length : 0;
}

// "| 1 | France |": number and name; any other row of a table is its ruler or its header.
Row table_row(const Source& source, Row row, std::size_t at) {
  const auto text = std::string_view(source.text).substr(0, row.line.end);
  const std::size_t second = text.find('|', at + 1);
  row.kind = Row::Kind::ruler;
  if (second == text.npos) return row;
  const auto number = trim(source.view({at + 1, second}));
  if (number.empty() || number.size() > 3 || !std::all_of(number.begin(), number.end(), is_digit))
    return row;
  row.kind = Row::Kind::numbered;
  for (const char c : number) row.number = 10 * row.number + (c - '0');
  row.item = {second + 1, std::min(text.find('|', second + 1), row.line.end)};
  return row;
}

// "1. Spain 2. Italy": a list in one line, which is read as such.
bool holds_number(const Source& source, Span span, int value) {
  for (std::size_t at = span.begin + 1; at < span.end; ++at) {
    if (!is_space(source.text[at - 1]) || !is_digit(source.text[at])) continue;
    const auto number = item_number(source, at, span.end);
    if (number.end > 0 && number.value == value) return true;
  }
  return false;
}

Row row_of(const Candidates& candidates, const Source& source, Span line) {
  Row row;
  row.line = line;
  row.item = line;
  std::size_t at = line.begin;
  while (at < line.end && is_space(source.text[at])) ++at;
  row.indent = at - line.begin;
  if (char_at(source.text, at) == '|') return table_row(source, row, at);
  if (const std::size_t end = bullet_end(source.text, at, line.end); end > 0) {
    row.kind = Row::Kind::bullet;
    row.item.begin = end;
    at = end;
  }
  if (candidates.exact(source.view(row.item)).kind != Item::Kind::unknown) return row;
  const auto number = item_number(source, at, line.end);
  if (number.end > 0 && !holds_number(source, {number.end, line.end}, number.value + 1)) {
    row.kind = Row::Kind::numbered;
    row.number = number.value;
    row.item.begin = std::min(number.end, line.end);
  }
  return row;
}

class BlockFinder {
 public:
  BlockFinder(const Candidates& candidates, const Source& source, const std::vector<Row>& rows)
      : candidates_(candidates), source_(source), rows_(rows) {}

  std::vector<Block> find() {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const Row& row = rows_[i];
      if (row.kind == Row::Kind::numbered) number(i);
      else if (row.kind == Row::Kind::bullet) bullet(i);
      else if (row.kind == Row::Kind::plain && !blocks_.empty() && !blocks_.back().numbered)
        open_ = false;
    }
    for (Block& block : blocks_) finish(block);
    return std::move(blocks_);
  }

 private:
  void number(std::size_t i) {
    const Row& row = rows_[i];
    const bool goes_on = open_ && blocks_.back().numbered && row.indent <= indent_ + 1 &&
                         (row.number == number_ + 1 || (row.number == number_ && adjacent(i)));
    const bool nested = open_ && blocks_.back().numbered && row.indent > indent_ + 1;
    if (nested) return;
    if (!goes_on) open(i, true);
    if (goes_on) (row.number == number_ ? repeats_ : counts_) = true;
    if (repeats_ && counts_) blocks_.back().listing.unclear = true;  // "1. 1. 2.": a tie
    number_ = row.number;
    add(i);
  }

  void bullet(std::size_t i) {
    const Row& row = rows_[i];
    const bool reason = open_ && blocks_.back().numbered && row.indent > indent_;
    if (reason) return;
    const bool goes_on = open_ && !blocks_.back().numbered;
    if (goes_on && row.indent > indent_ + 1) return;
    if (!goes_on) open(i, false);
    add(i);
  }

  // "1." on each line is a list too, but not where text stands between.
  [[nodiscard]] bool adjacent(std::size_t i) const { return blocks_.back().last + 1 == i; }

  void open(std::size_t i, bool numbered) {
    Block block;
    block.first = i;
    block.numbered = numbered;
    const bool from_the_top = !numbered || rows_[i].number <= 1;
    block.listing.unclear = !from_the_top;
    blocks_.push_back(std::move(block));
    indent_ = rows_[i].indent;
    open_ = true;
    repeats_ = counts_ = false;
  }

  void add(std::size_t i) {
    Block& block = blocks_.back();
    block.last = i;
    block.listing.add(candidates_.item(source_.view(rows_[i].item)), rows_[i].item);
  }

  void finish(Block& block) {
    if (block.listing.order.empty() && !mentions(block)) block.listing.unclear = false;
    if (block.first == 0) return;
    const Row& before = rows_[block.first - 1];
    if (before.kind != Row::Kind::plain && before.kind != Row::Kind::ruler) return;
    const auto text = trim(source_.lower_view(before.line));
    block.intro = intro_of(text);
    if (is_other_order(text) && !block.listing.order.empty()) block.listing.unclear = true;
  }

  [[nodiscard]] bool mentions(const Block& block) const {
    return candidates_.mentioned_in(
        source_.view({rows_[block.first].line.begin, rows_[block.last].line.end}));
  }

  const Candidates& candidates_;
  const Source& source_;
  const std::vector<Row>& rows_;
  std::vector<Block> blocks_;
  bool open_ = false;
  bool repeats_ = false, counts_ = false;  // how the numbers of the open block run
  std::size_t indent_ = 0;
  int number_ = 0;
};

}  // namespace

std::vector<Row> rows_of(const Candidates& candidates, const Source& source, Span span) {
  std::vector<Row> rows;
  for (const Span line : lines(source.text, span)) {
    const auto text = trim(source.view(line));
    if (text.empty() || text.starts_with("```")) continue;
    rows.push_back(row_of(candidates, source, line));
  }
  return rows;
}

std::vector<Block> blocks_of(const Candidates& candidates, const Source& source,
                             const std::vector<Row>& rows) {
  return BlockFinder(candidates, source, rows).find();
}

Listing plain_lines(const Candidates& candidates, const Source& source,
                    const std::vector<Row>& rows, bool all) {
  Listing listing;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool apart = i > 0 && rows[i].line.begin > rows[i - 1].line.end + 1;
    Item item = candidates.item(source.view(rows[i].item));
    if (item.kind == Item::Kind::unknown && is_sentence(source.view(rows[i].item)))
      item.kind = Item::Kind::prose;
    const bool named = item.kind == Item::Kind::candidate || item.kind == Item::Kind::unknown;
    if (!all && (apart || !named || rows[i].kind != Row::Kind::plain)) break;
    listing.add(item, rows[i].item);
  }
  return listing;
}

std::optional<FoundList> announced_list(const Candidates& candidates, const Source& source,
                                        const Row& row) {
  const auto text = std::string_view(source.text).substr(0, row.line.end);
  const std::size_t colon = text.find(':', row.line.begin);
  if (colon != text.npos) {
    const Intro intro = intro_of(source.lower_view({row.line.begin, colon}));
    Listing listing = inline_list(candidates, source, {colon + 1, row.line.end});
    if (is_other_order(source.lower_view({row.line.begin, colon}))) listing.unclear = true;
    if (intro != Intro::none && !listing.order.empty()) return FoundList{listing, intro, false};
  }
  const std::size_t sign = text.find('>', row.line.begin);
  if (sign == text.npos) return std::nullopt;
  const auto first = name_at_end(candidates, source, {row.line.begin, sign});
  if (!first) return std::nullopt;
  const bool tied = is_tied_before(candidates, source, {row.line.begin, first->begin});
  Listing listing = inline_list(candidates, source, {first->begin, row.line.end});
  if (listing.order.size() < 2) return std::nullopt;
  if (tied) listing.unclear = true;
  return FoundList{listing, intro_of(source.lower_view({row.line.begin, first->begin})), true};
}

}  // namespace stareval::extract
