#include "engine/tasks/plan.h"

#include <array>
#include <optional>
#include <span>

#include "engine/tasks/count_targets.h"
#include "libstareval/tasks/task.h"

namespace stareval::engine {
namespace {

struct ErrorKind {
  TriplePart part;
  bool clean;
};
constexpr TriplePart kHead = TriplePart::head, kRelation = TriplePart::relation,
                     kTail = TriplePart::tail;

// What is corrupted in the items of a task, in turn, right and wrong by turns; nothing where the
// task corrupts nothing.
std::span<const ErrorKind> error_kinds(std::string_view task) {
  static constexpr std::array<ErrorKind, 6> any{{{kHead, true},
                                                 {kHead, false},
                                                 {kRelation, true},
                                                 {kRelation, false},
                                                 {kTail, true},
                                                 {kTail, false}}};
  static constexpr std::array<ErrorKind, 8> halves{{{kHead, true},
                                                    {kHead, false},
                                                    {kTail, true},
                                                    {kTail, false},
                                                    {kRelation, true},
                                                    {kRelation, false},
                                                    {kRelation, true},
                                                    {kRelation, false}}};
  static constexpr std::array<ErrorKind, 8> entity{{{kHead, false},
                                                    {kHead, true},
                                                    {kTail, false},
                                                    {kRelation, false},
                                                    {kHead, false},
                                                    {kTail, true},
                                                    {kTail, false},
                                                    {kRelation, false}}};
  static constexpr std::array<ErrorKind, 8> relation{{{kRelation, false},
                                                      {kRelation, true},
                                                      {kRelation, false},
                                                      {kHead, false},
                                                      {kRelation, false},
                                                      {kRelation, true},
                                                      {kRelation, false},
                                                      {kTail, false}}};
  if (task == "ED") return any;
  if (task == "m3str-detect-any") return halves;
  if (task == "m3str-detect-entity") return entity;
  if (task == "m3str-detect-relation") return relation;
  return {};
}

// 0 .. kinds-1 in turn, shuffled.
std::vector<std::size_t> balanced(std::size_t count, std::size_t kinds, Random random) {
  std::vector<std::size_t> values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = i % kinds;
  random.shuffle(values);
  return values;
}

void plan_errors(std::string_view task, const Random& random, std::vector<ItemPlan>& plans) {
  const auto kinds = error_kinds(task);
  if (kinds.empty()) return;
  const auto turns = balanced(plans.size(), kinds.size(), random.fork("error"));
  for (std::size_t i = 0; i < plans.size(); ++i) {
    plans[i].corrupt = kinds[turns[i]].part;
    plans[i].clean = kinds[turns[i]].clean;
  }
}

void plan_counts(const Source& source, std::string_view task, const Random& random,
                 std::vector<ItemPlan>& plans) {
  const auto targets = count_targets(source, task, plans.size(), random.fork("targets"));
  for (std::size_t i = 0; i < targets.size(); ++i) {
    plans[i].count = targets[i].count;
    plans[i].entities = targets[i].entities;
  }
}

}  // namespace

std::vector<ItemPlan> plan_items(const Source& source, std::string_view task, std::size_t count,
                                 const Random& random) {
  const SamplingOptions& sampling = source.options.sampling;
  const std::size_t sizes = sampling.max_entities - sampling.min_entities + 1;
  const auto extra = balanced(count, sizes, random.fork("entities"));
  const auto positions = balanced(count, source.options.choices, random.fork("position"));
  std::vector<ItemPlan> plans(count);
  for (std::size_t i = 0; i < count; ++i) {
    plans[i].entities = sampling.min_entities + extra[i];
    plans[i].gold_position = positions[i];
  }
  const std::string_view like = base_task(task);
  if (find_task(like)->answers == AnswerSpace::integer) plan_counts(source, like, random, plans);
  plan_errors(task, random, plans);
  return plans;
}

}  // namespace stareval::engine
