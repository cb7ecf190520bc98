// A journal in a folder of its own, and entries for it: what the tests of the journal share.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <utility>

#include "libstareval/run/journal.h"
#include "tests/support/errors.h"
#include "tests/support/temp_folder.h"

namespace stareval::testing {

inline JournalKey key_of(const std::string& sample, int repeat = 0,
                         const std::string& request = "sha256:1") {
  return {sample, repeat, request};
}

inline JournalEntry entry_of(const std::string& sample, Reply reply, int attempt = 1) {
  return {key_of(sample), "EC", attempt, std::move(reply)};
}

class JournalFixture : public ::testing::Test {
 protected:
  [[nodiscard]] Journal open() const {
    auto journal = Journal::open(path_);
    EXPECT_EQ(error_text(journal), "(no error)");
    return std::move(journal).value();
  }

  // Three lines: a answered, b failed, c answered with text that needs escapes.
  void write_three() const {
    Journal journal = open();
    for (const JournalEntry& entry :
         {entry_of("a", answered_reply("1")), entry_of("b", failed_reply(Failure::server, "500")),
          entry_of("c", answered_reply("line\n\"two\" \u65E5"))})
      ASSERT_EQ(error_text(journal.append(entry)), "(no error)");
  }

  const TempFolder folder_;
  const std::filesystem::path path_ = folder_ / "run/replies.jsonl";
};

}  // namespace stareval::testing
