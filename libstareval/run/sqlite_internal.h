// One connection to a SQLite file, with its failures as Errors that say what to do.
// Thread  a connection and its statements are for one thread at a time.
#pragma once

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "libstareval/base/result.h"

namespace stareval::sqlite {

class Database;

// A prepared statement. Texts that are bound must outlive the steps that use them.
class Statement {
 public:
  void bind(int place, std::string_view text);  // places count from 1
  void bind(int place, std::int64_t number);

  // True: a row can be read. False: no further row.
  [[nodiscard]] Result<bool> step();

  // Step to the end, and make ready for other values.
  [[nodiscard]] Result<void> run();
  void reset();

  [[nodiscard]] std::string text(int column) const;  // columns count from 0
  [[nodiscard]] std::int64_t integer(int column) const;

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  Statement(const Database& database, sqlite3_stmt* statement)
      : database_(&database), statement_(statement) {}

  const Database* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class Database {
 public:
  // Waits at most `patience` where another process holds a lock. The file must exist.
  // Falls back to reading only where the file cannot be written.
  [[nodiscard]] static Result<std::unique_ptr<Database>> open(const std::filesystem::path& path,
                                                              std::chrono::milliseconds patience);

  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  [[nodiscard]] Result<Statement> prepare(std::string_view sql) const;
  [[nodiscard]] Result<void> execute(const std::string& sql) const;

  // The first column of the first row.
  [[nodiscard]] Result<std::int64_t> integer(std::string_view sql) const;
  [[nodiscard]] Result<std::string> text(std::string_view sql) const;

  [[nodiscard]] bool read_only() const { return sqlite3_db_readonly(handle_.get(), "main") == 1; }
  [[nodiscard]] bool busy() const { return sqlite3_errcode(handle_.get()) == SQLITE_BUSY; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  // The last failure. bad_data: the file is no database, or damaged. io: all others.
  [[nodiscard]] Error error() const;

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  Database(std::filesystem::path path, sqlite3* handle) : path_(std::move(path)), handle_(handle) {}

  std::filesystem::path path_;
  std::unique_ptr<sqlite3, Close> handle_;
};

// BEGIN IMMEDIATE when it is made; ROLLBACK when it goes without commit().
class Transaction {
 public:
  [[nodiscard]] static Result<Transaction> begin(const Database& database);
  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  [[nodiscard]] Result<void> commit();

 private:
  explicit Transaction(const Database& database) : database_(&database) {}

  const Database* database_;  // nullptr once it is over, or moved from
};

}  // namespace stareval::sqlite
