#include <algorithm>
#include <set>
#include <utility>

#include "apps/star_mock_server/batch_store_internal.h"
#include "apps/star_mock_server/mock_apis.h"
#include "libstareval/base/random.h"

namespace stareval {
namespace {

using Kind = BatchPath::Kind;

constexpr std::string_view kLinesType = "application/octet-stream";

PlainAnswer refusal(int status, std::string_view message) {
  return {.status = status,
          .body = to_json(
              json::object{{"error", json::object{{"message", message}, {"type", "mock_error"}}}})};
}

PlainAnswer found(const json::object& object) { return {.body = to_json(object)}; }

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    const std::string_view segment = path.substr(0, path.find('/'));
    if (!segment.empty()) segments.push_back(segment);
    path.remove_prefix(std::min(path.size(), segment.size() + 1));
  }
  return segments;
}

// null where there is no such file.
json::value id_or_null(const std::string& id) {
  return id.empty() ? json::value() : json::value(id);
}

std::string sample_of(ObjectReader& in, const std::string& custom_id) {
  ObjectReader body = in.child("body");
  if (body.has("metadata")) {
    ObjectReader metadata = body.child("metadata");
    if (metadata.has("sample")) return metadata.string("sample");
  }
  return custom_id.substr(0, custom_id.rfind('#'));
}

Result<BatchLine> read_line(std::string_view text, std::size_t number,
                            const std::string& endpoint) {
  const std::string where = fmt::format("line {}", number);
  STAREVAL_TRY(const json::object object, parse_json_object(text, where));
  ObjectReader in(object, where);
  BatchLine line;
  line.custom_id = in.string("custom_id");
  line.url = in.string("url");
  if (const std::string method = in.string("method"); method != "POST")
    in.fail("method", "POST", method);
  if (line.url != endpoint) in.fail("url", "the endpoint of the batch", line.url);
  line.sample = sample_of(in, line.custom_id);
  line.body = to_json(in.object_or_empty("body"));
  STAREVAL_CHECK(in.status());
  const MockApi* api = find_api(line.url);
  if (api == nullptr)
    return make_error(ErrorCode::bad_data, "{}: no format answers {}", where, line.url);
  if (const auto question = api->parse(line.url, line.body); question.has_error())
    return make_error(ErrorCode::bad_data, "{}: {}", where, question.error().message);
  return line;
}

json::object problem(std::size_t line, const std::string& code, const std::string& message) {
  return {{"code", code}, {"line", line}, {"message", message}, {"param", nullptr}};
}

json::object list_of(json::array data) {
  return {{"object", "list"}, {"data", std::move(data)}, {"has_more", false}};
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

// A body that is no JSON, which a step may ask for, goes as a string.
json::value body_value(const std::string& body) {
  auto value = parse_json(body, "body");
  return value.has_error() ? json::value(body) : std::move(*value);
}

bool has_ended(const std::string& status) {
  constexpr std::string_view kEnds[] = {"completed", "failed", "expired", "cancelled"};
  return std::find(std::begin(kEnds), std::end(kEnds), status) != std::end(kEnds);
}

template <class File>
json::object file_object(const std::string& id, const File& file) {
  return {{"id", id},        {"object", "file"},      {"bytes", file.content.size()},
          {"created_at", 0}, {"filename", file.name}, {"purpose", file.purpose}};
}

template <class Batch>
json::object batch_object(const Batch& batch) {
  return {{"id", batch.id},
          {"object", "batch"},
          {"endpoint", batch.endpoint},
          {"errors", batch.errors},
          {"input_file_id", batch.input},
          {"completion_window", batch.window},
          {"status", batch.status},
          {"output_file_id", id_or_null(batch.output)},
          {"error_file_id", id_or_null(batch.error)},
          {"created_at", 0},
          {"request_counts",
           json::object{
               {"total", batch.total}, {"completed", batch.completed}, {"failed", batch.failed}}},
          {"metadata", batch.metadata}};
}

}  // namespace

BatchPath batch_path(std::string_view target) {
  const auto segments = segments_of(path_of(target));
  const std::size_t count = segments.size();
  const auto is = [&](std::size_t from_end, std::string_view name) {
    return count > from_end && segments[count - 1 - from_end] == name;
  };
  if (is(1, "messages") || is(2, "messages") || is(3, "messages")) return {};
  if (is(0, "files")) return {Kind::files};
  if (is(0, "batches")) return {Kind::batches};
  if (is(1, "files")) return {Kind::file, std::string(segments[count - 1])};
  if (is(1, "batches")) return {Kind::batch, std::string(segments[count - 1])};
  if (is(2, "files") && is(0, "content")) return {Kind::content, std::string(segments[count - 2])};
  if (is(2, "batches") && is(0, "cancel")) return {Kind::cancel, std::string(segments[count - 2])};
  return {};
}

PlainAnswer BatchStore::handle(std::string_view method, const BatchPath& path,
                               std::string_view content_type, const std::string& body) {
  const bool posts = method == "POST";
  const bool wants_post = path.kind == Kind::files || path.kind == Kind::cancel ||
                          (path.kind == Kind::batches && posts);
  if (posts != wants_post || (!posts && method != "GET"))
    return refusal(405, "expected another method for this path");
  if (path.kind == Kind::files) return add_file(content_type, body);
  if (path.kind == Kind::batches && posts) return add_batch(body);
  if (path.kind == Kind::batches) {
    json::array all;
    for (const auto& [id, batch] : batches_) all.push_back(batch_object(batch));
    return found(list_of(std::move(all)));
  }
  if (path.kind == Kind::file || path.kind == Kind::content) {
    const auto file = files_.find(path.id);
    if (file == files_.end()) return refusal(404, "no such file: " + path.id);
    if (path.kind == Kind::file) return found(file_object(path.id, file->second));
    return {.content_type = kLinesType, .body = file->second.content};
  }
  const auto batch = batches_.find(path.id);
  if (batch == batches_.end()) return refusal(404, "no such batch: " + path.id);
  if (path.kind == Kind::cancel) return cancel(batch->second);
  poll(batch->second);
  return found(batch_object(batch->second));
}

