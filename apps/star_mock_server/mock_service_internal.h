// What the mock server answers to a request: which format it is in, which step of the script it
// gets, what is remembered of it.
// Thread  handle() on the server's thread; log() from any.
#pragma once

#include <string>

#include "apps/star_mock_server/batch_store_internal.h"
#include "apps/star_mock_server/connection_internal.h"
#include "apps/star_mock_server/mock_api.h"
#include "apps/star_mock_server/request_log_internal.h"

namespace stareval {

class MockService {
 public:
  MockService(MockScript script, MockObserver observer, bool inspect);
  MockService(const MockService&) = delete;
  MockService& operator=(const MockService&) = delete;

  // All but Handled::held.
  [[nodiscard]] Handled handle(const HttpRequestParser& request, std::uint64_t connection);

  // Which bodies handle() looks into.
  [[nodiscard]] HttpRequestParser::KeepsBody keeps_body() const;

  [[nodiscard]] RequestLog& log() { return log_; }
  [[nodiscard]] const RequestLog& log() const { return log_; }

 private:
  Handled complete(const HttpRequestParser& request, const MockApi& api, std::uint64_t connection);

  BatchReply answer_line(const BatchLine& line);
  MockStep admit(MockRequest& entry);

  const MockScript script_;
  const bool inspect_;
  RequestLog log_;
  BatchStore batches_;
};

}  // namespace stareval
