#include "training/format.h"

#include <algorithm>
#include <array>

namespace stareval::training {
namespace {

json::array images_of(const Row& row) { return json::array(row.images.begin(), row.images.end()); }

json::object sharegpt_turn(std::string_view from, std::string_view value) {
  return {{"from", from}, {"value", value}};
}

json::object sharegpt_row(const Row& row) {
  json::array turns;
  if (!row.system.empty()) turns.push_back(sharegpt_turn("system", row.system));
  turns.push_back(sharegpt_turn("human", with_image_tokens(row)));
  turns.push_back(sharegpt_turn("gpt", row.assistant));
  return {{"conversations", std::move(turns)}, {"images", images_of(row)}};
}

json::object sharegpt_info(const std::string& file) {
  return {{"file_name", file},
          {"formatting", "sharegpt"},
          {"columns", json::object{{"messages", "conversations"}, {"images", "images"}}}};
}

json::object message(std::string_view role, std::string_view content) {
  return {{"role", role}, {"content", content}};
}

json::object swift_row(const Row& row) {
  json::array messages;
  if (!row.system.empty()) messages.push_back(message("system", row.system));
  messages.push_back(message("user", with_image_tokens(row)));
  messages.push_back(message("assistant", row.assistant));
  return {
      {"messages", std::move(messages)}, {"images", images_of(row)}, {"solution", row.solution}};
}

constexpr std::array<Format, 2> kFormats{
    {{"llama-factory", "sharegpt rows and dataset_info.json", sharegpt_row, sharegpt_info},
     {"ms-swift", "messages, images, and the gold answer as solution", swift_row, nullptr}}};

}  // namespace

std::span<const Format> formats() { return kFormats; }

Result<const Format*> find_format(std::string_view name) {
  const auto* format = std::find_if(kFormats.begin(), kFormats.end(),
                                    [&](const Format& f) { return f.name == name; });
  if (format != kFormats.end()) return format;
  std::string names;
  for (const Format& known : kFormats) names.append(names.empty() ? "" : ", ").append(known.name);
  return make_error(ErrorCode::usage, "--format: expected one of {}, found \"{}\"", names, name);
}

std::string with_image_tokens(const Row& row) {
  std::string text;
  for (std::size_t i = 0; i < row.images.size(); ++i) text += "<image>";
  return text + row.user;
}

}  // namespace stareval::training
