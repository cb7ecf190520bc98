// Audit items made by chance, for tests: fair ones, and ways to plant a bias.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "engine/audit/input.h"
#include "libstareval/base/random.h"

namespace stareval::engine {

inline constexpr std::uint32_t kTestOptions = 5;

inline AuditItem item_of(const std::string& task, AnswerKind kind, std::size_t number) {
  AuditItem item;
  item.id = fmt::format("{}-{}", task, number);
  item.task = task;
  item.kind = kind;
  item.graph = "sha256:" + item.id;
  item.identity = item.id;
  return item;
}

// Question, picture and file by chance; nothing about the gold.
inline void dress(AuditItem& item, Random& random) {
  item.question = fmt::format("wording {}", random.below(5));
  item.pictures = {{item.id + ".png", "sha256:" + item.id, random.between(4, 8) * 128, 512}};
  item.picture_bytes = random.between(8'000, 30'000);
}

// Five different options out of `vocabulary`, the gold at a place drawn by chance.
inline AuditItem fair_choice(const std::string& task, std::size_t number, std::uint32_t vocabulary,
                             Random& random) {
  AuditItem item = item_of(task, AnswerKind::choice, number);
  while (item.options.size() < kTestOptions) {
    const auto option = static_cast<std::uint32_t>(random.below(vocabulary));
    if (std::find(item.options.begin(), item.options.end(), option) == item.options.end())
      item.options.push_back(option);
  }
  item.gold = static_cast<std::int64_t>(random.below(kTestOptions));
  dress(item, random);
  return item;
}

inline AuditItem fair_detection(const std::string& task, std::size_t number, Random& random) {
  AuditItem item = item_of(task, AnswerKind::detection, number);
  item.gold = static_cast<std::int64_t>(random.below(2));
  dress(item, random);
  return item;
}

// n items each of ED, ER (60 options, as entities are many) and RR (15).
inline AuditSplit fair_split(const std::string& name, std::size_t n, Random random) {
  AuditSplit split;
  split.name = name;
  for (std::size_t i = 0; i < n; ++i) split.items.push_back(fair_detection("ED", i, random));
  for (std::size_t i = 0; i < n; ++i) split.items.push_back(fair_choice("ER", i, 60, random));
  for (std::size_t i = 0; i < n; ++i) split.items.push_back(fair_choice("RR", i, 15, random));
  split.pictures = split.items.size();
  for (AuditItem& item : split.items) {
    item.graph += name;
    item.identity += name;
    item.pictures.front().digest += name;
  }
  return split;
}

inline AuditInput input_of(std::vector<AuditSplit> splits) {
  AuditInput input;
  input.name = "made";
  input.splits = std::move(splits);
  return input;
}

}  // namespace stareval::engine
