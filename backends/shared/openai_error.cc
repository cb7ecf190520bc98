#include "backends/shared/openai_error.h"

#include <string>
#include <utility>

#include "backends/shared/wire_json.h"

namespace stareval {
namespace {

// A word, or a number as text.
std::string code_of(const json::object& error) {
  const json::value* code = error.if_contains("code");
  return code != nullptr && code->is_int64() ? std::to_string(code->get_int64())
                                             : text_at(error, "code");
}

bool is_error_status(const std::string& code) {
  return code.size() == 3 && code.find_first_not_of("0123456789") == std::string::npos &&
         code >= "400" && code < "600";
}

ServerError make(std::string message, const std::string& code, int otherwise) {
  ServerError error;
  error.message = std::move(message);
  error.status = otherwise;
  if (otherwise != 0 && is_error_status(code)) error.status = std::stoi(code);
  error.refused = code == "content_filter";
  error.permanent = code == "insufficient_quota";
  error.word = code;
  return error;
}

}  // namespace

std::optional<ServerError> stated_error(const json::object& holder, int otherwise) {
  if (std::string text = text_at(holder, "error"); !text.empty())
    return make(std::move(text), code_of(holder), otherwise);
  const json::object* error = object_at(holder, "error");
  if (error == nullptr || error->empty()) return std::nullopt;
  return make(text_at(*error, "message"), code_of(*error), otherwise);
}

std::optional<ServerError> any_error(const json::object& body, int otherwise) {
  if (auto error = stated_error(body, otherwise)) return error;
  for (const char* key : {"message", "detail"})
    if (std::string text = text_at(body, key); !text.empty())
      return make(std::move(text), code_of(body), otherwise);
  return std::nullopt;
}

}  // namespace stareval
