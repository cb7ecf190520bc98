// What a page about an audit says, before it is text or markdown.
#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "engine/audit/page.h"

namespace stareval::engine {
namespace {

std::string percent(double fraction) { return fmt::format("{:.1f} %", fraction * 100); }

std::string p_text(double p) { return p < 0.001 ? "< 0.001" : fmt::format("{:.3f}", p); }

std::string state_text(CheckState state) {
  switch (state) {
    case CheckState::passed: return "ok";
    case CheckState::failed: return "FAILED";
    case CheckState::noted: return "noted";
    case CheckState::not_checked: return "not checked";
  }
  return "";
}

std::string verdict_text(const Prior& prior) {
  switch (prior.verdict) {
    case Verdict::fair: return "at chance";
    case Verdict::biased: return "ABOVE CHANCE";
    case Verdict::expected:
      if (prior.name.ends_with("size")) return "above (expected: more to draw)";
      return "above (counts are not spread evenly)";
  }
  return "";
}

std::string method_text(const std::string& learnt_of) {
  if (learnt_of == "others") return "leave-one-out";
  if (learnt_of == "itself") return "most frequent";
  return "learnt of " + learnt_of;
}

Section overview(const Audit& audit) {
  Section section{
      "", {}, {{{"split"}, {"samples", true}, {"tasks", true}, {"pictures", true}}, {}}, {}};
  for (const SplitAudit& split : audit.splits)
    section.table.rows.push_back(
        {one_line(split.name), fmt::format("{}", split.samples),
         fmt::format("{}", split.tasks.size()),
         split.pictures == 0 ? "not opened" : fmt::format("{}", split.pictures)});
  return section;
}

std::string cell_of(const Check& check) {
  if (check.state == CheckState::not_checked) return "not checked";
  if (check.state == CheckState::passed) return "0";
  return fmt::format("{} {}", check.found, state_text(check.state));
}

bool is_of(const Check& check, const SplitAudit& split) { return check.splits == split.name; }

bool is_within_a_split(const Audit& audit, const Check& check) {
  return std::any_of(audit.splits.begin(), audit.splits.end(),
                     [&](const SplitAudit& split) { return is_of(check, split); });
}

void add_examples(const Check& check, Section& section) {
  if (check.state != CheckState::failed) return;
  if (!check.note.empty())
    section.after.push_back(
        fmt::format("{}, {}: {}", one_line(check.splits), check.what, one_line(check.note)));
  for (const std::string& example : check.examples)
    section.after.push_back(
        fmt::format("{}, {}: {}", one_line(check.splits), check.what, one_line(example, 300)));
}

// A row for what is looked for, a column a split: all splits have the same checks in one order.
Section faults(const Audit& audit) {
  Section section{"Faults", {}, {{{"looked for"}}, {}}, {}};
  auto& rows = section.table.rows;
  for (const SplitAudit& split : audit.splits) {
    section.table.columns.push_back({one_line(split.name), true});
    std::size_t row = 0;
    for (const Check& check : audit.checks) {
      if (!is_of(check, split)) continue;
      if (row == rows.size()) rows.push_back({check.what});
      rows[row++].push_back(cell_of(check));
    }
  }
  for (const Check& check : audit.checks)
    if (is_within_a_split(audit, check)) add_examples(check, section);
  return section;
}

Section across(const Audit& audit) {
  Section section{
      "Across splits", {}, {{{"splits"}, {"looked for"}, {"found", true}, {"verdict"}}, {}}, {}};
  for (const Check& check : audit.checks) {
    if (is_within_a_split(audit, check)) continue;
    const bool known = check.state != CheckState::not_checked;
    section.table.rows.push_back(
        {one_line(check.splits), check.what, known ? fmt::format("{}", check.found) : "-",
         known ? state_text(check.state) : state_text(check.state) + ": " + check.note});
    add_examples(check, section);
  }
  return section;
}

std::string gold_text(AnswerKind kind, std::int64_t gold) {
  if (kind == AnswerKind::choice) return {static_cast<char>('A' + gold)};
  if (kind == AnswerKind::detection) return gold == 1 ? "wrong" : "clean";
  return fmt::format("{}", gold);
}

// "A 20, B 20 ..." or, where there are many, the ends.
std::string golds_text(const TaskBalance& task) {
  constexpr std::size_t kMost = 10;
  if (task.golds.empty()) return "free text";
  if (task.golds.size() > kMost)
    return fmt::format("{} different, {} to {}", task.golds.size(), task.golds.begin()->first,
                       task.golds.rbegin()->first);
  std::string text;
  for (const auto& [gold, count] : task.golds)
    text += fmt::format("{}{}:{}", text.empty() ? "" : " ", gold_text(task.kind, gold), count);
  return text;
}

Section balance(const Audit& audit) {
  Section section{"Balance",
                  {},
                  {{{"split"},
                    {"task"},
                    {"n", true},
                    {"golds"},
                    {"most frequent", true},
                    {"evenness", true},
                    {"wordings", true},
                    {"even use, p", true}},
                   {}},
                  {}};
  for (const SplitAudit& split : audit.splits)
    for (const TaskBalance& task : split.tasks)
      section.table.rows.push_back(
          {one_line(split.name), one_line(task.task), fmt::format("{}", task.n), golds_text(task),
           task.golds.empty() ? "-" : percent(task.majority),
           task.entropy ? fmt::format("{:.3f}", *task.entropy) : "-",
           fmt::format("{}", task.wordings), task.wording ? p_text(task.wording->p) : "-"});
  section.after.push_back("Evenness: entropy of the golds, 1 where all are equally frequent.");
  return section;
}

Section positions(const Audit& audit) {
  Section section{"Positions of the gold",
                  {},
                  {{{"split"},
                    {"task"},
                    {"chi-square", true},
                    {"freedom", true},
                    {"p, adjusted", true},
                    {"verdict"}},
                   {}},
                  {}};
  for (const PositionTest& row : audit.positions)
    section.table.rows.push_back(
        {one_line(row.split), one_line(row.task), fmt::format("{:.1f}", row.test.statistic),
         fmt::format("{}", row.test.freedom), p_text(row.adjusted), fails(row) ? "UNEVEN" : "ok"});
  return section;
}

Section priors(const Audit& audit) {
  Section section{"Without the picture",
                  {},
                  {{{"split"},
                    {"task"},
                    {"guess by"},
                    {"how"},
                    {"accuracy", true},
                    {"95 % interval", true},
                    {"chance", true},
                    {"p, adjusted", true},
                    {"verdict"}},
                   {}},
                  {}};
  for (const Prior& prior : audit.priors)
    section.table.rows.push_back(
        {one_line(prior.split), one_line(prior.task), prior.name,
         method_text(one_line(prior.learnt_of)), percent(prior.accuracy),
         fmt::format("{:.1f} to {:.1f}", prior.interval.low * 100, prior.interval.high * 100),
         percent(prior.chance), p_text(prior.adjusted), verdict_text(prior)});
  section.after.push_back(
      "Leave-one-out falls below chance where golds were balanced on purpose: no finding.");
  return section;
}

// A line for each that failed.
std::vector<std::string> failures_of(const Audit& audit) {
  std::vector<std::string> lines;
  for (const Check& check : audit.checks)
    if (check.state == CheckState::failed)
      lines.push_back(fmt::format("{}: {} {}", one_line(check.splits), check.found, check.what));
  for (const PositionTest& row : audit.positions)
    if (fails(row))
      lines.push_back(fmt::format("{} {}: the gold does not stand at each position equally often",
                                  one_line(row.split), one_line(row.task)));
  for (const Prior& prior : audit.priors)
    if (prior.verdict == Verdict::biased)
      lines.push_back(fmt::format("{} {}: {} alone gets {} where chance is {}",
                                  one_line(prior.split), one_line(prior.task), prior.name,
                                  percent(prior.accuracy), percent(prior.chance)));
  return lines;
}

Section notes(const Audit& audit) {
  Section section{"Notes", {}, {}, {}};
  for (const std::string& note : audit.notes) section.before.push_back(one_line(note, 400));
  return section;
}

Section conclusion(const Audit& audit) {
  Section section{audit.failures() == 0 ? "Passed" : "Failed", {}, {}, {}};
  section.before = failures_of(audit);
  if (section.before.empty()) section.before.push_back("Nothing was found that makes it unfair.");
  return section;
}

// The column "split", where there is but one.
void drop_first_column(PageTable& table) {
  table.columns.erase(table.columns.begin());
  for (auto& row : table.rows) row.erase(row.begin());
}

}  // namespace

std::string one_line(std::string_view text, std::size_t most) {
  std::string line(text.substr(0, most));
  if (text.size() > most) {
    while (!line.empty() && (static_cast<unsigned char>(text[line.size()]) & 0xc0U) == 0x80)
      line.pop_back();
    line += "...";
  }
  std::replace_if(
      line.begin(), line.end(), [](char c) { return (c >= 0 && c < 0x20) || c == 0x7f; }, '?');
  return line;
}

std::vector<Section> sections_of(const Audit& audit) {
  std::vector<Section> sections;
  const auto add = [&](Section section) {
    if (!section.table.rows.empty()) sections.push_back(std::move(section));
  };
  const auto add_by_split = [&](Section section) {
    if (audit.splits.size() == 1) drop_first_column(section.table);
    add(std::move(section));
  };
  add(overview(audit));
  add(faults(audit));
  add(across(audit));
  add_by_split(balance(audit));
  add_by_split(positions(audit));
  add_by_split(priors(audit));
  if (!audit.notes.empty()) sections.push_back(notes(audit));
  sections.push_back(conclusion(audit));
  return sections;
}

}  // namespace stareval::engine
