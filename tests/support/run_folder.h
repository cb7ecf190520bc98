// A run folder as a test reads it: the lines of its journal by sample, and its scores.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "libstareval/base/json.h"
#include "libstareval/run/journal.h"
#include "tests/support/temp_folder.h"

namespace stareval::testing {

// Each whole line of a text.
[[nodiscard]] inline std::vector<std::string_view> whole_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t end; (end = text.find('\n')) != std::string_view::npos;) {
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return lines;
}

// The attempts in the journal of a run, in their order, by sample. A torn last line is none. Reads
// the file by itself, so that a process which still writes it is not in the way.
[[nodiscard]] inline std::map<std::string, std::vector<JournalEntry>> journalled(
    const std::filesystem::path& run) {
  std::map<std::string, std::vector<JournalEntry>> entries;
  const std::string text = read_bytes(run / "replies.jsonl");
  for (const std::string_view line : whole_lines(text)) {
    auto entry = journal_entry_from_json(parse_json_object(line, "journal").value(), "journal");
    entries[entry->key.sample].push_back(*std::move(entry));
  }
  return entries;
}

[[nodiscard]] inline std::vector<json::object> scores_of(const std::filesystem::path& run) {
  std::vector<json::object> scores;
  const std::string text = read_bytes(run / "scores.jsonl");
  for (const std::string_view line : whole_lines(text))
    scores.push_back(parse_json_object(line, "scores").value());
  return scores;
}

}  // namespace stareval::testing
