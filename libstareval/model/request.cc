#include "libstareval/model/request.h"

#include <string_view>

#include "libstareval/base/digest.h"
#include "libstareval/base/file.h"

namespace stareval {
namespace {

struct PartWriter {
  json::object operator()(const TextPart& part) const { return {{"text", part.text}}; }
  json::object operator()(const ImagePart& part) const { return {{"image", part.digest}}; }
};

json::array messages_to_json(const std::vector<Message>& messages) {
  json::array items;
  for (const Message& message : messages) {
    json::array parts;
    for (const auto& part : message.parts) parts.push_back(std::visit(PartWriter{}, part));
    items.push_back(json::object{{"role", message.role}, {"parts", std::move(parts)}});
  }
  return items;
}

}  // namespace

json::object to_json_object(const Decoding& decoding) {
  json::object object{{"max_tokens", decoding.max_tokens}};
  if (decoding.temperature) object["temperature"] = *decoding.temperature;
  if (decoding.top_p) object["top_p"] = *decoding.top_p;
  if (decoding.logprobs > 0) object["logprobs"] = decoding.logprobs;
  if (!decoding.extra.empty()) object["extra"] = decoding.extra;
  return object;
}

json::object to_json_object(const Request& request) {
  return {{"model", request.model},
          {"messages", messages_to_json(request.messages)},
          {"decoding", to_json_object(request.decoding)},
          {"repeat", request.repeat}};
}

std::string request_digest(const Request& request) {
  return sha256(to_canonical_json(to_json_object(request)));
}

Error picture_changed(const ImagePart& image, const std::string& found) {
  return make_error(ErrorCode::mismatch,
                    "picture {}: expected the digest {} of the dataset, found {}: the file was "
                    "changed; restore it, or make the dataset anew",
                    image.path.string(), image.digest, found);
}

Result<std::string> read_image(const ImagePart& image) {
  STAREVAL_TRY(std::string bytes, read_file(image.path));
  if (const std::string found = sha256(bytes); found != image.digest)
    return picture_changed(image, found);
  return bytes;
}

Result<std::string> media_type(std::string_view bytes, const std::string& where) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return "image/png";
  if (bytes.starts_with("\xff\xd8\xff"sv)) return "image/jpeg";
  if (bytes.starts_with("GIF8"sv)) return "image/gif";
  if (bytes.size() >= 12 && bytes.starts_with("RIFF"sv) && bytes.substr(8, 4) == "WEBP"sv)
    return "image/webp";
  return make_error(ErrorCode::bad_data, "picture {}: expected PNG, JPEG, GIF or WebP, found {}",
                    where, bytes.empty() ? "an empty file" : "other bytes");
}

}  // namespace stareval
