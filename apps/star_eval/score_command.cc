// star-eval score: what replies say now, offline: of a run, or of another pipeline.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

#include "apps/star_eval/command.h"
#include "apps/star_eval/console.h"
#include "apps/star_eval/options.h"
#include "apps/star_eval/prediction_source.h"
#include "apps/star_eval/score_source.h"
#include "apps/star_eval/score_views.h"
#include "apps/star_eval/text_table.h"

namespace stareval::app {
namespace {

// What was scored: the items of a plan, and what came back for them.
struct Scoring {
  const Plan* plan;
  ScoredRun run;
  ReplyOf reply_of;
};

OptionParser make_parser() {
  OptionParser parser("star-eval score RUN | --predictions FILE [OPTIONS]",
                      "  star-eval score runs/RUN            reads the journal, sends nothing\n"
                      "  star-eval score runs/RUN --explain atlas-rc-0007\n"
                      "  star-eval score runs/RUN --extractor-diff runs/RUN\n"
                      "  star-eval score --predictions mine.jsonl --dataset atlas --json\n"
                      "  star-eval score --predictions qwen_task2.json --format m3str --json\n");
  add_run_folder_options(parser);
  add_prediction_options(parser);
  parser.add()("explain", po::value<std::string>()->value_name("SAMPLE"),
               "show the reply to a sample, what was read in it, and by which rule");
  parser.add()("extractor-diff", po::value<std::string>()->value_name("OLD"),
               "list the replies that are read differently than in OLD, a scores.jsonl or the "
               "folder of one; nothing is written");
  parser.add()("metrics", "all metrics, not only the headlines");
  parser.add()("json", "as JSON on stdout, with all metrics");
  return parser;
}

Result<int> explain(const OptionParser& parser, const Scoring& scoring) {
  const std::string id = parser.text("explain");
  std::vector<Explained> attempts;
  const auto& items = scoring.plan->items();
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].sample->id != id) continue;
    STAREVAL_TRY(std::optional<Reply> reply, scoring.reply_of(items[i]));
    attempts.push_back({&scoring.run.scored[i], std::move(reply)});
  }
  if (attempts.empty())
    return make_error(ErrorCode::usage,
                      "--explain: no sample \"{}\" is scored here; the first is \"{}\"", id,
                      items.empty() ? "" : items.front().sample->id);
  if (parser.has("json")) {
    fmt::print("{}", to_pretty_json(explanation_json(attempts)));
    return kSuccess;
  }
  const bool colour = ::isatty(STDOUT_FILENO) == 1;
  for (const Explained& attempt : attempts) fmt::print("{}", explanation_text(attempt, colour));
  return kSuccess;
}

Result<int> show_diff(const OptionParser& parser, const Scoring& scoring) {
  const std::string old = parser.text("extractor-diff");
  STAREVAL_TRY(const std::vector<ReadAnswer> then, read_scores(old));
  const ScoreDiff diff = diff_scores(then, scoring.run.scored);
  if (diff.compared == 0)
    return make_error(ErrorCode::usage,
                      "--extractor-diff: {} holds no score of a sample that is scored here", old);
  if (parser.has("json")) fmt::print("{}", to_pretty_json(diff_json(diff)));
  else fmt::print("{}", diff_text(diff, fmt::format("in {}", old)));
  return kSuccess;
}

bool is_view(const OptionParser& parser) {
  return parser.has("explain") || parser.has("extractor-diff");
}

Result<int> view(const OptionParser& parser, const Scoring& scoring) {
  return parser.has("explain") ? explain(parser, scoring) : show_diff(parser, scoring);
}

void print_table(const OptionParser& parser, const Summary& summary) {
  fmt::print("{}", summary_text(summary));
  if (parser.has("metrics")) fmt::print("\n{}", metrics_text(summary));
}

Result<int> score_predictions_of(const OptionParser& parser) {
  STAREVAL_TRY(const PredictionSource source, open_predictions(parser));
  STAREVAL_TRY(ScoredRun run, score_predictions(*source.plan, source.predictions));
  if (is_view(parser)) {
    const auto reply_of = [&](const PlanItem& item) -> Result<std::optional<Reply>> {
      const Reply* reply = source.predictions.find(item.sample->id, item.repeat);
      return reply == nullptr ? std::optional<Reply>() : std::optional<Reply>(*reply);
    };
    return view(parser, {source.plan.get(), std::move(run), reply_of});
  }
  if (parser.has("json")) {
    json::object summary = to_json_object(run.summary);
    summary["predictions"] = source.about;
    fmt::print("{}", to_pretty_json(summary));
  } else {
    print_table(parser, run.summary);
  }
  for (const std::string& note : source.notes) fmt::print(stderr, "{}\n", for_terminal(note));
  fmt::print(stderr, "{}", summary_warnings(run.summary));
  return kSuccess;
}

Result<int> score_run_folder(const OptionParser& parser) {
  for (const char* option : {"format", "split", "task", "mode", "answer-form", "model"})
    if (parser.is_given(option))
      return make_error(ErrorCode::usage, "--{}: is for --predictions; a run has its own", option);
  STAREVAL_TRY(const StoredRun run, open_run(parser, "score"));
  STAREVAL_TRY(ScoredRun scored, run.score());
  if (!is_view(parser)) {
    STAREVAL_CHECK(write_scores(parser.text("run"), scored));
    if (parser.has("json")) fmt::print("{}", scored.summary_json());
    else print_table(parser, scored.summary);
    fmt::print(stderr, "{}", summary_warnings(scored.summary));
    return kSuccess;
  }
  return view(parser, {&run.plan(), std::move(scored),
                       [&](const PlanItem& item) { return run.reply(item); }});
}

}  // namespace

Result<int> score_command(const Arguments& arguments) {
  OptionParser parser = make_parser();
  STAREVAL_CHECK(parser.parse(arguments));
  if (parser.help()) return kSuccess;
  if (parser.has("run") && parser.has("predictions"))
    return make_error(ErrorCode::usage, "score: name a run folder or --predictions, not both");
  if (parser.has("explain") && parser.has("extractor-diff"))
    return make_error(ErrorCode::usage, "score: --explain or --extractor-diff, not both");
  return parser.has("predictions") ? score_predictions_of(parser) : score_run_folder(parser);
}

}  // namespace stareval::app
