#include "engine/audit/checks.h"

#include <fmt/format.h>

#include <functional>
#include <map>
#include <set>
#include <utility>

namespace stareval::engine {
namespace {

constexpr std::size_t kExamples = 3;

// Counts what is found, and keeps the first few to show.
class Finding {
 public:
  Finding(std::string splits, std::string what) {
    check_.splits = std::move(splits);
    check_.what = std::move(what);
  }

  void add(std::string example) {
    if (++check_.found <= kExamples) check_.examples.push_back(std::move(example));
  }

  // `if_found`: what it means that there is one.
  Check done(CheckState if_found = CheckState::failed) && {
    if (check_.found > 0) check_.state = if_found;
    return std::move(check_);
  }

  Check not_checked(std::string why) && {
    check_.state = CheckState::not_checked;
    check_.note = std::move(why);
    return std::move(check_);
  }

 private:
  Check check_;
};

using Keys = std::function<std::vector<std::string>(const AuditItem&)>;

Check repeats(const AuditSplit& split, const char* what, const Keys& keys, CheckState if_found) {
  Finding finding(split.name, what);
  std::map<std::string, const AuditItem*> first;
  for (const AuditItem& item : split.items)
    for (const std::string& key : keys(item)) {
      const auto [known, fresh] = first.emplace(key, &item);
      if (!fresh) finding.add(fmt::format("{} is {} again", item.id, known->second->id));
    }
  if (first.empty()) return std::move(finding).not_checked("nothing to tell samples apart by");
  return std::move(finding).done(if_found);
}

Check broken_pictures(const AuditSplit& split) {
  Finding finding(split.name, "broken pictures");
  for (const PictureFault& fault : split.broken_pictures)
    finding.add(fmt::format("{}: {}", fault.sample, fault.what));
  if (split.pictures == 0) return std::move(finding).not_checked("no picture was opened");
  return std::move(finding).done();
}

Check faults(const AuditSplit& split, const char* what,
             std::optional<std::string> AuditItem::*fault) {
  Finding finding(split.name, what);
  std::map<std::string, std::pair<std::size_t, std::size_t>> of_task;  // found, all
  for (const AuditItem& item : split.items) {
    auto& [found, all] = of_task[item.task];
    ++all;
    if (!(item.*fault)) continue;
    ++found;
    finding.add(fmt::format("{}: {}", item.id, *(item.*fault)));
  }
  Check check = std::move(finding).done();
  for (const auto& [task, counts] : of_task)
    if (counts.first > 0)
      check.note += fmt::format("{}{} of {} {}", check.note.empty() ? "" : ", ", counts.first,
                                counts.second, task);
  return check;
}

Check unreadable(const AuditSplit& split) {
  Finding finding(split.name, "lines that are no sample");
  for (const std::string& problem : split.unreadable) finding.add(problem);
  return std::move(finding).done();
}

std::vector<std::string> unless_empty(std::string text) {
  return text.empty() ? std::vector<std::string>{} : std::vector<std::string>{std::move(text)};
}

std::vector<std::string> picture_digests(const AuditItem& item) {
  std::set<std::string> digests;
  for (const Image& image : item.pictures) digests.insert(image.digest);
  return {digests.begin(), digests.end()};
}

std::vector<std::string> digests_in_task(const AuditItem& item) {
  std::vector<std::string> keys = picture_digests(item);
  for (std::string& key : keys) key = item.task + " " + key;
  return keys;
}

std::vector<std::string> question_and_graph(const AuditItem& item) {
  return unless_empty(item.graph.empty() ? "" : item.graph + " " + item.question);
}

// What both have: an example for each item of the second split.
Check shared(const AuditSplit& a, const AuditSplit& b, const char* what, const Keys& keys,
             const char* why_not) {
  Finding finding(a.name + ", " + b.name, what);
  std::map<std::string, const AuditItem*> of_a;
  for (const AuditItem& item : a.items)
    for (std::string& key : keys(item)) of_a.emplace(std::move(key), &item);
  bool any_of_b = false;
  std::set<std::string> seen;
  for (const AuditItem& item : b.items)
    for (const std::string& key : keys(item)) {
      any_of_b = true;
      const auto known = of_a.find(key);
      if (known != of_a.end() && seen.insert(key).second)
        finding.add(
            fmt::format("{} of {} and {} of {}", known->second->id, a.name, item.id, b.name));
    }
  if (of_a.empty() || !any_of_b) return std::move(finding).not_checked(why_not);
  return std::move(finding).done();
}

}  // namespace

std::vector<Check> checks_within(const AuditSplit& split) {
  const auto identity = [](const AuditItem& item) { return unless_empty(item.identity); };
  return {
      unreadable(split),
      faults(split, "impossible golds", &AuditItem::impossible),
      faults(split, "duplicate options", &AuditItem::duplicate_option),
      broken_pictures(split),
      repeats(split, "duplicate samples", identity, CheckState::failed),
      repeats(split, "a picture twice in a task", digests_in_task, CheckState::failed),
      repeats(split, "a picture twice in the split", picture_digests, CheckState::noted),
  };
}

std::vector<Check> checks_across(const AuditSplit& a, const AuditSplit& b) {
  const auto graph = [](const AuditItem& item) { return unless_empty(item.graph); };
  const auto start = [](const AuditItem& item) { return unless_empty(item.start); };
  constexpr const char* kNoGraphs = "a split has no graphs";
  return {
      shared(a, b, "shared graphs", graph, kNoGraphs),
      shared(a, b, "shared question and graph", question_and_graph, kNoGraphs),
      shared(a, b, "shared pictures", picture_digests, "a split has no pictures"),
      shared(a, b, "shared start entities", start, "a split does not say them (meta.start)"),
  };
}

}  // namespace stareval::engine
