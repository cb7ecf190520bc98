#include "libstareval/run/score_diff.h"

#include <map>
#include <utility>

#include "libstareval/base/file_stream.h"
#include "libstareval/base/json.h"

namespace stareval {
namespace {

namespace fs = std::filesystem;

using Key = std::pair<std::string, int>;  // sample and repeat

Result<ReadAnswer> read_line(std::string_view line, const std::string& where) {
  STAREVAL_TRY(const json::object record, parse_json_object(line, where));
  ObjectReader in(record, where);
  ReadAnswer read;
  read.sample = in.string("sample");
  read.repeat = in.count("repeat");
  read.task = in.string("task");
  const std::string name = in.string("outcome");
  const auto outcome = parse_outcome(name);
  if (!outcome) in.fail("outcome", "the name of an outcome", "\"" + name + "\"");
  read.outcome = outcome.value_or(Outcome::unparsed);
  read.answer = in.string("answer");
  read.rule = in.string("rule");
  const json::object& values = in.object_or_empty("values");
  if (!values.empty()) {
    ObjectReader numbers = in.child("values");
    read.headline = numbers.number(values.begin()->key());
  }
  STAREVAL_CHECK(in.status());
  return read;
}

ReadAnswer answer_of(const Scored& item) {
  const Score& score = item.score;
  ReadAnswer now{item.sample->id, item.repeat, item.sample->task, score.outcome,
                 score.answer,    score.rule,  std::nullopt};
  if (!score.values.empty()) now.headline = score.values.front().second;
  return now;
}

}  // namespace

Result<std::vector<ReadAnswer>> read_scores(const fs::path& path) {
  const fs::path file = fs::is_directory(path) ? path / "scores.jsonl" : path;
  std::vector<ReadAnswer> read;
  STAREVAL_CHECK(for_each_line(file, [&](std::string_view line) -> Result<void> {
    STAREVAL_TRY(ReadAnswer answer,
                 read_line(line, fmt::format("{}:{}", file.string(), read.size() + 1)));
    read.push_back(std::move(answer));
    return {};
  }));
  return read;
}

ScoreDiff diff_scores(std::span<const ReadAnswer> then, std::span<const Scored> now) {
  std::map<Key, const ReadAnswer*> old;
  for (const ReadAnswer& read : then) old.emplace(Key{read.sample, read.repeat}, &read);
  ScoreDiff diff;
  for (const Scored& item : now) {
    const auto hit = old.find({item.sample->id, item.repeat});
    if (hit == old.end()) {
      ++diff.only_now;
      continue;
    }
    ++diff.compared;
    ReadAnswer read = answer_of(item);
    const ReadAnswer& before = *hit->second;
    if (read.outcome != before.outcome || read.answer != before.answer)
      diff.flips.push_back({before, std::move(read)});
    else if (read.rule != before.rule) ++diff.other_rule;
  }
  diff.only_then = old.size() - diff.compared;
  return diff;
}

}  // namespace stareval
