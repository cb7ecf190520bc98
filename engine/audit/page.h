// An audit as text for a terminal, as a markdown page, and as JSON (stareval.audit/1).
// Thread  pure functions.
#pragma once

#include <string>
#include <vector>

#include "engine/audit/audit.h"
#include "libstareval/base/json.h"

namespace stareval::engine {

// A table whose columns are as wide as their widest cell; numbers stand to the right.
struct Column {
  std::string title;
  bool right = false;
};
struct PageTable {
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;
};

// One part of the page: a heading, what it says, and a table; each may be empty.
struct Section {
  std::string heading;
  std::vector<std::string> before;  // lines
  PageTable table;
  std::vector<std::string> after;  // lines
};

// What both forms say, in order.
[[nodiscard]] std::vector<Section> sections_of(const Audit& audit);

[[nodiscard]] std::string to_text(const Audit& audit);
[[nodiscard]] std::string to_markdown(const Audit& audit);
[[nodiscard]] json::object to_json_object(const Audit& audit);  // docs/formats.md

// Names come from files: control characters become "?", and a long text is cut at `most` bytes,
// between characters.
[[nodiscard]] std::string one_line(std::string_view text, std::size_t most = 160);

}  // namespace stareval::engine
