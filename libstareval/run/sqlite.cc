#include <utility>

#include "libstareval/run/sqlite_internal.h"

namespace stareval::sqlite {
namespace {

// What to do about a failure, by SQLite's primary code.
std::string_view advice(int code) {
  switch (code) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return "delete the file, or name another with --cache; run folders keep their replies";
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return "another process holds it; try again, or name another with --cache";
    case SQLITE_FULL: return "free some space, or shrink it with `star-eval cache gc`";
    default: return "check the rights of the file and its folder, or name another with --cache";
  }
}

}  // namespace

void Statement::bind(int place, std::string_view text) {
  sqlite3_bind_text64(statement_.get(), place, text.data(), text.size(), SQLITE_STATIC,
                      SQLITE_UTF8);
}

void Statement::bind(int place, std::int64_t number) {
  sqlite3_bind_int64(statement_.get(), place, number);
}

Result<bool> Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return database_->error();
}

Result<void> Statement::run() {
  for (;;) {
    const auto row = step();
    if (row.has_value() && *row) continue;
    reset();
    if (row.has_error()) return row.error();
    return {};
  }
}

void Statement::reset() { sqlite3_reset(statement_.get()); }

std::string Statement::text(int column) const {
  const auto* bytes = sqlite3_column_text(statement_.get(), column);
  if (bytes == nullptr) return {};
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& path,
                                                 std::chrono::milliseconds patience) {
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  std::unique_ptr<Database> database(new Database(path, handle));
  if (code != SQLITE_OK) return database->error();
  sqlite3_busy_timeout(handle, static_cast<int>(patience.count()));
  return database;
}

Result<Statement> Database::prepare(std::string_view sql) const {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v2(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                      &statement, nullptr);
  if (code != SQLITE_OK) return error();
  return Statement(*this, statement);
}

Result<void> Database::execute(const std::string& sql) const {
  if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    return error();
  return {};
}

Result<std::int64_t> Database::integer(std::string_view sql) const {
  STAREVAL_TRY(Statement statement, prepare(sql));
  STAREVAL_TRY(const bool row, statement.step());
  return row ? statement.integer(0) : 0;
}

Result<std::string> Database::text(std::string_view sql) const {
  STAREVAL_TRY(Statement statement, prepare(sql));
  STAREVAL_TRY(const bool row, statement.step());
  return row ? statement.text(0) : std::string();
}

Error Database::error() const {
  if (handle_ == nullptr)
    return make_error(ErrorCode::io, "cache {}: out of memory", path_.string());
  const int code = sqlite3_errcode(handle_.get()) & 0xFF;
  const bool damaged = code == SQLITE_NOTADB || code == SQLITE_CORRUPT;
  return make_error(damaged ? ErrorCode::bad_data : ErrorCode::io, "cache {}: {}; {}",
                    path_.string(), sqlite3_errmsg(handle_.get()), advice(code));
}

Result<Transaction> Transaction::begin(const Database& database) {
  STAREVAL_CHECK(database.execute("BEGIN IMMEDIATE"));
  return Transaction(database);
}

Transaction::~Transaction() {
  if (database_ != nullptr) (void)database_->execute("ROLLBACK");
}

Result<void> Transaction::commit() {
  STAREVAL_CHECK(database_->execute("COMMIT"));
  database_ = nullptr;
  return {};
}

}  // namespace stareval::sqlite
