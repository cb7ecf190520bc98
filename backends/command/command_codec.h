// The lines that are exchanged with a program: a request as one line of JSON, an answer as one.
//     {"id":"7","sample":"RC-1","repeat":0,"model":"m","messages":[{"role":"user","content":[
//       {"type":"image","media_type":"image/png","path":"/data/a.png"},
//       {"type":"text","text":"How many?"}]}],"temperature":0,"max_tokens":4096}
//     {"id":"7","text":"4","reasoning":"3 + 1","finish_reason":"stop",
//       "usage":{"input_tokens":812,"output_tokens":1}}
//     {"id":"7","error":"out of memory","retry":true}
// Thread  pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "libstareval/base/result.h"
#include "libstareval/model/reply.h"
#include "libstareval/model/request.h"

namespace stareval::command {

// A picture as it stands in a line: where it lies, or its bytes. One of the two is empty.
struct Picture {
  std::string media_type;
  std::string path;  // absolute
  std::string bytes;
};

// The line without its line feed. `pictures` are those of the image parts of all messages, in their
// order. Parameters that are not set are left out; Decoding::extra is the field "extra".
[[nodiscard]] std::string encode(const Request& request, const std::string& id,
                                 std::span<const Picture> pictures);

struct Answer {
  std::string id;
  Reply reply;  // latency not set
};

// Read a line of the program.
//   "error"                          -> api_error: permanent, or with "retry": true worth another
//   finish_reason "length"           -> truncated
//   "refusal" or "content_filter"    -> refused
//   any other, or none               -> answered, also with empty text
// Fields that are not known are passed over.
// Errors  bad_data: not a JSON object, no "id", neither "text" nor "error", a field of another
//         kind. The line is quoted, and what to do is said.
[[nodiscard]] Result<Answer> decode(std::string_view line);

// The start of what a program wrote, fit for an error of one line: valid UTF-8, no control
// characters, at most `most` bytes.
[[nodiscard]] std::string for_error(std::string_view text, std::size_t most = 200);

}  // namespace stareval::command
