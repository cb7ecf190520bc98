#include "apps/star_mock_server/batch_store_internal.h"
#include "apps/star_mock_server/http_request.h"

namespace stareval {
namespace {

// The value of a header among the lines of a part.
std::string_view part_header(std::string_view head, std::string_view name) {
  while (!head.empty()) {
    const std::string_view line = head.substr(0, head.find("\r\n"));
    head.remove_prefix(std::min(head.size(), line.size() + 2));
    const auto colon = line.find(':');
    if (colon != std::string_view::npos && same_text(line.substr(0, colon), name))
      return line.substr(colon + 1);
  }
  return {};
}

Error no_form(std::string_view what) {
  return make_error(ErrorCode::bad_data, "request: expected multipart/form-data with {}", what);
}

}  // namespace

Result<std::map<std::string, FormPart>> read_form(std::string_view content_type,
                                                  std::string_view body) {
  const std::string boundary = header_parameter(content_type, "boundary");
  if (!content_type.starts_with("multipart/form-data") || boundary.empty())
    return no_form("a boundary");
  const std::string first = "--" + boundary, mark = "\r\n--" + boundary;
  if (!body.starts_with(first)) return no_form("its boundary at the beginning");
  body.remove_prefix(first.size());
  std::map<std::string, FormPart> parts;
  while (!body.starts_with("--")) {
    if (!body.starts_with("\r\n")) return no_form("a line end behind each boundary");
    // The head of a part may be empty: its end is then the line end of the boundary.
    const auto end_of_head = body.find("\r\n\r\n");
    const auto end = body.find(mark, 2);
    if (end_of_head == std::string_view::npos || end == std::string_view::npos ||
        end_of_head + 4 > end)
      return no_form("whole parts");
    const std::string_view disposition =
        part_header(body.substr(2, end_of_head - 2 + 2), "content-disposition");
    parts[header_parameter(disposition, "name")] = {
        header_parameter(disposition, "filename"),
        std::string(body.substr(end_of_head + 4, end - end_of_head - 4))};
    body.remove_prefix(end + mark.size());
  }
  return parts;
}

}  // namespace stareval
