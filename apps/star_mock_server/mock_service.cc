#include <fmt/format.h>

#include <array>
#include <utility>

#include "apps/star_mock_server/chat_api.h"
#include "apps/star_mock_server/mock_apis.h"
#include "apps/star_mock_server/mock_service_internal.h"

namespace stareval {
namespace {

// The headers that carry a key, of the vendors.
constexpr std::array<std::string_view, 4> kKeyHeaders{"authorization", "x-api-key",
                                                      "x-goog-api-key", "api-key"};

std::string_view key_of(const HttpRequestParser& request) {
  for (const std::string_view name : kKeyHeaders)
    if (const std::string_view key = request.header(name); !key.empty()) return key;
  return {};
}

Handled refusal(const MockApi& api, int status, std::string_view why, bool keep_alive) {
  return {.answer = plain_answer({.status = status, .body = api.error(status, why)}, keep_alive)};
}

bool counts_attempts(const MockScript& script) {
  return !script.samples.empty() || !script.mix.empty() || script.fail_rate > 0;
}

bool keeps_batches(std::string_view target) {
  return batch_path(target).kind != BatchPath::Kind::none;
}

void take_question(MockRequest& entry, MockQuestion question) {
  entry.model = std::move(question.model);
  entry.prompt = std::move(question.prompt);
  entry.pictures = std::move(question.pictures);
}

}  // namespace

MockService::MockService(MockScript script, MockObserver observer, bool inspect)
    : script_(std::move(script)),
      inspect_(inspect),
      log_(observer, {.keep = inspect,
                      .attempts = inspect || observer != nullptr || counts_attempts(script_)}),
      batches_(script_, [this](const BatchLine& line) { return answer_line(line); }) {}

HttpRequestParser::KeepsBody MockService::keeps_body() const {
  return inspect_ ? nullptr : keeps_batches;
}

Handled MockService::handle(const HttpRequestParser& request, std::uint64_t connection) {
  static const MockApi chat = chat_api();
  if (request.failure() != 0)
    return refusal(chat, request.failure(), request.failure_text(), false);
  const bool keep_alive = request.keep_alive();
  if (request.method() == "GET" && path_of(request.target()).ends_with("/models"))
    return {.answer = plain_answer({.body = models_body()}, keep_alive)};
  if (const BatchPath path = batch_path(request.target()); path.kind != BatchPath::Kind::none)
    return {.answer = plain_answer(batches_.handle(request.method(), path,
                                                   request.header("content-type"), request.body()),
                                   keep_alive)};
  const MockApi* api = request.method() == "POST" ? find_api(request.target()) : nullptr;
  if (api != nullptr) return complete(request, *api, connection);
  return refusal(chat, 404, "expected POST /v1/chat/completions or GET /v1/models", keep_alive);
}

// Number the request, and find its step.
MockStep MockService::admit(MockRequest& entry) {
  log_.number(entry);
  MockStep step = step_of(script_, entry.sample, entry.attempt, entry.order);
  entry.status = step.status;
  entry.defect = defect_name(step);
  return step;
}

// A line of a batch is a request like any other, but for its latency and what only a connection can
// do wrong.
BatchReply MockService::answer_line(const BatchLine& line) {
  const MockApi& api = *find_api(line.url);
  MockRequest entry;
  take_question(entry, api.parse(line.url, line.body).value());
  entry.api = api.name;
  entry.sample = line.sample;
  entry.body_bytes = line.body.size();
  const MockStep step = admit(entry);
  const AnswerContext context{fmt::format("chatcmpl-mock-{}", entry.order), entry.model, "", true,
                              0};
  log_.add(std::move(entry));
  log_.finished();
  return {step.status, answer_body(step, api, context)};
}

Handled MockService::complete(const HttpRequestParser& request, const MockApi& api,
                              std::uint64_t connection) {
  MockRequest entry;
  entry.model = "star-mock";
  if (inspect_) {
    auto question = api.parse(request.target(), request.body());
    if (question.has_error())
      return refusal(api, 400, question.error().message, request.keep_alive());
    take_question(entry, std::move(*question));
  }
  const std::string_view key = key_of(request);
  entry.api = api.name;
  entry.sample = request.header("x-stareval-sample");
  entry.authorization = !key.empty();
  entry.body_bytes = request.body_bytes();
  entry.connection = connection;
  const MockStep step = admit(entry);
  const AnswerContext context{fmt::format("chatcmpl-mock-{}", entry.order), entry.model,
                              std::string(key), request.keep_alive(), std::time(nullptr)};
  Handled handled{.answer = answer_of(step, api, context), .counted = true};
  handled.delay = step.latency.value_or(std::chrono::milliseconds(0));
  handled.order = static_cast<std::size_t>(entry.order);
  log_.add(std::move(entry));
  return handled;
}

}  // namespace stareval
