#include "engine/graph/openke.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "libstareval/base/text.h"

namespace stareval::engine {
namespace {

constexpr std::string_view kBlanks = " \t";

// Dense numbers by the numbers of a file.
using Numbers = std::unordered_map<std::uint32_t, std::uint32_t>;

std::optional<std::uint32_t> find(const Numbers& numbers, std::uint32_t number) {
  const auto entry = numbers.find(number);
  if (entry == numbers.end()) return std::nullopt;
  return entry->second;
}

// Calls visit(place, line) for each line behind the count line, and compares the count.
template <class Visit>
void for_each_counted(const SourceText& file, GraphBuilder& builder, const Visit& visit) {
  std::optional<std::uint32_t> expected;
  std::uint32_t found = 0;
  bool first = true;
  for_each_line(file, [&](const Place& place, std::string_view line) {
    line = trim(line);
    if (line.empty()) return;
    if (std::exchange(first, false) && (expected = parse_number(line))) return;
    ++found;
    visit(place, line);
  });
  const std::string wanted = expected ? fmt::format("{} lines", *expected) : "a count";
  if (expected != found)
    builder.note(&LoadReport::wrong_counts, Place{file, 1}, wanted, fmt::format("{} lines", found));
}

struct Entry {
  std::string_view name;
  std::uint32_t number = 0;
};

// "name number"; the name may hold blanks.
std::optional<Entry> parse_entry(std::string_view line) {
  const auto at = line.find_last_of(kBlanks);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view name = trim(line.substr(0, at));
  const auto number = parse_number(line.substr(at + 1));
  if (name.empty() || !number) return std::nullopt;
  return Entry{name, *number};
}

// `add` gives the dense number of a name.
template <class Add>
Numbers read_list(const SourceText& file, GraphBuilder& builder, const Add& add) {
  Numbers numbers;
  for_each_counted(file, builder, [&](const Place& place, std::string_view line) {
    const auto entry = parse_entry(line);
    if (!entry) builder.note(&LoadReport::malformed_entries, place, "a name and a number", line);
    else if (numbers.contains(entry->number))
      builder.note(&LoadReport::duplicate_ids, place, "a number of its own", line);
    else numbers.emplace(entry->number, add(place, entry->name));
  });
  return numbers;
}

// Three numbers with blanks between.
std::optional<std::array<std::uint32_t, 3>> parse_triple(std::string_view line) {
  std::array<std::uint32_t, 3> numbers{};
  for (std::uint32_t& number : numbers) {
    line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
    const auto end = std::min(line.find_first_of(kBlanks), line.size());
    const auto parsed = parse_number(line.substr(0, end));
    if (!parsed) return std::nullopt;
    number = *parsed;
    line.remove_prefix(end);
  }
  if (!trim(line).empty()) return std::nullopt;
  return numbers;
}

void read_triples(const SourceText& file, const Numbers& entities, const Numbers& relations,
                  GraphBuilder& builder) {
  for_each_counted(file, builder, [&](const Place& place, std::string_view line) {
    const auto numbers = parse_triple(line);
    if (!numbers) {
      builder.drop_row(&LoadReport::malformed_rows, place, "head, tail and relation as numbers",
                       line);
      return;
    }
    const auto [head, tail, relation] = *numbers;
    const auto head_id = find(entities, head), tail_id = find(entities, tail);
    const auto relation_id = find(relations, relation);
    if (head_id && tail_id && relation_id) builder.add_triple({*head_id, *relation_id, *tail_id});
    else
      builder.drop_row(&LoadReport::unknown_ids, place,
                       "head, tail and relation that are listed, in this order", line);
  });
}

}  // namespace

void read_names(const SourceText& file, GraphBuilder& builder) {
  builder.expect_names();
  for_each_line(file, [&](const Place& place, std::string_view line) {
    if (trim(line).empty()) return;
    const auto tab = line.find('\t');
    if (tab == std::string_view::npos) {
      builder.note(&LoadReport::malformed_entries, place, "an id, a tab and a name", line);
      return;
    }
    if (const auto entity = builder.find_entity(trim(line.substr(0, tab))))
      builder.set_name(*entity, line.substr(tab + 1));
  });
}

void read_openke(const OpenKeTexts& texts, GraphBuilder& builder) {
  const auto note_known = [&](const Place& place, std::string_view name, bool fresh) {
    if (!fresh) builder.note(&LoadReport::duplicate_ids, place, "a name of its own", name);
  };
  const Numbers entities =
      read_list(texts.entities, builder, [&](const Place& place, std::string_view name) {
        note_known(place, name, !builder.find_entity(name));
        return builder.entity(name);
      });
  const Numbers relations =
      read_list(texts.relations, builder, [&](const Place& place, std::string_view name) {
        note_known(place, name, !builder.find_relation(name));
        return builder.relation(name);
      });
  for (const SourceText& file : texts.triples) read_triples(file, entities, relations, builder);
  if (texts.names) read_names(*texts.names, builder);
}

}  // namespace stareval::engine
