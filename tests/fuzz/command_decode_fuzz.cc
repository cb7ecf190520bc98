// A line of a program that the backend "command" runs.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "backends/command/command_codec.h"
#include "libstareval/base/text.h"

namespace {

bool is_one_line(const std::string& error) {
  return !error.empty() && stareval::is_valid_utf8(error) && error.find('\n') == std::string::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stareval;
  const auto answer = command::decode({reinterpret_cast<const char*>(data), size});
  if (answer.has_error()) {
    if (!is_one_line(answer.error().message)) std::abort();
    return 0;
  }
  const Reply& reply = answer->reply;
  if ((reply.outcome == Outcome::api_error) != (reply.failure != Failure::none)) std::abort();
  if (reply.outcome == Outcome::api_error && !is_one_line(reply.error)) std::abort();
  if (reply.usage.input_tokens < 0 || reply.usage.output_tokens < 0) std::abort();
  return 0;
}
