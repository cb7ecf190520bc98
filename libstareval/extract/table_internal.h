// Tables of hand-labelled replies, for the tests of the readers.
#pragma once

#include <gtest/gtest.h>

#include <span>
#include <string>

#include "libstareval/extract/extraction.h"

namespace stareval::extract {

inline constexpr const char* kUnread = "-";   // expected: none
inline constexpr const char* kUnclear = "?";  // expected: ambiguous

struct LabelledReply {
  const char* reply;
  const char* expected;  // the value as text, kUnread or kUnclear
};

// "7 (statement)" in failures; the value, "-" or "?" for the comparison.
template <class T, class Print>
std::string as_text(const Extraction<T>& extraction, Print print) {
  switch (extraction.status) {
    case ReadStatus::found: return print(extraction.value);
    case ReadStatus::none: return kUnread;
    case ReadStatus::ambiguous: break;
  }
  return kUnclear;
}

// Runs a reader over a table. The span of what is found must lie in the reply.
template <class Read, class Print>
void expect_table(std::span<const LabelledReply> table, Read read, Print print) {
  for (const LabelledReply& row : table) {
    const auto extraction = read(row.reply);
    EXPECT_EQ(as_text(extraction, print), row.expected)
        << "reply: " << row.reply << "\nrule: " << extraction.rule;
    EXPECT_LE(extraction.span.begin, extraction.span.end) << row.reply;
    EXPECT_LE(extraction.span.end, std::string(row.reply).size()) << row.reply;
  }
}

}  // namespace stareval::extract
