// (head, relation, tail), [head, relation, tail], <head, relation, tail>; tables; labelled parts.
#include <algorithm>
#include <array>

#include "libstareval/base/text.h"
#include "libstareval/extract/notation_internal.h"

namespace stareval::extract {
namespace {

// Insides of brackets of one kind that close within the window, in the order of their begin.
void add_groups(std::string_view text, char open, char close, std::vector<Span>& groups) {
  std::vector<std::size_t> stack;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == open) stack.push_back(at);
    if (text[at] != close || stack.empty()) continue;
    if (at - stack.back() <= kTripleWindow) groups.push_back({stack.back() + 1, at});
    stack.pop_back();
  }
}

bool has_two_separators(std::string_view inside) {
  return std::count_if(inside.begin(), inside.end(),
                       [](char c) { return c == ',' || c == ';' || c == '|'; }) >= 2;
}

// ---- tables

std::vector<Span> cells_of(std::string_view text, Span line) {
  std::vector<Span> cells;
  for (std::size_t begin = line.begin; begin <= line.end;) {
    const std::size_t end = std::min(text.find('|', begin), line.end);
    const Span cell = strip_marks(text, {begin, end});
    if (cell.end > cell.begin) cells.push_back({begin, end});
    begin = end + 1;
  }
  return cells;
}

bool is_heading(std::string_view cell) {
  const std::string name = normalise_name(cell);
  return is_one_of(name, {"head", "subject", "head entity", "source", "entity", "entity 1"}) ||
         cell.find_first_not_of("-: \t") == cell.npos;
}

// ---- labels

struct Labels {
  std::string_view head, relation, tail;
};

constexpr std::array<Labels, 2> kLabels{
    {{"head", "relation", "tail"}, {"subject", "predicate", "object"}}};

struct Label {
  std::size_t begin = std::string_view::npos;  // of the word
  std::size_t end = 0;                         // past the colon
};

// The label with its colon, or npos: "Head:", "**head**:", "head entity:".
Label find_label(std::string_view lower, std::string_view name, std::size_t from, std::size_t end) {
  for (std::size_t at = lower.substr(0, end).find(name, from); at != lower.npos;
       at = lower.substr(0, end).find(name, at + 1)) {
    if (is_word(char_before(lower, at)) && char_before(lower, at) != '_') continue;
    std::size_t next = skip_marks(lower, at + name.size(), end);
    if (word_at(lower, next) == "entity") next = skip_marks(lower, next + 6, end);
    if (char_at(lower, next) == ':' || char_at(lower, next) == '=') return {at, next + 1};
  }
  return {};
}

// A value between two labels: to the end of its line, without the comma that parts it.
Span value_of(std::string_view text, std::size_t begin, std::size_t end) {
  Span value = strip_marks(text, {begin, end});
  const std::size_t feed = text.substr(value.begin, value.end - value.begin).find('\n');
  if (feed != text.npos) value.end = value.begin + feed;
  while (value.end > value.begin &&
         std::string_view(",;- \t*\"'").find(text[value.end - 1]) != std::string_view::npos)
    --value.end;
  return value;
}

void add_labelled(std::string_view text, std::string_view lower, const Labels& labels,
                  const Vocabulary& names, std::vector<NotedTriple>& found) {
  Label head = find_label(lower, labels.head, 0, lower.size());
  while (head.begin != lower.npos) {
    const Label next = find_label(lower, labels.head, head.end, lower.size());
    const std::size_t limit = std::min({head.end + kTripleWindow, next.begin, text.size()});
    const Label relation = find_label(lower, labels.relation, head.end, limit);
    const Label tail = relation.begin == lower.npos
                           ? Label{}
                           : find_label(lower, labels.tail, relation.end, limit);
    if (tail.begin != lower.npos) {
      const std::vector<Span> pieces{value_of(text, head.end, relation.begin),
                                     value_of(text, relation.end, tail.begin),
                                     value_of(text, tail.end, limit)};
      if (auto noted = triple_of_pieces(text, pieces, names)) {
        noted->span.begin = head.begin;
        found.push_back(std::move(*noted));
      }
    }
    head = next;
  }
}

}  // namespace

std::vector<NotedTriple> in_brackets(std::string_view text, const Vocabulary& names) {
  std::vector<Span> groups;
  add_groups(text, '(', ')', groups);
  add_groups(text, '[', ']', groups);
  add_groups(text, '<', '>', groups);
  std::sort(groups.begin(), groups.end(),
            [](Span a, Span b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; });
  std::vector<NotedTriple> found;
  std::size_t done = 0;
  for (const Span group : groups) {
    if (group.begin < done) continue;  // within a triple
    if (!has_two_separators(text.substr(group.begin, group.end - group.begin))) continue;
    auto noted = triple_of_pieces(text, pieces_of(text, group), names);
    if (!noted) continue;
    noted->span = {group.begin - 1, group.end + 1};
    done = noted->span.end;
    found.push_back(std::move(*noted));
  }
  return found;
}

std::vector<NotedTriple> in_tables(std::string_view text, const Vocabulary& names) {
  std::vector<NotedTriple> found;
  for (const Span line : lines(text, {0, text.size()})) {
    const auto view = text.substr(line.begin, line.end - line.begin);
    if (view.size() > kTripleWindow || std::count(view.begin(), view.end(), '|') < 2) continue;
    auto cells = cells_of(text, line);
    const auto cell = [&](std::size_t i) {
      return trim(text.substr(cells[i].begin, cells[i].end - cells[i].begin));
    };
    if (cells.size() == 4 && cell(0).find_first_not_of("0123456789.)#") == view.npos)
      cells.erase(cells.begin());
    if (cells.size() != 3 || is_heading(cell(0))) continue;
    if (auto noted = triple_of_pieces(text, cells, names)) {
      noted->span = line;
      found.push_back(std::move(*noted));
    }
  }
  return found;
}

std::vector<NotedTriple> with_labels(std::string_view text, const Vocabulary& names) {
  const std::string lower = lower_copy(text);
  std::vector<NotedTriple> found;
  for (const Labels& labels : kLabels) add_labelled(text, lower, labels, names, found);
  return found;
}

}  // namespace stareval::extract
