#include "libstareval/run/cache.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "libstareval/base/digest.h"
#include "libstareval/base/file.h"
#include "libstareval/base/file_internal.h"
#include "libstareval/run/cache_internal.h"
#include "libstareval/run/reply_json.h"

namespace stareval {
namespace {

namespace fs = std::filesystem;
using sqlite::Database;
using sqlite::Statement;

constexpr std::int64_t kApplicationId = 0x53744576;  // "StEv", in the header of the file

constexpr const char* kSchema =
    "CREATE TABLE replies ("
    "  key TEXT PRIMARY KEY, sample TEXT NOT NULL, created INTEGER NOT NULL, model TEXT NOT NULL,"
    "  backend TEXT NOT NULL, identity TEXT NOT NULL, request TEXT NOT NULL, reply TEXT NOT NULL,"
    "  reply_digest TEXT NOT NULL);"
    "CREATE INDEX replies_sample ON replies (sample);";

constexpr const char* kSelect =
    "SELECT key, sample, created, model, backend, identity, request, reply, reply_digest "
    "FROM replies ";

CacheRow read_row(const Statement& in) {
  CacheRow row;
  row.key = in.text(0);
  row.question = {in.text(1), in.text(3), in.text(4), in.text(5), in.text(6)};
  row.created = in.integer(2);
  row.reply = in.text(7);
  row.reply_digest = in.text(8);
  return row;
}

// An empty file is an empty database. Its log gets its mode from it. A file that is there is not
// opened: to close it again would drop the locks of all connections of this process to it, and the
// next process to leave would delete the log under them
// (https://www.sqlite.org/howtocorrupt.html, 2.2).
Result<void> make_file(const fs::path& path) {
  const fs::path folder = path.parent_path();
  if (!folder.empty() && !file_exists(folder)) {
    STAREVAL_CHECK(make_folders(folder));
    ::chmod(folder.c_str(), S_IRWXU);
  }
  const int fd = ::open(path.c_str(), O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd < 0 && errno == EEXIST) return {};
  if (fd < 0) return system_error("make the cache", path, errno);
  ::close(fd);
  return {};
}

// Two processes that make one cache at once: the second finds it made.
Result<void> make_schema(const Database& database) {
  STAREVAL_TRY(auto transaction, sqlite::Transaction::begin(database));
  STAREVAL_TRY(const std::int64_t version, database.integer("PRAGMA user_version"));
  if (version != 0) return {};
  STAREVAL_CHECK(database.execute(kSchema));
  STAREVAL_CHECK(database.execute(fmt::format(
      "PRAGMA application_id = {}; PRAGMA user_version = {}", kApplicationId, kCacheVersion)));
  return transaction.commit();
}

Result<void> check_version(const Database& database) {
  STAREVAL_TRY(const std::int64_t application, database.integer("PRAGMA application_id"));
  STAREVAL_TRY(const std::int64_t version, database.integer("PRAGMA user_version"));
  if (application != kApplicationId)
    return make_error(ErrorCode::mismatch,
                      "cache {}: expected a response cache of StarEval, found a database of "
                      "another program; name another file with --cache",
                      database.path().string());
  if (version != kCacheVersion)
    return make_error(ErrorCode::mismatch,
                      "cache {}: expected version {} of its format, found {}: another version of "
                      "StarEval made it; use that one, name another file with --cache, or delete "
                      "this one (run folders keep their replies)",
                      database.path().string(), kCacheVersion, version);
  return {};
}

// The change to a write-ahead log needs the file alone for a moment, and SQLite does not wait for
// it by itself. A file system without shared memory keeps the older kind of log: slower, not wrong.
Result<void> use_write_ahead_log(const Database& database, std::chrono::milliseconds patience) {
  constexpr int kPauseMs = 5;
  for (std::chrono::milliseconds waited{0};; waited += std::chrono::milliseconds(kPauseMs)) {
    const auto mode = database.text("PRAGMA journal_mode = WAL");
    if (mode.has_value()) break;
    if (!database.busy() || waited >= patience) return mode.error();
    sqlite3_sleep(kPauseMs);
  }
  return database.execute("PRAGMA synchronous = NORMAL");
}

bool is_empty(const Database& database) {
  const auto tables = database.integer("SELECT count(*) FROM sqlite_master");
  return tables.has_value() && *tables == 0;
}

Result<std::unique_ptr<Database>> open_database(const fs::path& path,
                                                std::chrono::milliseconds patience) {
  STAREVAL_TRY(auto database, Database::open(path, patience));
  STAREVAL_TRY(const std::int64_t version, database->integer("PRAGMA user_version"));
  if (!database->read_only()) {
    if (version == 0 && is_empty(*database)) {
      STAREVAL_CHECK(use_write_ahead_log(*database, patience));
      STAREVAL_CHECK(make_schema(*database));
    }
    STAREVAL_CHECK(database->execute("PRAGMA synchronous = NORMAL"));
  }
  STAREVAL_CHECK(check_version(*database));
  return database;
}

}  // namespace

CacheQuestion cache_question(const std::string& backend, const std::string& identity,
                             const Request& request) {
  return {request.sample_id, request.model, backend, identity,
          to_canonical_json(to_json_object(request))};
}

std::string cache_key(const CacheQuestion& question) {
  // Keys in the order of their bytes, as canonical JSON has them.
  return sha256(fmt::format(R"({{"backend":{},"identity":{},"request":{}}})",
                            to_json(json::value(question.backend)), question.identity,
                            question.request));
}

CacheRow cache_row(CacheQuestion question, const Reply& reply, std::int64_t created) {
  CacheRow row;
  row.key = cache_key(question);
  row.question = std::move(question);
  row.created = created;
  json::object object = to_json_object(reply);
  object.erase("cached");
  row.reply = to_canonical_json(object);
  row.reply_digest = sha256(row.reply);
  return row;
}

ResponseCache::ResponseCache(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ResponseCache::ResponseCache(ResponseCache&&) noexcept = default;
ResponseCache& ResponseCache::operator=(ResponseCache&&) noexcept = default;
ResponseCache::~ResponseCache() = default;

Result<ResponseCache> ResponseCache::open(const fs::path& path,
                                          std::chrono::milliseconds patience) {
  STAREVAL_CHECK(make_file(path));
  return open_existing(path, patience);
}

Result<ResponseCache> ResponseCache::open_existing(const fs::path& path,
                                                   std::chrono::milliseconds patience) {
  if (!file_exists(path))
    return make_error(ErrorCode::io, "cache {}: there is no such file; a run makes it",
                      path.string());
  auto impl = std::make_unique<Impl>();
  STAREVAL_TRY(impl->database, open_database(path, patience));
  STAREVAL_TRY(Statement find,
               impl->database->prepare("SELECT reply, reply_digest FROM replies WHERE key = ?"));
  impl->find.emplace(std::move(find));
  return ResponseCache(std::move(impl));
}

Result<std::optional<Reply>> ResponseCache::find(const std::string& key) {
  Statement& find = *impl_->find;
  find.bind(1, key);
  const auto row = find.step();
  const std::string text = row.has_value() && *row ? find.text(0) : std::string();
  const std::string digest = row.has_value() && *row ? find.text(1) : std::string();
  find.reset();
  if (row.has_error()) return row.error();
  if (!*row || sha256(text) != digest) return std::optional<Reply>();
  const auto object = parse_json_object(text, "");
  if (object.has_error()) return std::optional<Reply>();
  auto reply = reply_from_json(*object, "");
  if (reply.has_error()) return std::optional<Reply>();
  return std::optional(std::move(*reply));
}

Result<void> ResponseCache::store(std::span<const CacheRow> rows) {
  if (!impl_->store) {
    STAREVAL_TRY(Statement made, impl_->database->prepare("INSERT OR REPLACE INTO replies VALUES "
                                                          "(?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    impl_->store.emplace(std::move(made));
  }
  STAREVAL_TRY(auto transaction, sqlite::Transaction::begin(*impl_->database));
  Statement& insert = *impl_->store;
  for (const CacheRow& row : rows) {
    const CacheQuestion& question = row.question;
    insert.bind(1, row.key);
    insert.bind(2, question.sample);
    insert.bind(3, row.created);
    insert.bind(4, question.model);
    insert.bind(5, question.backend);
    insert.bind(6, question.identity);
    insert.bind(7, question.request);
    insert.bind(8, row.reply);
    insert.bind(9, row.reply_digest);
    STAREVAL_CHECK(insert.run());
  }
  return transaction.commit();
}

Result<void> ResponseCache::for_each(const std::function<Result<void>(const CacheRow&)>& take) {
  STAREVAL_TRY(Statement rows, impl_->database->prepare(std::string(kSelect) + "ORDER BY rowid"));
  for (;;) {
    STAREVAL_TRY(const bool row, rows.step());
    if (!row) return {};
    STAREVAL_CHECK(take(read_row(rows)));
  }
}

Result<std::vector<CacheRow>> ResponseCache::rows_of(const std::string& sample) {
  STAREVAL_TRY(Statement rows, impl_->database->prepare(std::string(kSelect) +
                                                        "WHERE sample = ? ORDER BY rowid DESC"));
  rows.bind(1, sample);
  std::vector<CacheRow> found;
  for (;;) {
    STAREVAL_TRY(const bool row, rows.step());
    if (!row) return found;
    found.push_back(read_row(rows));
  }
}

}  // namespace stareval
