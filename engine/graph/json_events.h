// JSON read as a stream of events, for files that are too large for a tree of values.
// Thread  for one thread.
#pragma once

#include <cstddef>
#include <string_view>

#include "engine/graph/source_text.h"
#include "libstareval/base/result.h"

namespace stareval::engine {

// What is met, in order. `depth` is how many objects and arrays stand around it: the members of the
// outermost object have depth 1. A string lives until the next event.
class JsonEvents {
 public:
  virtual ~JsonEvents() = default;
  virtual void on_open(std::size_t depth, bool is_object) = 0;  // an object or an array starts
  virtual void on_close(std::size_t depth) = 0;                 // and ends; the same depth
  virtual void on_key(std::size_t depth, std::string_view key) = 0;
  virtual void on_text(std::size_t depth, std::string_view text) = 0;
  virtual void on_other(std::size_t depth) = 0;  // a number, a boolean, a null
};

// Errors: bad_data with file, line and byte, where the text is not JSON, or nested deeper than 32
// levels. Bytes that are not UTF-8 are passed on as they are. Cost: linear; no memory besides the
// longest string with escapes.
[[nodiscard]] Result<void> parse_json_events(const SourceText& file, JsonEvents& events);

}  // namespace stareval::engine
