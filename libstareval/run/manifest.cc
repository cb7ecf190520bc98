#include "libstareval/run/manifest.h"

#include <algorithm>
#include <limits>

#include "libstareval/base/digest.h"
#include "libstareval/base/file.h"
#include "libstareval/extract/extraction.h"

#ifndef STAREVAL_BUILD
#define STAREVAL_BUILD "unknown"
#endif

namespace stareval {
namespace {

namespace fs = std::filesystem;

// Of each task what decides its replies, and where `versions` also what decides its scores.
json::object tasks_to_json(const std::vector<ManifestTask>& tasks, bool versions) {
  json::object object;
  for (const ManifestTask& task : tasks) {
    json::object entry{{"protocol", task.protocol}, {"prompt", task.prompt_digest}};
    if (versions) entry["version"] = task.version;
    object[task.task] = std::move(entry);
  }
  return object;
}

json::object identity(const Manifest& manifest) {
  json::object object{{"dataset", manifest.dataset},
                      {"split", manifest.split},
                      {"digest", manifest.digest},
                      {"backend", manifest.backend},
                      {"backend_identity", manifest.backend_identity},
                      {"model", manifest.model},
                      {"mode", to_string(manifest.mode)},
                      {"decoding", to_json_object(manifest.decoding)},
                      {"repeats", manifest.repeats},
                      {"limit", nullptr},
                      {"tasks", tasks_to_json(manifest.tasks, false)}};
  if (manifest.form != AnswerForm::choice) object["answer_form"] = to_string(manifest.form);
  if (manifest.limit) object["limit"] = *manifest.limit;
  if (manifest.shard) object["shard"] = manifest.shard->text();
  return object;
}

json::object to_json_object(const Manifest& manifest) {
  json::object object{{"schema", kRunSchema},
                      {"build", manifest.build},
                      {"extractor", manifest.extractor},
                      {"dataset_folder", manifest.dataset_folder}};
  for (auto& entry : identity(manifest)) object[entry.key()] = entry.value();
  object["tasks"] = tasks_to_json(manifest.tasks, true);
  return object;
}

Decoding read_decoding(ObjectReader in) {
  Decoding decoding;
  decoding.max_tokens = in.count("max_tokens");
  decoding.temperature.reset();
  if (in.has("temperature")) decoding.temperature = in.number("temperature");
  if (in.has("top_p")) decoding.top_p = in.number("top_p");
  if (in.has("logprobs")) decoding.logprobs = in.count("logprobs");
  decoding.extra = in.object_or_empty("extra");
  return decoding;
}

std::vector<ManifestTask> read_tasks(ObjectReader& in) {
  std::vector<ManifestTask> tasks;
  ObjectReader all = in.child("tasks");
  for (const auto& entry : in.object_or_empty("tasks")) {
    ObjectReader task = all.child(entry.key());
    tasks.push_back({std::string(entry.key()), task.string("protocol"), task.string("version"),
                     task.string("prompt")});
  }
  return tasks;
}

Mode read_mode(ObjectReader& in) {
  const std::string text = in.string("mode");
  const auto mode = parse_mode(text);
  if (mode.has_error()) in.fail("mode", "direct or cot", "\"" + text + "\"");
  return mode.has_value() ? *mode : Mode::direct;
}

// Manifests of runs by choice do not hold it.
AnswerForm read_form(ObjectReader& in) {
  const std::string text = in.string_or("answer_form", to_string(AnswerForm::choice));
  const auto form = parse_answer_form(text);
  if (form.has_error()) in.fail("answer_form", "choice, ranking or open", "\"" + text + "\"");
  return form.has_value() ? *form : AnswerForm::choice;
}

std::string text_of(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr ? "nothing" : to_canonical_json(*value);
}

}  // namespace

Manifest describe(const Plan& plan) {
  const PlanOptions& options = plan.options();
  Manifest manifest;
  manifest.build = STAREVAL_BUILD;
  manifest.extractor = kExtractorVersion;
  manifest.dataset = plan.dataset().name;
  manifest.dataset_folder = plan.dataset().folder.string();
  manifest.split = plan.dataset().split;
  manifest.digest = plan.dataset().digest;
  manifest.model = options.model;
  manifest.mode = options.mode;
  if (std::any_of(options.tasks.begin(), options.tasks.end(), has_answer_forms))
    manifest.form = options.form;
  manifest.decoding = options.decoding;
  manifest.repeats = options.repeats;
  manifest.limit = options.limit;
  manifest.shard = options.shard;
  for (const std::string& task : options.tasks) {
    const ProtocolInfo info = plan.protocol(task).info();
    manifest.tasks.push_back({task, info.name, info.version, info.prompt_digest});
  }
  return manifest;
}

PlanOptions plan_options(const Manifest& manifest) {
  PlanOptions options{{},
                      manifest.mode,
                      manifest.decoding,
                      manifest.model,
                      manifest.repeats,
                      manifest.limit,
                      manifest.shard,
                      manifest.form};
  for (const ManifestTask& task : manifest.tasks) options.tasks.push_back(task.task);
  return options;
}

std::string differences(const Manifest& old, const Manifest& wanted) {
  json::object before = identity(old), now = identity(wanted);
  before["answer_form"] = to_string(old.form);
  now["answer_form"] = to_string(wanted.form);
  json::object all = before;
  for (const auto& entry : now) all[entry.key()] = entry.value();
  std::string text;
  for (const auto& entry : all) {
    const std::string was = text_of(before, entry.key());
    const std::string is = text_of(now, entry.key());
    if (was != is)
      fmt::format_to(std::back_inserter(text), "{}{} was {}, now {}", text.empty() ? "" : "; ",
                     std::string_view(entry.key()), was, is);
  }
  return text;
}

std::string identity_digest(const Manifest& manifest) {
  return sha256(to_canonical_json(identity(manifest)));
}

Result<void> write_or_match(const fs::path& folder, const Manifest& wanted, bool has_replies) {
  const fs::path path = folder / "manifest.json";
  if (!file_exists(path)) {
    if (has_replies)
      return make_error(ErrorCode::mismatch,
                        "run folder {}: it holds replies, but no manifest.json that says whose; "
                        "restore it, or choose another --out",
                        folder.string());
    return write_file_atomic(path, to_pretty_json(to_json_object(wanted)));
  }
  STAREVAL_TRY(const Manifest old, read_manifest(folder));
  if (const std::string changes = differences(old, wanted); !changes.empty())
    return make_error(ErrorCode::mismatch,
                      "run folder {}: it holds another run: {}; choose another --out, or give the "
                      "options of that run",
                      folder.string(), changes);
  return {};
}

Result<Manifest> read_manifest(const fs::path& folder) {
  const fs::path path = folder / "manifest.json";
  if (!file_exists(path))
    return make_error(
        ErrorCode::io,
        "run folder {}: no manifest.json there; name a folder that `star-eval run` made",
        folder.string());
  STAREVAL_TRY(const std::string text, read_file(path));
  STAREVAL_TRY(const json::object object, parse_json_object(text, path.string()));
  ObjectReader in(object, path.string());
  if (const std::string schema = in.string("schema"); schema != kRunSchema)
    in.fail("schema", kRunSchema, "\"" + schema + "\"");
  Manifest manifest;
  manifest.build = in.string_or("build", "");
  manifest.dataset_folder = in.string("dataset_folder");
  manifest.dataset = in.string("dataset");
  manifest.split = in.string("split");
  manifest.digest = in.string("digest");
  manifest.backend = in.string("backend");
  manifest.model = in.string("model");
  manifest.backend_identity = in.object_or_empty("backend_identity");
  manifest.extractor = in.string_or("extractor", "");
  manifest.mode = read_mode(in);
  manifest.form = read_form(in);
  manifest.decoding = read_decoding(in.child("decoding"));
  manifest.repeats = static_cast<int>(in.integer_in("repeats", 1, kMostRepeats));
  if (in.has("limit"))
    manifest.limit = static_cast<std::size_t>(
        in.integer_in("limit", 0, std::numeric_limits<std::int64_t>::max()));
  if (in.has("shard")) {
    const auto shard = parse_shard(in.string("shard"));
    if (shard.has_error()) in.fail("shard", "INDEX/COUNT", "something else");
    else manifest.shard = *shard;
  }
  manifest.tasks = read_tasks(in);
  STAREVAL_CHECK(in.status());
  return manifest;
}

}  // namespace stareval
