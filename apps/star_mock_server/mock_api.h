// A wire format that the mock server speaks: what a request asks, and the bytes of an answer.
// Thread  pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "apps/star_mock_server/mock_script.h"
#include "libstareval/base/result.h"

namespace stareval {

struct MockQuestion {
  std::string model;
  std::string prompt;                 // the texts of all messages, a line feed between
  std::vector<std::string> pictures;  // digests of the decoded bytes, in their order
};

struct MockApi {
  std::string_view name;                     // "chat"
  bool (*matches)(std::string_view target);  // path and query of a POST

  // bad_data where the body is not a request of this format, a picture is not base64, or the answer
  // is wanted as a stream.
  Result<MockQuestion> (*parse)(std::string_view target, std::string_view body);

  // The body of the answer that a step describes; of a step whose status is 200.
  std::string (*answer)(const MockStep& step, const std::string& id, const std::string& model);

  // The body of an error, as the vendor shapes it.
  std::string (*error)(int status, std::string_view message);
};

}  // namespace stareval
