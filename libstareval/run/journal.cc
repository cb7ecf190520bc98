#include "libstareval/run/journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "libstareval/base/digest.h"
#include "libstareval/base/file.h"

namespace stareval {
namespace {

namespace fs = std::filesystem;

std::string reason(int number) { return std::generic_category().message(number); }

constexpr std::size_t kPiece_bytes = std::size_t{1} << 20;
constexpr std::uint64_t kRoomStep_bytes = std::uint64_t{4} << 20;
constexpr std::chrono::seconds kSyncEvery{1};

// A line ends in a check of what stands before it: {..., "sum": "1a2b3c4d"}. A bit that flips on
// the disk is noticed, also where what it leaves is a line of JSON.
constexpr std::string_view kSum = ",\"sum\":\"";
constexpr std::size_t kSumDigits = 8;

std::string with_sum(std::string line) {
  line.pop_back();  // the brace
  return fmt::format("{}{}{}\"}}\n", line, kSum, short_digest(sha256(line), kSumDigits));
}

// mismatch where the line has a sum that is not its own. One without was written by an older
// version.
Result<void> check_sum(std::string_view line, const std::string& where) {
  constexpr std::size_t kTail = kSum.size() + kSumDigits + 2;
  if (line.size() <= kTail || line.substr(line.size() - kTail, kSum.size()) != kSum) return {};
  const std::string_view sum = line.substr(line.size() - 2 - kSumDigits, kSumDigits);
  if (sum == short_digest(sha256(line.substr(0, line.size() - kTail)), kSumDigits)) return {};
  return make_error(
      ErrorCode::bad_data,
      "{}: the line was changed after it was written: its sum is not that of its text; "
      "restore the file, or remove the line to send its request again",
      where);
}

// The one way in which a line is read, wherever it is read for.
Result<JournalEntry> parse_line(std::string_view line, const std::string& where) {
  STAREVAL_TRY(const json::object object, parse_json_object(line, where));
  STAREVAL_CHECK(check_sum(line, where));
  return journal_entry_from_json(object, where);
}

Error cannot_write(const fs::path& path, int number) {
  return make_error(
      ErrorCode::io,
      "journal {}: cannot write: {}; all replies so far are kept: mend this, and give "
      "the same command again",
      path.string(), reason(number));
}

// 0, or the errno that says that the disk has no room for the bytes from `begin` to `end`.
int set_aside([[maybe_unused]] int fd, [[maybe_unused]] std::uint64_t begin,
              [[maybe_unused]] std::uint64_t end) {
#ifdef FALLOC_FL_KEEP_SIZE
  if (::fallocate(fd, FALLOC_FL_KEEP_SIZE, static_cast<off_t>(begin),
                  static_cast<off_t>(end - begin)) != 0 &&
      (errno == ENOSPC || errno == EFBIG || errno == EDQUOT))
    return errno;
#endif
  return 0;
}

}  // namespace

Journal::Journal(int fd, fs::path path) : fd_(fd), path_(std::move(path)) {}

Journal::Journal(Journal&& other) noexcept { *this = std::move(other); }

Journal& Journal::operator=(Journal&& other) noexcept {
  std::swap(fd_, other.fd_);
  std::swap(path_, other.path_);
  std::swap(end_, other.end_);
  std::swap(lines_, other.lines_);
  std::swap(unsynced_, other.unsynced_);
  std::swap(synced_, other.synced_);
  std::swap(room_end_, other.room_end_);
  std::swap(torn_, other.torn_);
  std::swap(places_, other.places_);
  return *this;
}

Journal::~Journal() {
  if (fd_ < 0) return;
  give_room_back();
  ::close(fd_);
}

JournalKey key_of(const Request& request) {
  return {request.sample_id, request.repeat, request_digest(request)};
}

Journal::Hash Journal::hash(const JournalKey& key) {
  const std::string digest =
      sha256(fmt::format("{}#{}#{}", key.sample, key.repeat, key.request)).substr(7);
  return {std::stoull(digest.substr(0, 16), nullptr, 16),
          std::stoull(digest.substr(16, 16), nullptr, 16)};
}

Result<Journal> Journal::opened(const fs::path& path, int flags) {
  const int fd =
      ::open(path.c_str(), flags | O_CLOEXEC | O_NONBLOCK, 0644);  // a pipe must not hang
  if (fd < 0)
    return make_error(ErrorCode::io, "journal {}: cannot open: {}", path.string(), reason(errno));
  return Journal(fd, path);
}

Result<Journal> Journal::open(const fs::path& path) {
  if (path.has_parent_path()) STAREVAL_CHECK(make_folders(path.parent_path()));
  STAREVAL_TRY(Journal journal, opened(path, O_RDWR | O_CREAT | O_APPEND));
  STAREVAL_CHECK(journal.lock());
  STAREVAL_CHECK(journal.load(true));
  return journal;
}

Result<Journal> Journal::open_for_reading(const fs::path& path) {
  STAREVAL_TRY(Journal journal, opened(path, O_RDONLY));
  STAREVAL_CHECK(journal.load(false));
  return journal;
}

Result<Journal> Journal::temporary() {
  std::error_code failure;
  const fs::path folder = fs::temp_directory_path(failure);
  if (failure)
    return make_error(ErrorCode::io, "journal: no folder for temporary files: {}; set TMPDIR",
                      failure.message());
  std::string name = (folder / "stareval-journal-XXXXXX").string();
  const int fd = ::mkostemp(name.data(), O_APPEND | O_CLOEXEC);
  if (fd < 0) return make_error(ErrorCode::io, "journal {}: cannot open: {}", name, reason(errno));
  ::unlink(name.c_str());
  return Journal(fd, name);
}

Result<void> Journal::lock() {
  if (::flock(fd_, LOCK_EX | LOCK_NB) == 0) return {};
  return make_error(
      ErrorCode::usage,
      "journal {}: another star-eval is writing to it; wait for it, or choose another "
      "--out",
      path_.string());
}

// Gives where the last whole line ends.
Result<std::uint64_t> Journal::for_each_line(const TakeLine& take) const {
  std::string text;  // what was read and is not a whole line yet, which begins at `begin`
  std::uint64_t begin = 0;
  std::size_t number = 1;
  for (;;) {
    const std::size_t had = text.size();
    text.resize(had + kPiece_bytes);
    const ssize_t got =
        ::pread(fd_, text.data() + had, kPiece_bytes, static_cast<off_t>(begin + had));
    if (got < 0)
      return make_error(ErrorCode::io, "journal {}: cannot read: {}", path_.string(),
                        reason(errno));
    text.resize(had + static_cast<std::size_t>(got));
    if (got == 0) return begin;
    std::size_t from = 0;
    for (std::size_t end = text.find('\n', had); end != std::string::npos;
         end = text.find('\n', from)) {
      STAREVAL_CHECK(take(std::string_view(text).substr(from, end - from), begin + from, number++));
      from = end + 1;
    }
    begin += from;
    text.erase(0, from);
  }
}

Result<void> Journal::load(bool cut_torn_tail) {
  STAREVAL_TRY(
      end_, for_each_line([this](std::string_view line, std::uint64_t offset, std::size_t number) {
        return index(line, offset, number);
      }));
  if (cut_torn_tail && ::ftruncate(fd_, static_cast<off_t>(end_)) != 0)
    return cannot_write(path_, errno);
  return {};
}

Result<void> Journal::for_each(
    const std::function<Result<void>(const JournalEntry&, const Line&)>& take) const {
  const auto read = for_each_line(
      [&](std::string_view line, std::uint64_t offset, std::size_t number) -> Result<void> {
        STAREVAL_TRY(const JournalEntry entry,
                     parse_line(line, fmt::format("{}:{}", path_.string(), number)));
        return take(entry, {offset, static_cast<std::uint32_t>(line.size())});
      });
  if (read.has_error()) return read.error();
  return {};
}

Result<void> Journal::index(std::string_view line, std::uint64_t offset, std::size_t number) {
  STAREVAL_TRY(const JournalEntry entry,
               parse_line(line, fmt::format("{}:{}", path_.string(), number)));
  note(entry, offset, line.size());
  return {};
}

void Journal::note(const JournalEntry& entry, std::uint64_t offset, std::size_t size) {
  ++lines_;
  Place& place = places_[hash(entry.key)];
  ++place.state.attempts;
  if (place.state.settled) return;
  place.state.settled = entry.reply.outcome != Outcome::api_error;
  place.line = {offset, static_cast<std::uint32_t>(size)};
}

Result<void> Journal::append(const JournalEntry& entry) {
  if (torn_) return cannot_write(path_, EIO);
  const std::string line = with_sum(to_json(to_json_object(entry)));
  const ssize_t written = ::write(fd_, line.data(), line.size());
  if (written != static_cast<ssize_t>(line.size())) {
    const int number = written < 0 ? errno : ENOSPC;
    // Take back what was written of the line, so that the file stays whole lines.
    torn_ = written > 0 && ::ftruncate(fd_, static_cast<off_t>(end_)) != 0;
    return cannot_write(path_, number);
  }
  note(entry, end_, line.size() - 1);
  end_ += line.size();
  unsynced_ = true;
  return {};
}

Result<void> Journal::sync() {
  unsynced_ = false;
  synced_ = std::chrono::steady_clock::now();
  if (::fdatasync(fd_) != 0) return cannot_write(path_, errno);
  return {};
}

Result<void> Journal::sync_if_due() {
  if (!unsynced_ || std::chrono::steady_clock::now() - synced_ < kSyncEvery) return {};
  return sync();
}

// By blocks beyond the end of the file, where the file system knows such; others just go on. A good
// deal at a time, or on a disk that is nearly full as much as is needed.
Result<void> Journal::make_room(std::size_t entries) {
  const std::uint64_t wanted = end_ + entries * kRoom_bytes;
  if (wanted <= room_end_) return {};
  room_end_ = std::max(room_end_, end_ + 1);  // so that half of what fails is given back, too
  std::uint64_t room = wanted + kRoomStep_bytes;
  int failure = set_aside(fd_, end_, room);
  if (failure != 0) failure = set_aside(fd_, end_, room = wanted);
  if (failure != 0) return cannot_write(path_, failure);
  room_end_ = room;
  return {};
}

void Journal::give_room_back() {
  if (room_end_ > end_ && !torn_) (void)::ftruncate(fd_, static_cast<off_t>(end_));
  room_end_ = 0;
}

Journal::State Journal::state(const JournalKey& key) const {
  const auto hit = places_.find(hash(key));
  return hit == places_.end() ? State{} : hit->second.state;
}

Result<JournalEntry> Journal::read(const JournalKey& key) const {
  const auto hit = places_.find(hash(key));
  if (hit == places_.end())
    return make_error(ErrorCode::usage, "journal {}: holds no reply for the sample {}",
                      path_.string(), key.sample);
  auto entry = read(hit->second.line);
  if (entry.has_value()) return entry;
  return make_error(ErrorCode::io, "journal {}: cannot read the reply of the sample {}",
                    path_.string(), key.sample);
}

Result<JournalEntry> Journal::read(const Line& line) const {
  std::string text(line.size, '\0');
  const ssize_t got = ::pread(fd_, text.data(), text.size(), static_cast<off_t>(line.offset));
  if (got != static_cast<ssize_t>(text.size()))
    return make_error(ErrorCode::io, "journal {}: it became shorter", path_.string());
  return parse_line(text, path_.string());
}

}  // namespace stareval