PlainAnswer BatchStore::add_file(std::string_view content_type, const std::string& body) {
  auto form = read_form(content_type, body);
  if (form.has_error()) return refusal(400, form.error().message);
  if (form->count("file") == 0 || (*form)["purpose"].content != "batch")
    return refusal(400, "expected the parts purpose, which is batch, and file");
  FormPart& file = (*form)["file"];
  const std::string id = store(file.file_name, "batch", std::move(file.content));
  return found(file_object(id, files_[id]));
}

std::string BatchStore::store(std::string name, std::string purpose, std::string content) {
  std::string id = fmt::format("file-mock-{}", ++files_made_);
  files_[id] = {std::move(name), std::move(purpose), std::move(content)};
  return id;
}

PlainAnswer BatchStore::add_batch(const std::string& body) {
  const auto object = parse_json_object(body, "request");
  if (object.has_error()) return refusal(400, object.error().message);
  ObjectReader in(*object, "request");
  Batch batch;
  batch.input = in.string("input_file_id");
  batch.endpoint = in.string("endpoint");
  batch.window = in.string("completion_window");
  if (in.has("metadata")) batch.metadata = in.object_or_empty("metadata");
  if (const auto fits = in.status(); fits.has_error()) return refusal(400, fits.error().message);
  const auto file = files_.find(batch.input);
  if (file == files_.end()) return refusal(400, "no such file: " + batch.input);
  batch.id = fmt::format("batch_mock_{}", ++batches_made_);
  validate(batch, file->second.content);
  return found(batch_object(batches_[batch.id] = std::move(batch)));
}

// Read all lines; what is wrong shows at the first poll.
void BatchStore::validate(Batch& batch, const std::string& content) {
  json::array problems;
  std::set<std::string> ids;
  std::string_view rest = content;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const std::string_view text = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), text.size() + 1));
    if (text.empty() || text == "\r") continue;
    auto line = read_line(text, number, batch.endpoint);
    if (line.has_error())
      problems.push_back(problem(number, "invalid_request", line.error().message));
    else if (!ids.insert(line->custom_id).second)
      problems.push_back(problem(number, "duplicate_custom_id", line->custom_id));
    else batch.lines.push_back(std::move(*line));
  }
  if (script_.batch.fail) problems.push_back(problem(1, "script", "the script fails the batch"));
  if (batch.lines.empty() && problems.empty())
    problems.push_back(problem(1, "empty_file", "the input file has no line"));
  if (!problems.empty()) batch.errors = list_of(std::move(problems));
}

void BatchStore::poll(Batch& batch) {
  if (has_ended(batch.status)) return;
  ++batch.polls;
  if (!batch.errors.is_null()) {
    batch.status = "failed";
  } else if (batch.status == "cancelling") {
    complete(batch, batch.lines.size() / 2);
    batch.status = "cancelled";
  } else if (batch.polls >= script_.batch.polls) {
    complete(batch, batch.lines.size());
  } else {
    batch.total = batch.lines.size();
    batch.status = batch.polls + 1 == script_.batch.polls ? "finalizing" : "in_progress";
  }
}

PlainAnswer BatchStore::cancel(Batch& batch) {
  if (has_ended(batch.status)) return refusal(409, "the batch has ended: " + batch.status);
  batch.status = "cancelling";
  return found(batch_object(batch));
}

// Answer so many of the lines, and write both files, each in an order of its own.
void BatchStore::complete(Batch& batch, std::size_t lines) {
  Outcome outcome;
  for (std::size_t i = 0; i < lines; ++i) answer_line(batch, batch.lines[i], outcome);
  const Random random = Random(script_.seed).fork(batch.id);
  random.fork("output").shuffle(outcome.answered);
  random.fork("error").shuffle(outcome.refused);
  batch.total = batch.lines.size();
  batch.completed = outcome.answered.size();
  batch.failed = outcome.refused.size();
  batch.status = outcome.expired ? "expired" : "completed";
  if (!outcome.answered.empty())
    batch.output = store(batch.id + "_output.jsonl", "batch_output", joined(outcome.answered));
  if (!outcome.refused.empty())
    batch.error = store(batch.id + "_error.jsonl", "batch_output", joined(outcome.refused));
}

void BatchStore::answer_line(Batch& batch, const BatchLine& line, Outcome& outcome) {
  if (script_.batch.missing.count(line.sample) > 0) return;
  json::object out{{"id", fmt::format("{}_req_{}", batch.id, ++lines_answered_)},
                   {"custom_id", line.custom_id},
                   {"response", nullptr},
                   {"error", nullptr}};
  if (script_.batch.expired.count(line.sample) > 0) {
    outcome.expired = true;
    out["error"] = json::object{{"code", "batch_expired"},
                                {"message", "the completion window ended before this request"}};
    outcome.refused.push_back(to_json(out));
    return;
  }
  const BatchReply reply = ask_(line);
  out["response"] = json::object{{"status_code", reply.status},
                                 {"request_id", fmt::format("req-mock-{}", lines_answered_)},
                                 {"body", body_value(reply.body)}};
  (reply.status == 200 ? outcome.answered : outcome.refused).push_back(to_json(out));
}

}  // namespace stareval
