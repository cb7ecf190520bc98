#include "apps/star_eval/comparison_text.h"

#include <fmt/format.h>

#include <iterator>
#include <vector>

#include "apps/star_eval/text_table.h"
#include "libstareval/base/digest.h"

namespace stareval::app {
namespace {

constexpr const char* kNone = "-";
constexpr std::size_t kAnswerBytes = 48;  // of an answer in the list

// The mean of the tasks is read by its bootstrap, as in `run`; a task by its t interval.
std::string interval_text(const ComparisonRow& row, bool average) {
  const auto& interval = average ? row.bootstrap : row.interval;
  if (!interval) return "undefined";
  return points_text(interval->low) + " to " + points_text(interval->high);
}

std::string p_or_none(const std::optional<double>& p) { return p ? p_text(*p) : kNone; }

// A star marks p values that take samples as independent which share clusters.
std::string mcnemar_cell(const ComparisonRow& row) {
  if (!row.mcnemar) return kNone;
  return p_text(row.mcnemar->mid_p) + (row.independent ? "" : "*");
}

TextRow cells_of(const ComparisonRow& row, bool average, bool with_margin) {
  TextRow cells{row.task,
                row.headline,
                fmt::format("{}", row.n),
                percent(row.a),
                percent(row.b),
                row.difference ? points_text(*row.difference) : "undefined",
                interval_text(row, average),
                row.flips ? p_text(row.flips->p) : "undefined",
                p_or_none(row.adjusted),
                mcnemar_cell(row),
                fmt::format("{}", row.a_higher),
                fmt::format("{}", row.b_higher),
                row.detectable ? fmt::format("{:.1f}", *row.detectable * 100) : kNone};
  if (with_margin) cells.push_back(row.equivalence ? p_text(row.equivalence->p) : "undefined");
  return cells;
}

std::string table(const Comparison& comparison) {
  const auto& margin = comparison.options.margin;
  std::vector<TextRow> rows{{"task", "metric", "n", "A", "B", "B - A", "95 % interval", "p",
                             "p Holm", "McNemar", "A higher", "B higher", "detectable"}};
  if (margin) rows.front().push_back(fmt::format("p within {:.1f}", *margin * 100));
  for (const ComparisonRow& row : comparison.tasks)
    rows.push_back(cells_of(row, false, margin.has_value()));
  if (comparison.average) rows.push_back(cells_of(*comparison.average, true, margin.has_value()));
  std::vector<bool> to_right(rows.front().size(), true);
  to_right[0] = to_right[1] = false;
  return align(rows, to_right);
}

std::string legend(const Comparison& comparison) {
  std::string text =
      "p: sign flips over clusters; McNemar: mid-p; A higher, B higher: samples; differences and\n"
      "detectable (found four times in five at p < 0.05) in points\n";
  for (const ComparisonRow& row : comparison.tasks) {
    if (!row.mcnemar || row.independent) continue;
    text += "* takes samples as independent, and some share a cluster: read p instead\n";
    break;
  }
  return text;
}

std::string left_out(const Comparison& comparison) {
  std::string text;
  for (const ComparisonRow& row : comparison.tasks)
    if (row.left_out.total() > 0)
      fmt::format_to(std::back_inserter(text),
                     "{}: left out are {} attempts scored in A only, {} in B only, {} in neither\n",
                     row.task, row.left_out.only_a, row.left_out.only_b, row.left_out.neither);
  return text.empty() ? "" : "\n" + text;
}

// Between characters of UTF-8, not within one.
std::string cut(const std::string& answer) {
  if (answer.size() <= kAnswerBytes) return answer;
  std::size_t end = kAnswerBytes;
  while (end > 0 && (static_cast<unsigned char>(answer[end]) & 0xC0U) == 0x80U) --end;
  return answer.substr(0, end) + "...";
}

std::string side_text(const DiscordantPair::Side& side) {
  const std::string answer = side.answer.empty() ? fmt::format("({})", to_string(side.outcome))
                                                 : for_terminal(cut(side.answer));
  return fmt::format("{} {}", percent(side.value), answer);
}

std::string discordant(const Comparison& comparison) {
  std::vector<TextRow> rows{{"task", "sample", "repeat", "gold", "A", "B"}};
  for (const ComparisonRow& row : comparison.tasks)
    for (const DiscordantPair& pair : row.discordant)
      rows.push_back({row.task, for_terminal(pair.sample), fmt::format("{}", pair.repeat),
                      for_terminal(cut(pair.gold)), side_text(pair.a), side_text(pair.b)});
  if (rows.size() == 1) return "";
  return "\n" + align(rows, {false, false, true, false, false, false});
}

std::string sentences(const Comparison& comparison) {
  std::string text;
  for (const std::string& sentence : reading(comparison)) text += for_terminal(sentence) + "\n";
  return text;
}

std::string side_line(const char* name, const Comparison::Side& side) {
  return fmt::format("{}        {}: {} {}\n", name, for_terminal(side.name), side.backend,
                     for_terminal(side.model));
}

}  // namespace

std::string comparison_text(const Comparison& comparison) {
  return fmt::format("dataset  {}, split {}, {}, {}\n{}{}\n{}\n{}{}{}\n{}",
                     for_terminal(comparison.dataset), for_terminal(comparison.split),
                     "sha256:" + short_digest(comparison.digest, 12), comparison.mode,
                     side_line("A", comparison.a), side_line("B", comparison.b), table(comparison),
                     legend(comparison), left_out(comparison), discordant(comparison),
                     sentences(comparison));
}

}  // namespace stareval::app
