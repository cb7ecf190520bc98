#include "libstareval/run/journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "libstareval/base/file.h"

namespace stareval {
namespace {

namespace fs = std::filesystem;

std::string reason(int number) { return std::generic_category().message(number); }

std::string map_key(const JournalKey& key) {
  return fmt::format("{}#{}#{}", key.sample, key.repeat, key.request);
}

Error cannot_write(const fs::path& path, int number) {
  return make_error(
      ErrorCode::io,
      "journal {}: cannot write: {}; all replies so far are kept: mend this, and give "
      "the same command again",
      path.string(), reason(number));
}

}  // namespace

Journal::Journal(int fd, fs::path path) : fd_(fd), path_(std::move(path)) {}

Journal::Journal(Journal&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      path_(std::move(other.path_)),
      end_(other.end_),
      lines_(other.lines_),
      unsynced_(other.unsynced_),
      torn_(other.torn_),
      places_(std::move(other.places_)) {}

Journal& Journal::operator=(Journal&& other) noexcept {
  std::swap(fd_, other.fd_);
  std::swap(path_, other.path_);
  std::swap(end_, other.end_);
  std::swap(lines_, other.lines_);
  std::swap(unsynced_, other.unsynced_);
  std::swap(torn_, other.torn_);
  std::swap(places_, other.places_);
  return *this;
}

Journal::~Journal() {
  if (fd_ >= 0) ::close(fd_);
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

Result<void> Journal::load(bool cut_torn_tail) {
  STAREVAL_TRY(const std::string content, read_file(path_));
  std::size_t begin = 0;
  for (std::size_t number = 1;; ++number) {
    const std::size_t line_end = content.find('\n', begin);
    if (line_end == std::string::npos) break;
    const std::string_view line(content.data() + begin, line_end - begin);
    STAREVAL_CHECK(index(line, begin, number));
    begin = line_end + 1;
  }
  end_ = begin;
  if (cut_torn_tail && begin < content.size() && ::ftruncate(fd_, static_cast<off_t>(begin)) != 0)
    return cannot_write(path_, errno);
  return {};
}

Result<void> Journal::index(std::string_view line, std::uint64_t offset, std::size_t number) {
  const std::string where = fmt::format("{}:{}", path_.string(), number);
  STAREVAL_TRY(const json::object object, parse_json_object(line, where));
  STAREVAL_TRY(const JournalEntry entry, journal_entry_from_json(object, where));
  note(entry, offset, line.size());
  return {};
}

void Journal::note(const JournalEntry& entry, std::uint64_t offset, std::size_t size) {
  ++lines_;
  Place& place = places_[map_key(entry.key)];
  ++place.state.attempts;
  if (place.state.settled) return;
  place.state.settled = entry.reply.outcome != Outcome::api_error;
  place.offset = offset;
  place.size = static_cast<std::uint32_t>(size);
}

Result<void> Journal::append(const JournalEntry& entry) {
  if (torn_) return cannot_write(path_, EIO);
  const std::string line = to_json(to_json_object(entry)) + "\n";
  const ssize_t written = ::write(fd_, line.data(), line.size());
  if (written != static_cast<ssize_t>(line.size())) {
    const int number = written < 0 ? errno : ENOSPC;
    // Take back what was written of the line, so that the file stays whole lines.
    torn_ = written > 0 && ::ftruncate(fd_, static_cast<off_t>(end_)) != 0;
    return cannot_write(path_, number);
  }
  note(entry, end_, line.size() - 1);
  end_ += line.size();
  if (++unsynced_ >= kSyncEvery) return sync();
  return {};
}

Result<void> Journal::sync() {
  unsynced_ = 0;
  if (::fdatasync(fd_) != 0) return cannot_write(path_, errno);
  return {};
}

Journal::State Journal::state(const JournalKey& key) const {
  const auto hit = places_.find(map_key(key));
  return hit == places_.end() ? State{} : hit->second.state;
}

Result<JournalEntry> Journal::read(const JournalKey& key) const {
  const auto hit = places_.find(map_key(key));
  if (hit == places_.end())
    return make_error(ErrorCode::usage, "journal {}: holds no reply for the sample {}",
                      path_.string(), key.sample);
  std::string line(hit->second.size, '\0');
  const ssize_t got =
      ::pread(fd_, line.data(), line.size(), static_cast<off_t>(hit->second.offset));
  if (got != static_cast<ssize_t>(line.size()))
    return make_error(ErrorCode::io, "journal {}: cannot read the reply of the sample {}",
                      path_.string(), key.sample);
  STAREVAL_TRY(const json::object object, parse_json_object(line, path_.string()));
  return journal_entry_from_json(object, path_.string());
}

}  // namespace stareval
