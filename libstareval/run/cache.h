// Replies kept across runs, in one SQLite file, by all that decides a reply: backend and endpoint,
// model, messages with the digests of their pictures, decoding, repeat. Two requests share a reply
// exactly where all of these are equal.
// The cache only saves money and time: the journal of a run holds its replies whether or not the
// cache does.
// Format   PRAGMA user_version kCacheVersion; one table "replies", texts in canonical JSON.
// Crash    write-ahead log: what was stored before the last commits survives a kill.
// Thread   a ResponseCache is for one thread at a time; threads and processes each open their own.
// Source   https://www.sqlite.org/wal.html
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libstareval/base/json.h"
#include "libstareval/base/result.h"
#include "libstareval/model/reply.h"
#include "libstareval/model/request.h"

namespace stareval {

inline constexpr int kCacheVersion = 1;

// What a reply is kept under. The sample and the model stand there for people; of the two, only the
// model is part of the key, as a field of the request.
struct CacheQuestion {
  std::string sample;
  std::string model;
  std::string backend;   // the name in the registry
  std::string identity;  // Backend::identity(), canonical JSON
  std::string request;   // to_json_object(const Request&), canonical JSON
};

[[nodiscard]] CacheQuestion cache_question(const std::string& backend, const std::string& identity,
                                           const Request& request);

// "sha256:..." of the canonical JSON {"backend", "identity", "request"}.
[[nodiscard]] std::string cache_key(const CacheQuestion& question);

struct CacheRow {
  std::string key;
  CacheQuestion question;
  std::int64_t created = 0;  // seconds since 1970
  std::string reply;         // to_json_object(const Reply&), canonical JSON
  std::string reply_digest;  // sha256 of `reply`
};

[[nodiscard]] CacheRow cache_row(CacheQuestion question, const Reply& reply, std::int64_t created);

struct CacheStats {
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;  // of the file and its log
  std::int64_t oldest = 0;  // created, seconds since 1970; 0 where there is no row
  std::int64_t newest = 0;
};

// What to delete; with nothing set, only space that earlier deletions left is given back.
struct CacheGarbage {
  std::optional<std::int64_t> created_before{};  // seconds since 1970
  std::optional<std::uint64_t> most_bytes{};     // of the file: the oldest rows go first
  bool all = false;
};

struct CacheFreed {
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;
};

class ResponseCache {
 public:
  static constexpr std::chrono::milliseconds kPatience{5000};  // with another process's lock

  // Make the file (mode 0600) and its folder (0700) where they are missing.
  // Errors  io: cannot be made or opened. bad_data: not a database. mismatch: of another version of
  //         this format, or the database of another program.
  [[nodiscard]] static Result<ResponseCache> open(const std::filesystem::path& path,
                                                  std::chrono::milliseconds patience = kPatience);

  // Make nothing; io where there is no such file.
  [[nodiscard]] static Result<ResponseCache> open_existing(
      const std::filesystem::path& path, std::chrono::milliseconds patience = kPatience);

  ResponseCache(ResponseCache&& other) noexcept;
  ResponseCache& operator=(ResponseCache&& other) noexcept;
  ~ResponseCache();

  // The reply under this key, as it was stored. Nothing where there is none, and where its row is
  // damaged: the next store() mends it.
  [[nodiscard]] Result<std::optional<Reply>> find(const std::string& key);

  // All rows or none, in one transaction; a row of the same key is replaced.
  [[nodiscard]] Result<void> store(std::span<const CacheRow> rows);

  // Each row, oldest first; the first error of `take` ends it. Memory: one row.
  [[nodiscard]] Result<void> for_each(const std::function<Result<void>(const CacheRow&)>& take);

  // The rows that were stored for a sample of this id, newest first.
  [[nodiscard]] Result<std::vector<CacheRow>> rows_of(const std::string& sample);

  [[nodiscard]] Result<CacheStats> stats();

  // What is wrong with the file and its rows, one line each; empty where all is well.
  [[nodiscard]] Result<std::vector<std::string>> verify();

  // Delete, and give the space back to the file system.
  // Errors  io: another process is using the cache, or the disk has no room for the shrunk copy.
  [[nodiscard]] Result<CacheFreed> collect(const CacheGarbage& garbage);

 private:
  struct Impl;
  explicit ResponseCache(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace stareval
