// What keeps a cache sound and small: statistics, verification, deletion.
#include <algorithm>
#include <string_view>
#include <system_error>
#include <utility>

#include "libstareval/base/digest.h"
#include "libstareval/run/cache_internal.h"
#include "libstareval/run/reply_json.h"

namespace stareval {
namespace {

using sqlite::Database;
using sqlite::Statement;

// The file with its write-ahead log.
std::uint64_t bytes_on_disk(const Database& database) {
  std::uint64_t bytes = 0;
  for (const char* suffix : {"", "-wal"}) {
    std::error_code failure;
    const auto size = std::filesystem::file_size(database.path().string() + suffix, failure);
    if (!failure) bytes += size;
  }
  return bytes;
}

// "" where it is canonical JSON, else what it is.
std::string fault_of_json(std::string_view name, const std::string& text) {
  const auto object = parse_json_object(text, name);
  if (object.has_error()) return object.error().message;
  return to_canonical_json(*object) == text ? "" : fmt::format("{} is not canonical JSON", name);
}

std::string fault_of(const CacheRow& row) {
  for (const auto& [name, text] :
       {std::pair{"identity", &row.question.identity}, {"request", &row.question.request}})
    if (std::string fault = fault_of_json(name, *text); !fault.empty()) return fault;
  if (cache_key(row.question) != row.key) return "the key is not that of its request";
  if (sha256(row.reply) != row.reply_digest) return "the digest is not that of its reply";
  const auto object = parse_json_object(row.reply, "reply");
  if (object.has_error()) return object.error().message;
  const auto reply = reply_from_json(*object, "reply");
  return reply.has_error() ? reply.error().message : "";
}

// The bytes of a row are fewer than those that it takes on disk: its pages are not full, and the
// indexes repeat its key and sample.
constexpr const char* kRowBytes =
    "length(CAST(key AS BLOB)) + length(CAST(sample AS BLOB)) + length(CAST(model AS BLOB)) + "
    "length(CAST(backend AS BLOB)) + length(CAST(identity AS BLOB)) + "
    "length(CAST(request AS BLOB)) + length(CAST(reply AS BLOB)) + "
    "length(CAST(reply_digest AS BLOB))";

// Keep the newest rows whose bytes make up `share` of all.
Result<void> keep_share(const Database& database, double share) {
  STAREVAL_TRY(const std::int64_t all,
               database.integer(fmt::format("SELECT sum({}) FROM replies", kRowBytes)));
  STAREVAL_TRY(Statement rows,
               database.prepare(fmt::format(
                   "DELETE FROM replies WHERE rowid IN (SELECT rowid FROM (SELECT rowid, "
                   "sum({}) OVER (ORDER BY created DESC, rowid DESC) AS kept FROM replies) "
                   "WHERE kept > ?)",
                   kRowBytes)));
  rows.bind(1, static_cast<std::int64_t>(share * static_cast<double>(all)));
  return rows.run();
}

// Give free pages back; the log is written into the file and emptied.
Result<void> shrink(const Database& database) {
  STAREVAL_CHECK(database.execute("VACUUM"));
  return database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

Result<void> shrink_to(const Database& database, std::uint64_t most_bytes) {
  constexpr double kMargin = 0.95;  // the share is of bytes of rows, the limit one of pages
  STAREVAL_CHECK(shrink(database));
  for (;;) {
    const std::uint64_t bytes = bytes_on_disk(database);
    STAREVAL_TRY(const std::int64_t rows, database.integer("SELECT count(*) FROM replies"));
    if (bytes <= most_bytes || rows == 0) return {};
    const double share = static_cast<double>(most_bytes) / static_cast<double>(bytes) * kMargin;
    STAREVAL_CHECK(keep_share(database, share));
    STAREVAL_CHECK(shrink(database));
  }
}

Result<void> delete_rows(const Database& database, const CacheGarbage& garbage) {
  if (garbage.all) return database.execute("DELETE FROM replies");
  if (!garbage.created_before) return {};
  STAREVAL_TRY(Statement old, database.prepare("DELETE FROM replies WHERE created < ?"));
  old.bind(1, *garbage.created_before);
  return old.run();
}

}  // namespace

Result<CacheStats> ResponseCache::stats() {
  STAREVAL_TRY(Statement row, impl_->database->prepare(
                                  "SELECT count(*), min(created), max(created) FROM replies"));
  STAREVAL_TRY(const bool found, row.step());
  CacheStats stats;
  stats.bytes = bytes_on_disk(*impl_->database);
  if (!found) return stats;
  stats.rows = static_cast<std::uint64_t>(row.integer(0));
  stats.oldest = row.integer(1);
  stats.newest = row.integer(2);
  return stats;
}

Result<std::vector<std::string>> ResponseCache::verify() {
  std::vector<std::string> faults;
  STAREVAL_TRY(Statement check, impl_->database->prepare("PRAGMA quick_check"));
  for (;;) {
    STAREVAL_TRY(const bool row, check.step());
    if (!row) break;
    if (check.text(0) != "ok") faults.push_back("file: " + check.text(0));
  }
  const auto read = for_each([&](const CacheRow& row) -> Result<void> {
    const std::string fault = fault_of(row);
    if (!fault.empty())
      faults.push_back(fmt::format("{}, sample {}: {}", row.key, row.question.sample, fault));
    return {};
  });
  if (read.has_error()) faults.push_back(read.error().message);
  return faults;
}

Result<CacheFreed> ResponseCache::collect(const CacheGarbage& garbage) {
  const Database& database = *impl_->database;
  STAREVAL_TRY(const CacheStats before, stats());
  STAREVAL_CHECK(delete_rows(database, garbage));
  if (garbage.most_bytes) STAREVAL_CHECK(shrink_to(database, *garbage.most_bytes));
  else STAREVAL_CHECK(shrink(database));
  STAREVAL_TRY(const CacheStats after, stats());
  CacheFreed freed;
  freed.rows = before.rows - std::min(before.rows, after.rows);
  freed.bytes = before.bytes - std::min(before.bytes, after.bytes);
  return freed;
}

}  // namespace stareval
