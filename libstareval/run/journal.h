// The journal of a run: every attempt and its reply, one JSON line each, appended and never
// changed. Replies are the only thing that costs money; everything else is derived from these
// lines.
//     {"sample", "task", "repeat", "attempt", "request", "outcome", "text", ...}
// Crash  a line is one write(); a torn last line is cut off when the journal is opened again. A
// line in
//        the middle that cannot be read is an error that names it: nothing is skipped silently.
// Memory only where each request's last reply lies in the file, never the replies.
// Thread  one thread at a time. Another process on the same folder is refused (flock).
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <unordered_map>

#include "libstareval/base/json.h"
#include "libstareval/base/result.h"
#include "libstareval/model/reply.h"

namespace stareval {

// Which question an attempt belongs to. The digest of the request is part of it, so that a reply to
// an older prompt is never taken for a reply to this one.
struct JournalKey {
  std::string sample;
  int repeat = 0;
  std::string request;  // request_digest()
};

struct JournalEntry {
  JournalKey key;
  std::string task;
  int attempt = 1;  // 1, 2, ... of this key
  Reply reply;
};

class Journal {
 public:
  // Open for appending; make the file where it is missing.
  // Errors  io: cannot be opened or written. bad_data: a line that cannot be read.
  //         usage: another process has it open.
  [[nodiscard]] static Result<Journal> open(const std::filesystem::path& path);

  // Open for reading only, also while a run is writing.
  [[nodiscard]] static Result<Journal> open_for_reading(const std::filesystem::path& path);

  // In a file without a name, gone with the Journal: for evaluations that keep no folder.
  [[nodiscard]] static Result<Journal> temporary();

  Journal(Journal&& other) noexcept;
  Journal& operator=(Journal&& other) noexcept;
  ~Journal();

  // One write(); on disk after sync(), or by itself after each kSyncEvery entries.
  [[nodiscard]] Result<void> append(const JournalEntry& entry);
  [[nodiscard]] Result<void> sync();

  struct State {
    int attempts = 0;      // lines of this key
    bool settled = false;  // one of them got a reply: nothing is to be sent again
  };
  [[nodiscard]] State state(const JournalKey& key) const;

  // The entry that counts: the first that got a reply, else the last failure. usage where none is
  // there.
  [[nodiscard]] Result<JournalEntry> read(const JournalKey& key) const;

  [[nodiscard]] std::size_t size() const { return lines_; }

 private:
  static constexpr int kSyncEvery = 64;

  struct Place {
    State state;
    std::uint64_t offset = 0;
    std::uint32_t size = 0;
  };

  Journal(int fd, std::filesystem::path path);
  static Result<Journal> opened(const std::filesystem::path& path, int flags);
  Result<void> lock();
  Result<void> load(bool cut_torn_tail);
  Result<void> index(std::string_view line, std::uint64_t offset, std::size_t number);
  void note(const JournalEntry& entry, std::uint64_t offset, std::size_t size);

  int fd_ = -1;
  std::filesystem::path path_;
  std::uint64_t end_ = 0;
  std::size_t lines_ = 0;
  int unsynced_ = 0;
  bool torn_ =
      false;  // half a line stands at the end and could not be cut off: nothing may follow it
  std::unordered_map<std::string, Place> places_;
};

[[nodiscard]] json::object to_json_object(const JournalEntry& entry);
[[nodiscard]] Result<JournalEntry> journal_entry_from_json(const json::object& object,
                                                           const std::string& where);

}  // namespace stareval
