#include "apps/star_eval/score_views.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

#include "apps/star_eval/text_table.h"
#include "libstareval/tasks/task.h"

namespace stareval::app {
namespace {

struct RuleText {
  std::string_view rule;
  std::string_view words;
};

constexpr std::array<RuleText, 5> kRules{{{"answer_tag", "in <answer> ... </answer>"},
                                          {"boxed", "in \\boxed{...}"},
                                          {"statement", "after \"the answer is\" or \"Answer:\""},
                                          {"bare", "the reply is nothing but an answer"},
                                          {"single", "the only candidate in the text"}}};

std::string rule_text(const std::string& rule) {
  const auto* known = std::find_if(kRules.begin(), kRules.end(),
                                   [&](const RuleText& text) { return text.rule == rule; });
  return known == kRules.end() ? rule : fmt::format("{} ({})", rule, known->words);
}

std::string plain(std::string_view text) { return for_terminal(text, true); }

std::string marked(const std::string& text, const std::optional<Span>& span, bool colour) {
  if (!span || span->end > text.size() || span->begin > span->end) return plain(text);
  const std::string_view view = text;
  return plain(view.substr(0, span->begin)) + (colour ? "\033[7m" : "»") +
         plain(view.substr(span->begin, span->end - span->begin)) + (colour ? "\033[0m" : "«") +
         plain(view.substr(span->end));
}

std::string indented(std::string_view text) {
  std::string lines = "  ";
  for (const char c : text) {
    lines += c;
    if (c == '\n') lines += "  ";
  }
  return lines;
}

std::string read_text(const Score& score) {
  if (score.outcome == Outcome::answered) return fmt::format("\"{}\"", plain(score.answer));
  return std::string(to_string(score.outcome));
}

std::string flip_text(const ReadAnswer& read) {
  const std::string answer = read.outcome == Outcome::answered
                                 ? fmt::format("\"{}\"", plain(read.answer))
                                 : std::string(to_string(read.outcome));
  return read.rule.empty() ? answer : fmt::format("{} ({})", answer, read.rule);
}

json::object to_json_object(const ReadAnswer& read) {
  json::object object{{"outcome", to_string(read.outcome)},
                      {"answer", read.answer},
                      {"rule", read.rule},
                      {"headline", nullptr}};
  if (read.headline) object["headline"] = *read.headline;
  return object;
}

}  // namespace

std::string explanation_text(const Explained& attempt, bool colour) {
  const Sample& sample = *attempt.item->sample;
  const Score& score = attempt.item->score;
  std::string text = fmt::format("sample   {} ({}), repeat {}\nquestion {}\n", plain(sample.id),
                                 plain(sample.task), attempt.item->repeat, plain(sample.question));
  if (!sample.choices.empty())
    fmt::format_to(std::back_inserter(text), "{}\n", indented(plain(list_choices(sample.choices))));
  fmt::format_to(std::back_inserter(text), "gold     {}\nread     {}\n",
                 plain(gold_in_words(sample)), read_text(score));
  if (!score.rule.empty())
    fmt::format_to(std::back_inserter(text), "rule     {}\n", rule_text(score.rule));
  for (const auto& [name, value] : score.values)
    fmt::format_to(std::back_inserter(text), "value    {} = {}\n", name, value);
  if (!attempt.reply) return text + "reply    none came\n";
  if (score.span)
    fmt::format_to(std::back_inserter(text), "span     bytes {} to {}\n", score.span->begin,
                   score.span->end);
  return text + "reply\n" + indented(marked(attempt.reply->text, score.span, colour)) + "\n";
}

json::object explanation_json(std::span<const Explained> attempts) {
  json::array list;
  for (const Explained& attempt : attempts) {
    const Sample& sample = *attempt.item->sample;
    const Score& score = attempt.item->score;
    json::object values;
    for (const auto& [name, value] : score.values) values[name] = value;
    json::object entry{{"sample", sample.id},
                       {"task", sample.task},
                       {"repeat", attempt.item->repeat},
                       {"question", sample.question},
                       {"gold", gold_in_words(sample)},
                       {"outcome", to_string(score.outcome)},
                       {"answer", score.answer},
                       {"rule", score.rule},
                       {"span", nullptr},
                       {"values", std::move(values)},
                       {"text", nullptr}};
    if (score.span) entry["span"] = json::array{score.span->begin, score.span->end};
    if (attempt.reply) entry["text"] = attempt.reply->text;
    list.push_back(std::move(entry));
  }
  return {{"schema", "stareval.explanation/1"}, {"attempts", std::move(list)}};
}

std::string diff_text(const ScoreDiff& diff, const std::string& before) {
  std::string text;
  int better = 0;
  int worse = 0;
  for (const Flip& flip : diff.flips) {
    const double change = flip.now.headline.value_or(0) - flip.then.headline.value_or(0);
    better += change > 0 ? 1 : 0;
    worse += change < 0 ? 1 : 0;
    fmt::format_to(std::back_inserter(text), "{} {}{}: {} -> {}{}\n", flip.now.task,
                   plain(flip.now.sample),
                   flip.now.repeat > 0 ? fmt::format(" repeat {}", flip.now.repeat) : "",
                   flip_text(flip.then), flip_text(flip.now),
                   change > 0   ? "  (scores more)"
                   : change < 0 ? "  (scores less)"
                                : "");
  }
  fmt::format_to(std::back_inserter(text),
                 "{} of {} replies are read differently than {}: {} score more, {} less, {} the "
                 "same; {} read the same by another rule\n",
                 diff.flips.size(), diff.compared, before, better, worse,
                 static_cast<int>(diff.flips.size()) - better - worse, diff.other_rule);
  if (diff.only_then + diff.only_now > 0)
    fmt::format_to(std::back_inserter(text), "not compared: {} stood only there, {} only here\n",
                   diff.only_then, diff.only_now);
  return text;
}

json::object diff_json(const ScoreDiff& diff) {
  json::array flips;
  for (const Flip& flip : diff.flips)
    flips.push_back(json::object{{"sample", flip.now.sample},
                                 {"task", flip.now.task},
                                 {"repeat", flip.now.repeat},
                                 {"then", to_json_object(flip.then)},
                                 {"now", to_json_object(flip.now)}});
  return {{"schema", "stareval.extractor_diff/1"},
          {"compared", diff.compared},
          {"other_rule", diff.other_rule},
          {"only_then", diff.only_then},
          {"only_now", diff.only_now},
          {"flips", std::move(flips)}};
}

}  // namespace stareval::app
