// The batch API of OpenAI, and of gateways that have it: files and batches below the base URL. Its
// files are also those of vLLM's `run-batch`.
// Source  https://platform.openai.com/docs/api-reference/batch,
// vllm/entrypoints/openai/run_batch.py Lines   {"custom_id", "method": "POST", "url":
// "/v1/chat/completions", "body": as it is sent live}.
//         Where the live path names the sample in a header (sample_header), custom_id is
//         "SAMPLE#ID", else the id alone.
// Thread  one at a time.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "backends/shared/http_backend.h"
#include "libstareval/base/json.h"
#include "libstareval/model/batch.h"

namespace stareval {

class OpenAiBatch : public BatchApi {
 public:
  // `connection` and `api` must outlive it. `endpoint`: "/v1/chat/completions". No connection is
  // opened before the first call.
  OpenAiBatch(const HttpConnection& connection, const HttpApi& api, std::string endpoint);

  [[nodiscard]] Result<std::string> line(const std::string& custom_id,
                                         const Request& request) const override;
  [[nodiscard]] std::optional<BatchedReply> read_line(std::string_view line) const override;
  [[nodiscard]] Result<std::string> upload(const std::filesystem::path& file) override;
  [[nodiscard]] Result<std::string> create(const std::string& file_id, const std::string& run,
                                           int part) override;
  [[nodiscard]] Result<std::optional<std::string>> find(const std::string& file_id) override;
  [[nodiscard]] Result<BatchStatus> status(const std::string& batch_id) override;
  [[nodiscard]] Result<void> download(const std::string& file_id,
                                      const std::filesystem::path& path) override;

 private:
  [[nodiscard]] HttpRequest request_to(std::string_view path) const;
  Result<std::string> send(const HttpRequest& request);  // gives the body
  Result<json::object> ask(const HttpRequest& request);
  Result<std::string> ask_for_id(const HttpRequest& request);
  [[nodiscard]] Error refusal(const HttpRequest& request, const HttpResponse& response) const;
  [[nodiscard]] Reply failed_line(const json::object& line) const;

  const HttpConnection& connection_;
  const HttpApi& api_;
  const std::string endpoint_;
  std::unique_ptr<HttpClient> client_;  // from the first call on
};

}  // namespace stareval
