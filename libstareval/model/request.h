// What is asked of a model: messages of text and pictures, and how to decode.
// Its canonical bytes identify it: they hold the text, the digests of the pictures and the
// decoding, not the paths, the sample or the time.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "libstareval/base/json.h"
#include "libstareval/base/result.h"

namespace stareval {

struct TextPart {
  std::string text;
};

struct ImagePart {
  std::filesystem::path path;  // of the file, whose bytes are sent as they are
  std::string digest;          // "sha256:..." that the bytes must have
};

struct Message {
  std::string role;  // "system", "user", "assistant"
  std::vector<std::variant<TextPart, ImagePart>> parts;
};

struct Decoding {
  std::optional<double> temperature = 0.0;  // nothing: the parameter is not sent
  std::optional<double> top_p;
  int max_tokens = 4096;  // of the completion, reasoning included
  int logprobs = 0;       // log-probabilities of the tokens, with so many of the likeliest (to 20)
  json::object extra{};   // further fields of the request's body, as the provider names them
};

struct Request {
  std::string sample_id;  // for logs, scripts of the mock server and baselines; not identity
  int repeat = 0;         // 0, 1, ... of the same question; makes repeats different requests
  std::string model;
  std::vector<Message> messages;
  Decoding decoding;
};

[[nodiscard]] json::object to_json_object(const Decoding& decoding);

// All that identifies a request: {"model", "messages", "decoding", "repeat"}; pictures by digest.
[[nodiscard]] json::object to_json_object(const Request& request);

// Of the canonical JSON of the above: equal digests, equal requests.
[[nodiscard]] std::string request_digest(const Request& request);

// The bytes of a picture, held against its digest.
// Errors  io: cannot be read. mismatch: the file was changed after the dataset was made.
[[nodiscard]] Result<std::string> read_image(const ImagePart& image);

// The error of a picture whose bytes have the digest `found`.
[[nodiscard]] Error picture_changed(const ImagePart& image, const std::string& found);

// "image/png", "image/jpeg", "image/webp", "image/gif" by the first bytes; bad_data for others.
[[nodiscard]] Result<std::string> media_type(std::string_view bytes, const std::string& where);

}  // namespace stareval
