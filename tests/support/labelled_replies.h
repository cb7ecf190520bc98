// Replies of tests/data/replies/, each labelled by a person before the reader saw it (README.md
// there), and how a reader fares on them.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "libstareval/base/json.h"
#include "libstareval/extract/extraction.h"
#include "tests/support/temp_folder.h"

namespace stareval::testing {

struct LabelledReply {
  std::string where;  // "ranking.jsonl:7"
  std::string reply;
  ReadStatus status = ReadStatus::none;
  json::value expected;  // of what is found
  json::object record;   // all fields
};

// The rows of "NAME.jsonl". Throws where the file is missing or a row is not of the format.
inline std::vector<LabelledReply> read_labelled_replies(const std::string& name) {
  const auto path = std::filesystem::path(STAREVAL_TEST_SOURCE_DIR) / "tests" / "data" / "replies" /
                    (name + ".jsonl");
  std::vector<LabelledReply> rows;
  std::istringstream lines(read_bytes(path));
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (line.empty()) continue;
    LabelledReply row;
    row.where = name + ".jsonl:" + std::to_string(number);
    auto record = parse_json_object(line, row.where);
    if (!record) throw std::runtime_error(record.error().message);
    ObjectReader in(*record, row.where);
    row.reply = in.string("reply");
    if (in.string("why").empty()) in.fail("why", "a reason", "nothing");
    if (in.boolean_or("ambiguous", false)) row.status = ReadStatus::ambiguous;
    else if (in.has("expected")) row.status = ReadStatus::found;
    else if (!record->contains("expected")) in.fail("expected", "a value or null", "nothing");
    if (auto status = in.status(); !status) throw std::runtime_error(status.error().message);
    if (const auto* expected = record->if_contains("expected")) row.expected = *expected;
    row.record = std::move(*record);
    rows.push_back(std::move(row));
  }
  if (rows.empty()) throw std::runtime_error(name + ".jsonl: no replies");
  return rows;
}

// What a reader made of one row.
struct LabelledReading {
  ReadStatus status = ReadStatus::none;
  json::value value;  // comparable with `expected`
  std::string rule;
  Span span;
};

// Wrong: another value than the person read, or any where the person read none; never allowed.
// Missed: nothing, or unclear, where the person read something (or one for the other).
inline void expect_reads_like_a_person(
    const std::string& name, std::size_t most_missed,
    const std::function<LabelledReading(const LabelledReply&)>& read) {
  std::string missed;
  std::size_t misses = 0;
  for (const LabelledReply& row : read_labelled_replies(name)) {
    const LabelledReading got = read(row);
    const bool found = got.status == ReadStatus::found;
    const bool right = found && row.status == ReadStatus::found && got.value == row.expected;
    EXPECT_FALSE(found && !right) << row.where << ": read " << to_json(got.value) << " by rule "
                                  << got.rule << " in: " << row.reply;
    EXPECT_LE(got.span.begin, got.span.end) << row.where;
    EXPECT_LE(got.span.end, row.reply.size()) << row.where;
    if (right || (!found && got.status == row.status)) continue;
    ++misses;
    missed += row.where + ": " + row.reply + "\n";
  }
  EXPECT_LE(misses, most_missed) << missed;
}

}  // namespace stareval::testing
