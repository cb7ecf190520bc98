#include "engine/graph/json_events.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <string>

#include "libstareval/base/text.h"

namespace stareval::engine {
namespace {

namespace bj = boost::json;

// The interface that bj::basic_parser asks for. Strings come in parts where they hold escapes.
class Handler {
 public:
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);

  explicit Handler(JsonEvents& events) : events_(events) {}

  bool on_document_begin(bj::error_code&) { return true; }
  bool on_document_end(bj::error_code&) { return true; }
  bool on_object_begin(bj::error_code&) { return open(true); }
  bool on_object_end(std::size_t, bj::error_code&) { return close(); }
  bool on_array_begin(bj::error_code&) { return open(false); }
  bool on_array_end(std::size_t, bj::error_code&) { return close(); }

  bool on_key_part(bj::string_view part, std::size_t, bj::error_code&) { return add(part); }
  bool on_key(bj::string_view part, std::size_t, bj::error_code&) {
    events_.on_key(depth_, whole(part));
    parts_.clear();
    return true;
  }
  bool on_string_part(bj::string_view part, std::size_t, bj::error_code&) { return add(part); }
  bool on_string(bj::string_view part, std::size_t, bj::error_code&) {
    events_.on_text(depth_, whole(part));
    parts_.clear();
    return true;
  }

  bool on_number_part(bj::string_view, bj::error_code&) { return true; }
  bool on_int64(std::int64_t, bj::string_view, bj::error_code&) { return other(); }
  bool on_uint64(std::uint64_t, bj::string_view, bj::error_code&) { return other(); }
  bool on_double(double, bj::string_view, bj::error_code&) { return other(); }
  bool on_bool(bool, bj::error_code&) { return other(); }
  bool on_null(bj::error_code&) { return other(); }
  bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
  bool on_comment(bj::string_view, bj::error_code&) { return true; }

 private:
  bool open(bool is_object) {
    events_.on_open(depth_++, is_object);
    return true;
  }
  bool close() {
    events_.on_close(--depth_);
    return true;
  }
  bool other() {
    events_.on_other(depth_);
    return true;
  }
  bool add(std::string_view part) {
    parts_ += part;
    return true;
  }
  std::string_view whole(std::string_view last) {
    if (parts_.empty()) return last;
    parts_ += last;
    return parts_;
  }

  JsonEvents& events_;
  std::size_t depth_ = 0;
  std::string parts_;
};

Error not_json(const SourceText& file, std::string_view text, std::size_t at,
               const std::string& reason) {
  const auto line =
      1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  return make_error(ErrorCode::bad_data,
                    "{}:{}: expected JSON, found {} at byte {}; the file may be cut off", file.path,
                    line, reason, at);
}

}  // namespace

Result<void> parse_json_events(const SourceText& file, JsonEvents& events) {
  std::string_view text = file.text;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  bj::parse_options options;
  options.max_depth = 32;
  options.allow_invalid_utf8 = true;
  bj::basic_parser<Handler> parser(options, events);
  bj::error_code failure;
  const std::size_t end = parser.write_some(false, text.data(), text.size(), failure);
  if (failure) return not_json(file, text, end, failure.message());
  if (!trim(text.substr(end)).empty()) return not_json(file, text, end, "more text");
  return {};
}

}  // namespace stareval::engine
