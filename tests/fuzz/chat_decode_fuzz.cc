// A response of a chat completions server: the first byte picks the status, the rest is the body.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "backends/shared/chat_codec.h"
#include "libstareval/base/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stareval;
  if (size == 0) return 0;
  constexpr int kStatuses[] = {200, 400, 401, 408, 429, 500, 503};
  HttpResponse response;
  response.status = kStatuses[data[0] % std::size(kStatuses)];
  response.body.assign(reinterpret_cast<const char*>(data + 1), size - 1);
  response.headers = {{"retry-after", response.body.substr(0, 40)}, {"x-request-id", "r"}};
  const Reply reply = chat::decode(response, Secret("canary-key"));
  if (reply.outcome == Outcome::api_error && reply.error.empty()) std::abort();
  if (!is_valid_utf8(reply.error) || reply.error.find('\n') != std::string::npos) std::abort();
  if (reply.error.find("canary-key") != std::string::npos) std::abort();
  return 0;
}
