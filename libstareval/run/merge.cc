#include "libstareval/run/merge.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "libstareval/base/digest.h"
#include "libstareval/base/file.h"
#include "libstareval/run/journal.h"
#include "libstareval/run/manifest.h"
#include "libstareval/run/scoring.h"

namespace stareval {
namespace {

namespace fs = std::filesystem;

struct Source {
  std::string sample;
  int repeat;
  int attempt;
  std::string digest;  // of the whole line
  std::size_t part;
  Journal::Line line;

  [[nodiscard]] auto order() const { return std::tie(sample, repeat, attempt, digest); }
};

Result<Manifest> read_common_manifest(std::span<const fs::path> parts) {
  STAREVAL_TRY(Manifest common, read_manifest(parts.front()));
  common.shard.reset();
  for (const fs::path& part : parts.subspan(1)) {
    STAREVAL_TRY(Manifest other, read_manifest(part));
    other.shard.reset();
    if (const std::string changes = differences(common, other); !changes.empty())
      return make_error(ErrorCode::mismatch,
                        "{} and {} are not parts of one run: {}; merge only runs of the same "
                        "options (the shard apart)",
                        parts.front().string(), part.string(), changes);
  }
  return common;
}

Result<std::vector<Source>> read_sources(const std::vector<Journal>& journals) {
  std::vector<Source> sources;
  for (std::size_t part = 0; part < journals.size(); ++part)
    STAREVAL_CHECK(journals[part].for_each(
        [&](const JournalEntry& entry, const Journal::Line& line) -> Result<void> {
          sources.push_back({entry.key.sample, entry.key.repeat, entry.attempt,
                             sha256(to_json(to_json_object(entry))), part, line});
          return {};
        }));
  std::sort(sources.begin(), sources.end(),
            [](const Source& a, const Source& b) { return a.order() < b.order(); });
  return sources;
}

// A run holds the lock of its journal.
bool is_being_written(const fs::path& journal) {
  const int fd = ::open(journal.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  const bool locked = ::flock(fd, LOCK_SH | LOCK_NB) != 0;
  ::close(fd);
  return locked;
}

Result<void> check_paths(std::span<const fs::path> parts, const fs::path& out) {
  if (parts.empty()) return make_error(ErrorCode::usage, "merge: name the run folders to merge");
  std::error_code ignored;
  for (const fs::path& part : parts)
    if (fs::equivalent(part, out, ignored))
      return make_error(ErrorCode::usage, "merge: {} is a part; choose another --out",
                        out.string());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k)
      if (fs::equivalent(parts[i], parts[k], ignored))
        return make_error(ErrorCode::usage, "merge: {} is named twice", parts[i].string());
    if (is_being_written(parts[i] / "replies.jsonl"))
      return make_error(ErrorCode::usage,
                        "merge: another star-eval is writing to {}; wait for its end",
                        parts[i].string());
  }
  return {};
}

}  // namespace

Result<MergeReport> merge_runs(std::span<const fs::path> parts, const fs::path& out) {
  STAREVAL_CHECK(check_paths(parts, out));
  STAREVAL_TRY(const Manifest manifest, read_common_manifest(parts));
  std::vector<Journal> journals;
  for (const fs::path& part : parts) {
    STAREVAL_TRY(Journal journal, Journal::open_for_reading(part / "replies.jsonl"));
    journals.push_back(std::move(journal));
  }
  STAREVAL_TRY(const std::vector<Source> sources, read_sources(journals));
  STAREVAL_TRY(Journal merged, Journal::open(out / "replies.jsonl"));
  if (merged.size() > 0)
    return make_error(ErrorCode::usage, "merge: {} holds replies already; choose another --out",
                      out.string());
  STAREVAL_CHECK(write_or_match(out, manifest, false));
  MergeReport report;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (i > 0 && sources[i].digest == sources[i - 1].digest) {
      ++report.duplicates;
      continue;
    }
    STAREVAL_TRY(const JournalEntry entry, journals[sources[i].part].read(sources[i].line));
    STAREVAL_CHECK(merged.append(entry));
    ++report.replies;
  }
  STAREVAL_CHECK(merged.sync());
  for (const fs::path& part : parts) {
    STAREVAL_TRY(const Outcome unsent, read_unsent(part));
    if (unsent != Outcome::skipped) STAREVAL_CHECK(write_unsent(out, unsent));
  }
  return report;
}

}  // namespace stareval
