// The journal of a run: every attempt and its reply, one JSON line each, appended and never
// changed. Replies are the only thing that costs money; everything else is derived from these
// lines.
//     {"sample", "task", "repeat", "attempt", "request", "outcome", "text", ..., "sum"}
// Crash   A line is one write(); a torn last line is cut off when the journal is opened again.
//         A line in the middle that cannot be read, or whose "sum" (of the text before it) is not
//         its own, is an error that names it: nothing is skipped silently.
// Disk    Room for the replies that are awaited is set aside before they are asked for, so that a
//         full disk stops the run before a reply is paid for that cannot be kept.
// Memory  Where each request's last reply lies, never the replies: about 50 bytes a request.
// Thread  one thread at a time. Another process on the same folder is refused (flock).
#pragma once

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "libstareval/base/json.h"
#include "libstareval/base/result.h"
#include "libstareval/model/reply.h"
#include "libstareval/model/request.h"

namespace stareval {

// Which question an attempt belongs to. The digest of the request is part of it, so that a reply to
// an older prompt is never taken for a reply to this one.
struct JournalKey {
  std::string sample;
  int repeat = 0;
  std::string request;  // request_digest()
};

[[nodiscard]] JournalKey key_of(const Request& request);

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

  // One write(); on disk after sync().
  [[nodiscard]] Result<void> append(const JournalEntry& entry);
  [[nodiscard]] Result<void> sync();

  // sync() where the last one was a second ago: a machine that loses its power loses no more.
  [[nodiscard]] Result<void> sync_if_due();

  // Set room aside on the disk for so many further entries of kRoom_bytes. io: there is none.
  [[nodiscard]] Result<void> make_room(std::size_t entries);

  // To the disk, where no further entry is awaited: others may need what was set aside.
  void give_room_back();

  struct State {
    int attempts = 0;      // lines of this key
    bool settled = false;  // one of them got a reply: nothing is to be sent again
  };
  [[nodiscard]] State state(const JournalKey& key) const;

  // The entry that counts: the first that got a reply, else the last failure. usage where none is
  // there.
  [[nodiscard]] Result<JournalEntry> read(const JournalKey& key) const;

  [[nodiscard]] std::size_t size() const { return lines_; }

  struct Line {
    std::uint64_t offset = 0;
    std::uint32_t size = 0;
  };

  // Each entry and where it lies, in the order of the file. The first error that `take` gives ends
  // it.
  [[nodiscard]] Result<void> for_each(
      const std::function<Result<void>(const JournalEntry&, const Line&)>& take) const;

  [[nodiscard]] Result<JournalEntry> read(const Line& line) const;

 private:
  static constexpr std::uint64_t kRoom_bytes =
      std::uint64_t{32} * 1024;  // more than nearly all replies take

  using Hash = std::array<std::uint64_t, 2>;  // of a JournalKey, from its SHA-256: no two are equal
  struct HashOf {
    std::size_t operator()(const Hash& hash) const { return hash[0]; }
  };

  struct Place {
    State state;
    Line line;
  };

  Journal(int fd, std::filesystem::path path);
  static Result<Journal> opened(const std::filesystem::path& path, int flags);
  Result<void> lock();
  Result<void> load(bool cut_torn_tail);
  Result<void> index(std::string_view line, std::uint64_t offset, std::size_t number);
  void note(const JournalEntry& entry, std::uint64_t offset, std::size_t size);
  using TakeLine = std::function<Result<void>(std::string_view, std::uint64_t, std::size_t)>;
  Result<std::uint64_t> for_each_line(const TakeLine& take) const;
  static Hash hash(const JournalKey& key);

  int fd_ = -1;
  std::filesystem::path path_;
  std::uint64_t end_ = 0;
  std::size_t lines_ = 0;
  bool unsynced_ = false;
  std::chrono::steady_clock::time_point synced_{};
  std::uint64_t room_end_ = 0;  // of what is set aside on the disk
  bool torn_ =
      false;  // half a line stands at the end and could not be cut off: nothing may follow it
  boost::unordered_flat_map<Hash, Place, HashOf> places_;
};

[[nodiscard]] json::object to_json_object(const JournalEntry& entry);
[[nodiscard]] Result<JournalEntry> journal_entry_from_json(const json::object& object,
                                                           const std::string& where);

}  // namespace stareval
