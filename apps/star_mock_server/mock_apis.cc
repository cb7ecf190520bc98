#include "apps/star_mock_server/mock_apis.h"

#include <array>

#include "apps/star_mock_server/chat_api.h"
#include "apps/star_mock_server/gemini_api.h"
#include "apps/star_mock_server/messages_api.h"
#include "apps/star_mock_server/ollama_api.h"
#include "apps/star_mock_server/responses_api.h"

namespace stareval {

// The list of the formats: a new one is added here, the first that matches answers.
std::span<const MockApi> mock_apis() {
  static const std::array apis{chat_api(), responses_api(), messages_api(), gemini_api(),
                               ollama_api()};
  return apis;
}

const MockApi* find_api(std::string_view target) {
  for (const MockApi& api : mock_apis())
    if (api.matches(target)) return &api;
  return nullptr;
}

std::string_view path_of(std::string_view target) { return target.substr(0, target.find('?')); }

}  // namespace stareval
