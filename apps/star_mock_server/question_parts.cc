#include "apps/star_mock_server/question_parts.h"

#include <algorithm>
#include <array>

#include "libstareval/base/base64.h"
#include "libstareval/base/digest.h"

namespace stareval {

void add_text(MockQuestion& question, std::string_view text) {
  if (!question.prompt.empty()) question.prompt += '\n';
  question.prompt += text;
}

Result<void> add_base64_picture(MockQuestion& question, std::string_view base64) {
  if (base64.empty()) return make_error(ErrorCode::bad_data, "expected a picture in base64");
  STAREVAL_TRY(const std::string bytes, base64_decode(base64));
  question.pictures.push_back(sha256(bytes));
  return {};
}

Result<void> add_data_url_picture(MockQuestion& question, std::string_view url) {
  constexpr std::string_view kMark = ";base64,";
  const auto mark = url.find(kMark);
  if (!url.starts_with("data:") || mark == std::string_view::npos)
    return make_error(ErrorCode::bad_data, "expected a picture as data:image/...;base64,...");
  STAREVAL_CHECK(check_media_type(url.substr(5, mark - 5)));
  return add_base64_picture(question, url.substr(mark + kMark.size()));
}

Result<void> check_media_type(std::string_view type) {
  constexpr std::array<std::string_view, 4> kTypes{"image/png", "image/jpeg", "image/gif",
                                                   "image/webp"};
  if (std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end()) return {};
  return make_error(ErrorCode::bad_data,
                    "expected image/png, image/jpeg, image/gif or image/webp, found \"{}\"", type);
}

Result<void> check_fields(const json::object& object, std::string_view where,
                          std::initializer_list<std::string_view> known) {
  for (const auto& field : object)
    if (std::find(known.begin(), known.end(), std::string_view(field.key())) == known.end())
      return make_error(ErrorCode::bad_data, "{}: unknown field \"{}\"", where,
                        std::string_view(field.key()));
  return {};
}

Result<void> check_range(const json::object& object, std::string_view field, double low,
                         double high) {
  const json::value* value = object.if_contains(field);
  if (value == nullptr || value->is_null()) return {};
  const double number = value->is_double()  ? value->get_double()
                        : value->is_int64() ? static_cast<double>(value->get_int64())
                                            : low - 1;
  if (number >= low && number <= high) return {};
  return make_error(ErrorCode::bad_data, "{}: expected a number from {} to {}", field, low, high);
}

}  // namespace stareval
