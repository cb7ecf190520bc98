// Why a request is not in the cache: the fields in which it differs from what is stored.
// Thread  pure functions.
#pragma once

#include <string>
#include <vector>

#include "libstareval/base/json.h"
#include "libstareval/run/cache.h"

namespace stareval {

// {"backend", "identity", "model", "messages", "decoding", "repeat"}: all that decides the reply.
// bad_data where a text of the question is not JSON.
[[nodiscard]] Result<json::object> deciding_fields(const CacheQuestion& question);

// One line for each field that differs, by its path; `stored` and `asked` as deciding_fields.
//     decoding.temperature: stored 0, now 0.5
//     messages[0].parts[1].text: differs from byte 812 on: stored "...", now "..."
//     decoding.top_p: stored nothing, now 0.9
// Empty where nothing differs.
[[nodiscard]] std::vector<std::string> differences(const json::value& stored,
                                                   const json::value& asked);

struct NearestRow {
  CacheRow row;
  std::vector<std::string> differences;
};

// Of `rows`, the one with the fewest differences, the first of equals. Rows that cannot be read are
// passed over; nothing where none can be.
[[nodiscard]] std::optional<NearestRow> nearest_row(const std::vector<CacheRow>& rows,
                                                    const CacheQuestion& question);

}  // namespace stareval
