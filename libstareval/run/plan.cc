#include "libstareval/run/plan.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "libstareval/base/file.h"
#include "libstareval/base/random.h"

namespace stareval {
namespace {

std::string tasks_of(const Dataset& dataset) {
  std::set<std::string> tasks;
  for (const Sample& sample : dataset.samples) tasks.insert(sample.task);
  return fmt::format("{}", fmt::join(tasks, ", "));
}

Result<void> find_pictures(const Dataset& dataset, const Sample& sample) {
  for (const Image& image : sample.images) {
    const auto path = dataset.folder / image.path;
    if (!file_exists(path))
      return make_error(ErrorCode::io,
                        "dataset {}: sample {}: the picture {} is missing; restore it, or make the "
                        "dataset anew",
                        dataset.name, sample.id, path.string());
  }
  return {};
}

}  // namespace

bool Shard::holds(const Sample& sample) const {
  const auto number = Random(0).fork(sample.id).below(static_cast<std::uint64_t>(count));
  return number == static_cast<std::uint64_t>(index - 1);
}

std::string Shard::text() const { return fmt::format("{}/{}", index, count); }

Result<Shard> parse_shard(const std::string& text) {
  constexpr int kMost = 10'000;
  Shard shard;
  const char* end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, shard.index);
  const bool slash = first.ec == std::errc{} && first.ptr != end && *first.ptr == '/';
  const auto second = slash ? std::from_chars(first.ptr + 1, end, shard.count) : first;
  if (slash && second.ec == std::errc{} && second.ptr == end && shard.index >= 1 &&
      shard.index <= shard.count && shard.count <= kMost)
    return shard;
  return make_error(ErrorCode::usage,
                    "shard: expected INDEX/COUNT with INDEX from 1 to COUNT and COUNT at most {}, "
                    "found \"{}\"; for example --shard 2/4",
                    kMost, text);
}

Plan::Plan(const Dataset& dataset, PlanOptions options)
    : dataset_(&dataset), options_(std::move(options)) {}

Result<Plan> Plan::make(const Registry& registry, const Dataset& dataset,
                        const PlanOptions& options) {
  if (options.repeats < 1)
    return make_error(ErrorCode::usage, "repeats: expected at least 1, found {}", options.repeats);
  if (options.limit && *options.limit == 0)
    return make_error(ErrorCode::usage, "limit: expected at least 1, found 0");
  Plan plan(dataset, options);
  for (const std::string& task : options.tasks) STAREVAL_CHECK(plan.add_task(registry, task));
  return plan;
}

Result<void> Plan::add_task(const Registry& registry, const std::string& task) {
  if (protocols_.contains(task))
    return make_error(ErrorCode::usage, "the task {} is asked for twice", task);
  const AnswerForm form = has_answer_forms(task) ? options_.form : AnswerForm::choice;
  STAREVAL_TRY(auto protocol, registry.protocol_for_task(task, {options_.mode, form}));
  std::size_t found = 0;
  for (const Sample& sample : dataset_->samples) {
    if (sample.task != task) continue;
    if (options_.limit && found == *options_.limit) break;
    ++found;
    if (options_.shard && !options_.shard->holds(sample)) continue;
    STAREVAL_CHECK(find_pictures(*dataset_, sample));
    for (int repeat = 0; repeat < options_.repeats; ++repeat)
      items_.push_back({&sample, protocol.get(), repeat});
  }
  if (found == 0)
    return make_error(ErrorCode::usage,
                      "dataset {}: no sample of the task {} in its split {}; it has: {}",
                      dataset_->name, task, dataset_->split, tasks_of(*dataset_));
  protocols_[task] = std::move(protocol);
  return {};
}

const Protocol& Plan::protocol(const std::string& task) const { return *protocols_.at(task); }

Request Plan::request(const PlanItem& item) const {
  const Sample& sample = *item.sample;
  const Prompt prompt = item.protocol->prompt(sample);
  Request request{sample.id, item.repeat, options_.model, {}, options_.decoding};
  if (!prompt.system.empty()) request.messages.push_back({"system", {TextPart{prompt.system}}});
  Message user{"user", {}};
  if (prompt.pictures)
    for (const Image& image : sample.images)
      user.parts.emplace_back(ImagePart{dataset_->folder / image.path, image.digest});
  user.parts.emplace_back(TextPart{prompt.text});
  request.messages.push_back(std::move(user));
  return request;
}

}  // namespace stareval
