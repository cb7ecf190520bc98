// A request of the mock server: the first byte says where the bytes are cut into two reads and
// whether bodies are kept. Whole or cut, the outcome is the same, and what is taken is bounded.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "apps/star_mock_server/http_request.h"

namespace {

using stareval::HttpLimits;
using stareval::HttpRequestParser;

constexpr HttpLimits kLimits{.head_bytes = 256, .body_bytes = 512};

bool drops(std::string_view) { return false; }

void expect(bool holds) {
  if (!holds) std::abort();
}

void check(const HttpRequestParser& parser, bool keeps) {
  expect(!(parser.complete() && parser.failure() != 0));
  expect((parser.failure() == 0) == parser.failure_text().empty());
  expect(parser.body_bytes() <= kLimits.body_bytes);
  expect(parser.body().size() == (keeps ? parser.body_bytes() : 0));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const bool keeps = (data[0] & 1) != 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  const std::size_t cut = bytes.empty() ? 0 : (data[0] >> 1) % bytes.size();

  HttpRequestParser whole(keeps ? nullptr : drops, kLimits);
  const std::size_t taken = whole.feed(bytes);
  check(whole, keeps);
  const bool ended = whole.complete() || whole.failure() != 0;
  expect(ended || taken == bytes.size());

  HttpRequestParser parts(keeps ? nullptr : drops, kLimits);
  const std::size_t first = parts.feed(bytes.substr(0, cut));
  check(parts, keeps);
  (void)parts.feed(bytes.substr(first));
  check(parts, keeps);
  expect(parts.complete() == whole.complete());
  expect(parts.failure() == whole.failure());
  if (!whole.complete()) return 0;
  expect(parts.method() == whole.method() && parts.target() == whole.target());
  expect(parts.body() == whole.body() && parts.body_bytes() == whole.body_bytes());
  expect(parts.header("a") == whole.header("a"));

  const std::string media = stareval::header_parameter(whole.header("content-type"), "boundary");
  expect(media.size() <= bytes.size());
  whole.reset();
  (void)whole.feed(bytes.substr(taken));
  check(whole, keeps);
  return 0;
}
