#include "libstareval/run/predictions.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "libstareval/base/file_stream.h"
#include "libstareval/base/json.h"
#include "libstareval/base/text.h"

namespace stareval {
namespace {

constexpr const char* kUnknown = "unknown";  // how and with which prompt another pipeline asked

Outcome read_outcome(ObjectReader& in) {
  const std::string name = in.string_or("outcome", to_string(Outcome::answered));
  const auto outcome = parse_outcome(name);
  const bool of_reply = outcome == Outcome::answered || outcome == Outcome::refused ||
                        outcome == Outcome::truncated || outcome == Outcome::api_error;
  if (!of_reply)
    in.fail("outcome", "answered, refused, truncated or api_error", "\"" + name + "\"");
  return outcome.value_or(Outcome::answered);
}

Result<void> read_line(std::string_view line, const std::string& where, PredictionTable& table) {
  STAREVAL_TRY(const json::object record, parse_json_object(line, where));
  ObjectReader in(record, where);
  const std::string id = in.string("id");
  Reply reply;
  reply.outcome = read_outcome(in);
  reply.text = reply.outcome == Outcome::answered ? in.string("text") : in.string_or("text", "");
  const std::int64_t repeat = in.has("repeat") ? in.integer_in("repeat", 0, kMostRepeats - 1) : 0;
  STAREVAL_CHECK(in.status());
  table.add(id, static_cast<int>(repeat), std::move(reply));
  return {};
}

}  // namespace

void PredictionTable::add(const std::string& id, int repeat, Reply reply) {
  const bool is_new = replies_.emplace(std::pair{id, repeat}, std::move(reply)).second;
  if (!is_new) duplicates_.push_back(id);
}

const Reply* PredictionTable::find(const std::string& id, int repeat) const {
  const auto hit = replies_.find({id, repeat});
  return hit == replies_.end() ? nullptr : &hit->second;
}

int PredictionTable::repeats() const {
  int repeats = 1;
  for (const auto& [key, reply] : replies_) repeats = std::max(repeats, key.second + 1);
  return repeats;
}

Result<PredictionTable> read_predictions(const std::filesystem::path& file) {
  PredictionTable table;
  std::size_t number = 0;
  STAREVAL_CHECK(for_each_line(file, [&](std::string_view line) -> Result<void> {
    const std::string where = fmt::format("{}:{}", file.string(), ++number);
    return trim(line).empty() ? Result<void>() : read_line(line, where, table);
  }));
  if (table.size() > 0) return table;
  return make_error(ErrorCode::bad_data,
                    "{}: holds no prediction; a line reads {{\"id\": \"...\", \"text\": \"...\"}}",
                    file.string());
}

PredictionGaps gaps_of(const Plan& plan, const PredictionTable& predictions) {
  PredictionGaps gaps;
  std::set<std::string_view> asked;
  std::set<std::string_view> lacking;
  for (const PlanItem& item : plan.items()) {
    const std::string& id = item.sample->id;
    asked.insert(id);
    if (predictions.find(id, item.repeat) == nullptr && lacking.insert(id).second)
      gaps.missing.push_back(id);
  }
  for (const auto& [key, reply] : predictions.replies())
    if (!asked.contains(key.first) && (gaps.unknown.empty() || gaps.unknown.back() != key.first))
      gaps.unknown.push_back(key.first);
  gaps.duplicates = predictions.duplicates();
  return gaps;
}

Result<ScoredRun> score_predictions(const Plan& plan, const PredictionTable& predictions) {
  Manifest manifest = describe(plan);
  manifest.backend = kPredictionsBackend;
  const auto reply_of = [&](const PlanItem& item) -> Result<std::optional<Reply>> {
    const Reply* reply = predictions.find(item.sample->id, item.repeat);
    if (reply == nullptr) return std::optional<Reply>();
    return std::optional<Reply>(*reply);
  };
  STAREVAL_TRY(ScoredRun run, score_replies(plan, manifest, reply_of, Outcome::skipped));
  run.summary.decoding = kUnknown;
  for (TaskSummary& task : run.summary.tasks) task.prompt_digest = kUnknown;
  return run;
}

}  // namespace stareval
