#include <algorithm>
#include <optional>

#include "backends/reader/question_words_internal.h"
#include "libstareval/base/text.h"

namespace stareval::reader {
namespace {

enum class Mark { letter, number, dash };

struct Marked {
  std::string mark;  // "B", "2", "-"
  std::string_view text;
};

struct Run {
  std::size_t begin = 0, end = 0;  // lines
  std::vector<Option> options;
};

using Lines = std::vector<std::string_view>;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<Marked> dashed(std::string_view line) {
  for (const std::string_view sign : {"- ", "* ", "\u2022 "})
    if (line.starts_with(sign)) return Marked{"-", trim(line.substr(sign.size()))};
  return std::nullopt;
}

// "B. text", "B) text", "(B) text", "[B] text", "B: text"; the same with a number.
std::optional<Marked> lettered(std::string_view line, Mark mark) {
  const bool opened = line.starts_with('(') || line.starts_with('[');
  if (opened) line.remove_prefix(1);
  std::size_t size = 0;
  if (mark == Mark::number)
    while (size < line.size() && is_digit(line[size])) ++size;
  else if (!line.empty() && line[0] >= 'A' && line[0] <= 'Z') size = 1;
  if (size == 0 || size >= line.size()) return std::nullopt;
  const std::string_view ends = opened ? ")]" : ".):";
  if (ends.find(line[size]) == std::string_view::npos) return std::nullopt;
  const std::string_view text = line.substr(size + 1);
  if (!text.empty() && text[0] != ' ') return std::nullopt;
  return Marked{std::string(line.substr(0, size)), trim(text)};
}

std::optional<Marked> marked(std::string_view line, Mark mark) {
  line = trim(line);
  return mark == Mark::dash ? dashed(line) : lettered(line, mark);
}

std::string mark_at(Mark mark, std::size_t index) {
  if (mark == Mark::letter) return std::string(1, static_cast<char>('A' + index));
  return mark == Mark::number ? std::to_string(index + 1) : "-";
}

// Whether the line before says that what follows shows how to answer.
bool is_example(const Lines& lines, std::size_t begin) {
  while (begin > 0 && trim(lines[begin - 1]).empty()) --begin;
  if (begin == 0) return false;
  const auto sentences = sentences_of(lines[begin - 1]);
  return !sentences.empty() && sentences.back().has("example examples format form e.g like");
}

Run run_at(const Lines& lines, std::size_t begin, Mark mark) {
  Run run{begin, begin, {}};
  for (std::size_t i = begin; i < lines.size(); ++i) {
    if (trim(lines[i]).empty()) continue;
    const auto item = marked(lines[i], mark);
    if (!item || item->mark != mark_at(mark, run.options.size())) break;
    run.options.push_back({mark == Mark::letter ? item->mark : "", std::string(item->text)});
    run.end = i + 1;
  }
  return run;
}

std::optional<Run> find_run(const Lines& lines, Mark mark) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!marked(lines[i], mark)) continue;
    Run run = run_at(lines, i, mark);
    if (run.options.size() < 2) continue;
    if (!is_example(lines, i)) return run;
    i = run.end - 1;
  }
  return std::nullopt;
}

// "Options: France, Spain"
std::optional<Run> listed_in_line(const Lines& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t colon = lines[i].find(':');
    if (colon == std::string_view::npos) continue;
    const auto before = sentences_of(lines[i].substr(0, colon));
    if (before.empty() || before.back().words.size() > 3 ||
        !before.back().has("options choices candidates"))
      continue;
    const std::string_view list = lines[i].substr(colon + 1);
    const char separator = list.find(';') == std::string_view::npos ? ',' : ';';
    Run run{i, i + 1, {}};
    for (const std::string_view part : split(list, separator))
      if (!trim(part).empty()) run.options.push_back({"", std::string(trim(part))});
    if (run.options.size() > 1) return run;
  }
  return std::nullopt;
}

// The line behind the first paragraph, and that behind the last one but its instruction.
std::optional<Run> paragraph_of_candidates(const Lines& lines) {
  const auto is_empty = [](std::string_view line) { return trim(line).empty(); };
  const auto first = std::find_if(lines.begin(), lines.end(), is_empty);
  auto last = lines.end();
  while (last != first && is_empty(*(last - 1))) --last;
  if (first == last) return std::nullopt;
  const auto sentences = sentences_of(*(last - 1));
  const bool instructed = is_empty(*(last - 2)) && !sentences.empty() && sentences.front().of_form;
  if (instructed) --last;
  Run run{static_cast<std::size_t>(first - lines.begin()),
          static_cast<std::size_t>(last - lines.begin()),
          {}};
  for (auto line = first; line != last; ++line)
    if (!is_empty(*line)) run.options.push_back({"", std::string(trim(*line))});
  return run.options.size() > 1 ? std::optional(run) : std::nullopt;
}

std::string without(const Lines& lines, const std::optional<Run>& run) {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (!run || i < run->begin || i >= run->end) text.append(lines[i]).append("\n");
    else if (i == run->begin) text.append("\n");
  return text;
}

bool asks_for_order(const Sentence& sentence) {
  return sentence.has("rank ranked ranking") ||
         (sentence.has("order ordered sort sorted") &&
          sentence.has("likeliest likely best candidates options plausible probable"));
}

// Of the first and the last paragraph: between them stands what is to be ordered.
bool asks_for_order(const Lines& lines) {
  std::string text;
  for (std::size_t i = 0; i < lines.size() && !trim(lines[i]).empty(); ++i)
    text.append(lines[i]).append(" ");
  std::size_t last = lines.size();
  while (last > 0 && trim(lines[last - 1]).empty()) --last;
  text.append("\n\n");
  for (std::size_t i = last; i > 0 && !trim(lines[i - 1]).empty(); --i) last = i - 1;
  for (; last < lines.size(); ++last) text.append(lines[last]).append(" ");
  const auto sentences = sentences_of(text);
  return std::any_of(sentences.begin(), sentences.end(),
                     [](const Sentence& s) { return asks_for_order(s); });
}

std::optional<Run> unlettered(const Lines& lines, bool as_ranking) {
  if (as_ranking)
    if (auto run = paragraph_of_candidates(lines)) return run;
  for (const Mark mark : {Mark::dash, Mark::number})
    if (auto run = find_run(lines, mark)) return run;
  return listed_in_line(lines);
}

}  // namespace

OptionList split_options(std::string_view message) {
  const Lines lines = split(message, '\n');
  auto run = find_run(lines, Mark::letter);
  OptionList list;
  const std::string asked = without(lines, run);
  list.as_ranking = asks_for_order(split(asked, '\n'));
  if (!run) run = unlettered(lines, list.as_ranking);
  list.rest = without(lines, run);
  if (run) list.options = std::move(run->options);
  return list;
}

}  // namespace stareval::reader
