#include "backends/shared/system_messages.h"

#include <algorithm>
#include <iterator>
#include <variant>

namespace stareval {
namespace {

bool holds_picture(const Message& message) {
  return std::any_of(message.parts.begin(), message.parts.end(),
                     [](const auto& part) { return std::holds_alternative<ImagePart>(part); });
}

}  // namespace

Result<void> check_roles(const Request& request, std::string_view backend) {
  for (const Message& message : request.messages) {
    const bool system = message.role == "system";
    if (!system && message.role != "user" && message.role != "assistant")
      return make_error(
          ErrorCode::usage,
          "the backend {}: expected the roles system, user and assistant, found \"{}\"", backend,
          message.role);
    if (system && holds_picture(message))
      return make_error(ErrorCode::usage,
                        "the backend {}: a system message holds a picture, and the API takes texts "
                        "alone there; put it into a user message",
                        backend);
  }
  return {};
}

std::vector<std::string> system_texts(const Request& request) {
  std::vector<std::string> texts;
  for (const Message& message : request.messages)
    if (message.role == "system")
      for (const auto& part : message.parts)
        if (const auto* text = std::get_if<TextPart>(&part)) texts.push_back(text->text);
  return texts;
}

std::vector<Message> without_system(const Request& request) {
  std::vector<Message> others;
  std::copy_if(request.messages.begin(), request.messages.end(), std::back_inserter(others),
               [](const Message& message) { return message.role != "system"; });
  return others;
}

}  // namespace stareval
