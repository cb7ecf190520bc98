// Rows and files of a response cache for tests: made, and damaged behind its back.
#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <stdexcept>
#include <string>

#include "libstareval/run/cache.h"
#include "tests/support/backend_probe.h"

namespace stareval::testing {

inline CacheQuestion question_about(const Request& request,
                                    const std::string& identity = R"({"endpoint":"https://e"})") {
  return cache_question("openai", identity, request);
}

inline CacheRow row_of(const std::string& sample, const std::string& text,
                       std::int64_t created = 1000) {
  Request request = request_for(sample);
  request.messages[0].parts.emplace_back(TextPart{"about " + sample});
  return cache_row(question_about(request), answered_reply(text), created);
}

// Any SQL, as another program would run it on the file.
inline void run_sql(const std::filesystem::path& path, const std::string& sql) {
  sqlite3* handle = nullptr;
  char* error = nullptr;
  sqlite3_open(path.c_str(), &handle);
  sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, &error);
  const std::string text = error == nullptr ? "" : error;
  sqlite3_free(error);
  sqlite3_close(handle);
  if (!text.empty()) throw std::runtime_error(sql + ": " + text);
}

}  // namespace stareval::testing
