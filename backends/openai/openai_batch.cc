#include "backends/openai/openai_batch.h"

#include <fmt/format.h>

#include <future>
#include <utility>

#include "backends/shared/http_reply.h"
#include "backends/shared/openai_error.h"
#include "backends/shared/wire_json.h"
#include "libstareval/base/text.h"

namespace stareval {
namespace {

using State = BatchStatus::State;
using std::chrono::milliseconds;

constexpr std::uint64_t kSlowest_bytes_per_ms = 100;  // of an upload that is still waited for
constexpr std::chrono::hours kLongestDownload{1};
constexpr int kMostPages = 50;  // of a listing, which begins with the newest batch
constexpr std::size_t kErrorsQuoted = 3;

// Stands in no input file: JSON has no line break within a line.
constexpr const char* kBoundary = "stareval-batch-boundary";

State state_of(const std::string& word) {
  if (word == "completed") return State::completed;
  if (word == "failed") return State::failed;
  if (word == "expired") return State::expired;
  return word == "cancelled" ? State::cancelled : State::running;
}

// "line 3: ...; line 9: ..." of the list under "errors".
std::string errors_of(const json::object& batch, const Secret& key) {
  const json::object* errors = object_at(batch, "errors");
  if (errors == nullptr) return "";
  std::string text;
  const auto problems = objects_at(*errors, "data");
  for (std::size_t i = 0; i < std::min(problems.size(), kErrorsQuoted); ++i) {
    if (!text.empty()) text += "; ";
    if (const auto line = count_at(*problems[i], "line"); line > 0)
      text += fmt::format("line {}: ", line);
    text += quote(text_at(*problems[i], "message"), key);
  }
  if (problems.size() > kErrorsQuoted)
    text += fmt::format("; and {} more", problems.size() - kErrorsQuoted);
  return text;
}

std::string body_text(const json::object& response) {
  const json::value* body = response.if_contains("body");
  if (body == nullptr || body->is_null()) return "";
  return body->is_string() ? std::string(body->get_string()) : to_json(*body);
}

// As it was given to line(): what follows the name of the sample.
std::string without_sample(const std::string& custom_id) {
  return custom_id.substr(custom_id.rfind('#') + 1);  // npos + 1 is 0
}

}  // namespace

OpenAiBatch::OpenAiBatch(const HttpConnection& connection, const HttpApi& api, std::string endpoint)
    : connection_(connection), api_(api), endpoint_(std::move(endpoint)) {}

// ---- lines ----

Result<std::string> OpenAiBatch::line(const std::string& custom_id, const Request& request) const {
  STAREVAL_TRY(const std::vector<PictureFile> pictures, look_at_pictures(request));
  Request named = request;
  if (named.model.empty()) named.model = connection_.model;
  STAREVAL_TRY(const WireRequest wire, api_.encode(named, pictures));
  STAREVAL_TRY(const std::string body, wire.body.bytes());
  const std::string id =
      connection_.sample_header ? request.sample_id + "#" + custom_id : custom_id;
  return fmt::format(R"({{"custom_id":{},"method":"POST","url":"{}","body":{}}})"
                     "\n",
                     json_string(id), endpoint_, body);
}

std::optional<BatchedReply> OpenAiBatch::read_line(std::string_view text) const {
  const auto line = parse_json_object(with_whole_surrogates(text), "line");
  if (line.has_error()) return std::nullopt;
  const std::string id = text_at(*line, "custom_id");
  const json::object* response = object_at(*line, "response");
  if (id.empty() || (response == nullptr && !line->contains("error"))) return std::nullopt;
  BatchedReply read{without_sample(id), {}};
  const std::string body = response == nullptr ? "" : body_text(*response);
  if (body.empty()) {
    read.reply = failed_line(*line);
  } else {
    HttpResponse http;
    http.status = static_cast<int>(count_at(*response, "status_code"));
    http.headers = {{"x-request-id", text_at(*response, "request_id")}};
    http.body = body;
    read.reply = api_.decode(http, connection_.key);
  }
  // The id of the line: it tells two failures of one request apart.
  if (read.reply.outcome == Outcome::api_error)
    if (const std::string own = text_at(*line, "id"); !own.empty())
      read.reply.provider_request_id = to_valid_utf8(own);
  redact(read.reply, connection_.key);
  return read;
}

// A line without a body: what ran out of time, was cancelled with its batch, or, of vLLM, failed
// with a status beside the body, and its error as a text or as an object of its own.
Reply OpenAiBatch::failed_line(const json::object& line) const {
  const json::object* outer = object_at(line, "error");
  const auto error = any_error(outer != nullptr && outer->contains("error") ? *outer : line, 0);
  const std::string message = error && !error->message.empty() ? error->message : "no reason given";
  const json::object* response = object_at(line, "response");
  const int status = response == nullptr ? 0 : static_cast<int>(count_at(*response, "status_code"));
  if (status < 300)
    return failed_reply(Failure::server, fmt::format("the batch has no reply to this request: {}",
                                                     quote(message, connection_.key)));
  HttpResponse http;
  http.status = status;
  return error_reply(http, message, connection_.key);
}

// ---- calls ----

HttpRequest OpenAiBatch::request_to(std::string_view path) const {
  HttpRequest request;
  request.url = connection_.endpoint.url(path);
  request.where = request.url;
  request.headers = api_.headers;
  request.timeout = connection_.timeout;
  request.secret = &connection_.key;
  request.secret_prefix = api_.key_header;
  return request;
}

Result<std::string> OpenAiBatch::send(const HttpRequest& request) {
  if (!client_) client_ = std::make_unique<HttpClient>();
  // Shared with the callback, which is still within set_value() when get() returns.
  const auto arrived = std::make_shared<std::promise<HttpOutcome>>();
  client_->send(request,
                [arrived](HttpOutcome outcome) { arrived->set_value(std::move(outcome)); });
  HttpOutcome outcome = arrived->get_future().get();
  if (outcome.failure != Failure::none)
    return Error{is_transient(outcome.failure) ? ErrorCode::network : ErrorCode::io, outcome.error};
  if (outcome.response.status / 100 != 2) return refusal(request, outcome.response);
  return std::move(outcome.response.body);
}

Error OpenAiBatch::refusal(const HttpRequest& request, const HttpResponse& response) const {
  const auto body = parse_json_object(response.body, "body");
  const auto stated = body.has_error() ? std::nullopt : any_error(*body, response.status);
  const Reply reply = error_reply(response, stated ? stated->message : "", connection_.key,
                                  "it needs an account and a server with the batch API");
  const bool passes = is_transient(reply.failure) && !(stated && stated->permanent);
  return make_error(passes ? ErrorCode::network : ErrorCode::bad_data, "{}: {}", request.where,
                    reply.error);
}

Result<json::object> OpenAiBatch::ask(const HttpRequest& request) {
  STAREVAL_TRY(const std::string body, send(request));
  return parse_json_object(body, request.where);
}

Result<std::string> OpenAiBatch::ask_for_id(const HttpRequest& request) {
  STAREVAL_TRY(const std::string body, send(request));
  const auto object = parse_json_object(body, request.where);
  std::string id = object.has_value() ? text_at(*object, "id") : std::string();
  if (id.empty())  // the server may have done what it was asked: no refusal
    return make_error(ErrorCode::network, "{}: expected an object with an id, found {}",
                      request.where, quote(body, connection_.key));
  return id;
}

Result<std::string> OpenAiBatch::upload(const std::filesystem::path& file) {
  HttpRequest request = request_to("files");
  request.content_type = fmt::format("multipart/form-data; boundary={}", kBoundary);
  request.body.add(
      fmt::format("--{0}\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\n"
                  "batch\r\n--{0}\r\nContent-Disposition: form-data; name=\"file\"; "
                  "filename=\"{1}\"\r\nContent-Type: application/jsonl\r\n\r\n",
                  kBoundary, file.filename().string()));
  STAREVAL_CHECK(request.body.add_file(file));
  request.body.add(fmt::format("\r\n--{}--\r\n", kBoundary));
  request.timeout += milliseconds(request.body.size_bytes() / kSlowest_bytes_per_ms);
  return ask_for_id(request);
}

Result<std::string> OpenAiBatch::create(const std::string& file_id, const std::string& run,
                                        int part) {
  HttpRequest request = request_to("batches");
  request.body = to_json(json::object{
      {"input_file_id", file_id},
      {"endpoint", endpoint_},
      {"completion_window", "24h"},
      {"metadata", json::object{{"stareval_run", run}, {"part", std::to_string(part)}}}});
  return ask_for_id(request);
}

Result<std::optional<std::string>> OpenAiBatch::find(const std::string& file_id) {
  std::string after;
  for (int page = 0; page < kMostPages; ++page) {
    STAREVAL_TRY(const json::object list, ask(request_to("batches?limit=100" + after)));
    const auto batches = objects_at(list, "data");
    for (const json::object* batch : batches)
      if (text_at(*batch, "input_file_id") == file_id)
        return std::optional<std::string>(text_at(*batch, "id"));
    const json::value* more = list.if_contains("has_more");
    if (batches.empty() || more == nullptr || *more != json::value(true)) break;
    after = "&after=" + percent_encoded(text_at(*batches.back(), "id"));
  }
  return std::optional<std::string>();
}

Result<BatchStatus> OpenAiBatch::status(const std::string& batch_id) {
  const HttpRequest request = request_to("batches/" + percent_encoded(batch_id));
  STAREVAL_TRY(const json::object batch, ask(request));
  BatchStatus status;
  status.word = text_at(batch, "status");
  if (status.word.empty())
    return make_error(ErrorCode::bad_data, "{}: expected a batch with a status, found {}",
                      request.where, quote(to_json(batch), connection_.key));
  status.state = state_of(status.word);
  status.output_file = text_at(batch, "output_file_id");
  status.error_file = text_at(batch, "error_file_id");
  status.error = errors_of(batch, connection_.key);
  if (const json::object* counts = object_at(batch, "request_counts")) {
    status.total = static_cast<std::size_t>(count_at(*counts, "total"));
    status.completed = static_cast<std::size_t>(count_at(*counts, "completed"));
    status.failed = static_cast<std::size_t>(count_at(*counts, "failed"));
  }
  return status;
}

Result<void> OpenAiBatch::download(const std::string& file_id, const std::filesystem::path& path) {
  HttpRequest request = request_to("files/" + percent_encoded(file_id) + "/content");
  request.timeout = kLongestDownload;
  request.save_to = path;
  STAREVAL_CHECK(send(request));
  return {};
}

}  // namespace stareval
