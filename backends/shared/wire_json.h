// JSON of the wire: bodies written field by field, so that pictures are not held in a document; and
// fields of hostile replies read without a throw.
// Thread  pure functions; a FieldWriter is for one thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "backends/shared/http_body.h"
#include "libstareval/base/json.h"
#include "libstareval/model/reply.h"

namespace stareval {

// ---- requests ----

[[nodiscard]] std::string json_string(std::string_view text);  // as a JSON string

// `base` with the fields of `extra`: objects merge, of anything else that of `extra` wins.
[[nodiscard]] json::object merged(json::object base, const json::object& extra);

// Writes a JSON object. What `extra` has beside the fields written here stands at its end; where
// both have a field, its value is merged() with theirs.
//     FieldWriter fields(body, request.decoding.extra);
//     fields.add("model", request.model);
//     if (fields.begin("messages")) ...       // false: theirs stands there already
//     fields.finish();
class FieldWriter {
 public:
  // Both must outlive the writer.
  FieldWriter(HttpBody& out, const json::object& extra);

  void add(std::string_view key, json::value value);

  // Write the key alone, for a value that the caller writes into the body.
  [[nodiscard]] bool begin(std::string_view key);

  void finish();

 private:
  void write_key(std::string_view key);

  HttpBody& out_;
  json::object left_;  // of `extra`, not written yet
  bool first_ = true;
};

// The messages of a request with the pictures that stand in them, handed out in their order.
class PictureQueue {
 public:
  explicit PictureQueue(std::span<const PictureFile> pictures) : left_(pictures) {}

  [[nodiscard]] const PictureFile& next() {
    const PictureFile& picture = left_.front();
    left_ = left_.subspan(1);
    return picture;
  }

 private:
  std::span<const PictureFile> left_;
};

// Calls write(item) for each, with commas between.
template <class Items, class Write>
void write_list(HttpBody& out, const Items& items, const Write& write) {
  out.add("[");
  bool first = true;
  for (const auto& item : items) {
    if (!first) out.add(",");
    first = false;
    write(item);
  }
  out.add("]");
}

// The text of a message that is one text, and no picture; nullptr for others.
[[nodiscard]] const std::string* only_text(const Message& message);

// ---- replies: an empty value where a field is missing, or of another kind ----

[[nodiscard]] std::string text_at(const json::object& object, std::string_view key);
[[nodiscard]] const json::object* object_at(const json::object& object, std::string_view key);
[[nodiscard]] const json::array* array_at(const json::object& object, std::string_view key);
[[nodiscard]] std::int64_t count_at(const json::object& object, std::string_view key);  // >= 0
[[nodiscard]] double number_at(const json::object& object, std::string_view key);
[[nodiscard]] bool flag_at(const json::object& object, std::string_view key);

// Those elements of a list that are objects; none where there is no list.
[[nodiscard]] std::vector<const json::object*> objects_at(const json::object& object,
                                                          std::string_view key);

// [{"token", "logprob", "top_logprobs": [{"token", "logprob"}]}], as OpenAI and Ollama have it.
// A log-probability above 0, which rounding makes, is 0.
[[nodiscard]] std::vector<TokenLogprob> token_logprobs_at(const json::object& object,
                                                          std::string_view key);

}  // namespace stareval
