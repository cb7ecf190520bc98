// A reply as JSON: the part of a line of the journal that says how an attempt ended, and what the
// response cache keeps.
//     {"outcome", "text", "finish_reason", "input_tokens", "output_tokens", "latency_ms", ...}
// Thread  pure functions.
#pragma once

#include <string>

#include "libstareval/base/json.h"
#include "libstareval/base/result.h"
#include "libstareval/model/reply.h"

namespace stareval {

// What is not valid UTF-8 becomes U+FFFD; Reply::limits are not written.
[[nodiscard]] json::object to_json_object(const Reply& reply);

// `where` stands in the error. bad_data where a field is missing or of another kind.
[[nodiscard]] Result<Reply> reply_from_json(const json::object& object, const std::string& where);

}  // namespace stareval
