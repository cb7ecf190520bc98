#include "engine/audit/item.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "libstareval/base/digest.h"
#include "libstareval/base/text.h"
#include "libstareval/tasks/sample_check.h"

namespace stareval::engine {
namespace {

bool is_yes(const std::string& text) { return equals_ignoring_case(trim(text), "yes"); }
bool is_no(const std::string& text) { return equals_ignoring_case(trim(text), "no"); }

bool asks_yes_or_no(const std::vector<std::string>& choices) {
  return choices.size() == 2 && std::any_of(choices.begin(), choices.end(), is_yes) &&
         std::any_of(choices.begin(), choices.end(), is_no);
}

struct GoldReader {
  const Sample& sample;
  AuditItem& item;

  void operator()(const CountGold& gold) const {
    item.kind = AnswerKind::counting;
    item.gold = gold.value;
  }
  void operator()(const DescriptionGold&) const {}
  void operator()(const ErrorGold& gold) const {
    item.kind = AnswerKind::detection;
    item.gold = gold.wrong ? 1 : 0;
  }
  void operator()(const ChoiceGold& gold) const {
    if (asks_yes_or_no(sample.choices)) {
      item.kind = AnswerKind::detection;
      item.gold = is_yes(sample.choices[gold.index]) ? 1 : 0;
    } else {
      item.kind = AnswerKind::choice;
      item.gold = static_cast<std::int64_t>(gold.index);
    }
  }
};

void read_options(const Sample& sample, Names& names, AuditItem& item) {
  std::set<std::uint32_t> seen;
  for (const std::string& choice : sample.choices) {
    item.options.push_back(names.number(normalise_name(choice)));
    if (!seen.insert(item.options.back()).second) item.duplicate_option = choice;
  }
}

// A count against the range in which it must be answered: "answer_range": [low, high].
std::optional<std::string> out_of_range(const Sample& sample) {
  const auto* gold = std::get_if<CountGold>(&sample.gold);
  const auto* range = sample.meta.if_contains("answer_range");
  if (gold == nullptr || range == nullptr || !range->is_array()) return std::nullopt;
  const json::array& ends = range->get_array();
  if (ends.size() != 2 || !ends[0].is_int64() || !ends[1].is_int64()) return std::nullopt;
  if (gold->value >= ends[0].get_int64() && gold->value <= ends[1].get_int64()) return std::nullopt;
  return fmt::format("field \"answer.value\": expected {} to {}, which may be answered, found {}",
                     ends[0].get_int64(), ends[1].get_int64(), gold->value);
}

// An item without options, graph and picture has nothing to tell it from others.
std::string identity_of(const Sample& sample, const AuditItem& item) {
  if (sample.images.empty() && item.graph.empty() && sample.choices.empty()) return "";
  Sha256 hash;
  const auto add = [&](std::string_view text) {
    hash.update(fmt::format("{}:{}", text.size(), text));
  };
  add(sample.task);
  add(sample.question);
  add(item.graph);
  for (const std::string& choice : sample.choices) add(choice);
  for (const Image& image : sample.images) add(image.digest);
  return hash.finish();
}

// M3STR's own files come without pictures, and some without graphs (libstareval/data/m3str.h).
bool is_import(const Sample& sample) {
  return sample.images.empty() && sample.task.starts_with("m3str-");
}

}  // namespace

std::uint32_t Names::number(std::string_view text) {
  const auto known = numbers_.find(text);
  if (known != numbers_.end()) return known->second;
  return numbers_.emplace(text, static_cast<std::uint32_t>(numbers_.size())).first->second;
}

AuditItem audit_item(const Sample& sample, Names& names) {
  AuditItem item;
  item.id = sample.id;
  item.task = sample.task;
  item.question = sample.question;
  item.pictures = sample.images;
  std::visit(GoldReader{sample, item}, sample.gold);
  if (item.kind == AnswerKind::choice) read_options(sample, names, item);
  if (!sample.graph.entities.empty()) item.graph = graph_hash(sample.graph);
  if (const auto* start = sample.meta.if_contains("start"); start && start->is_string())
    item.start = std::string(start->get_string());
  item.identity = identity_of(sample, item);
  item.impossible = out_of_range(sample);
  if (!item.impossible && !item.duplicate_option && !is_import(sample))
    item.impossible = fault_of(sample);
  return item;
}

}  // namespace stareval::engine
