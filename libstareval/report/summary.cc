#include "libstareval/report/summary.h"

#include <limits>

namespace stareval {
namespace {

json::value number_or_null(const std::optional<double>& value) {
  return value ? json::value(*value) : json::value(nullptr);
}

std::optional<double> read_number(ObjectReader& in, std::string_view key) {
  if (!in.has(key)) return std::nullopt;
  return in.number(key);
}

std::size_t read_count(ObjectReader& in, std::string_view key) {
  return static_cast<std::size_t>(in.integer_in(key, 0, std::numeric_limits<std::int64_t>::max()));
}

json::object metric_to_json(const Metric& metric) {
  return {{"value", number_or_null(metric.value)},
          {"low", number_or_null(metric.low)},
          {"high", number_or_null(metric.high)},
          {"n", metric.n},
          {"method", metric.method}};
}

Metric read_metric(const std::string& name, ObjectReader in) {
  return {name,
          read_number(in, "value"),
          read_number(in, "low"),
          read_number(in, "high"),
          read_count(in, "n"),
          in.string("method")};
}

json::object outcomes_to_json(const TaskSummary& task) {
  json::object object;
  for (std::size_t i = 0; i < kOutcomes.size(); ++i)
    if (task.outcomes[i] > 0) object[to_string(kOutcomes[i])] = task.outcomes[i];
  return object;
}

void read_outcomes(ObjectReader& in, TaskSummary& task) {
  ObjectReader counts = in.child("outcomes");
  std::size_t sum = 0;
  for (const auto& entry : in.object_or_empty("outcomes")) {
    const auto outcome = parse_outcome(entry.key());
    const std::size_t count = read_count(counts, entry.key());
    if (outcome) task.outcomes[static_cast<std::size_t>(*outcome)] = count;
    else counts.fail(entry.key(), "the name of an outcome", "another");
    sum += count;
  }
  if (sum != task.n)
    in.fail("outcomes", fmt::format("counts that add up to n = {}", task.n),
            fmt::format("{}", sum));
}

json::object task_to_json(const TaskSummary& task) {
  json::object metrics;
  for (const Metric& metric : task.metrics) metrics[metric.name] = metric_to_json(metric);
  return {{"n", task.n},
          {"coverage", task.coverage()},
          {"outcomes", outcomes_to_json(task)},
          {"protocol", task.protocol},
          {"protocol_version", task.protocol_version},
          {"prompt", task.prompt_digest},
          {"headline", task.headline},
          {"metrics", std::move(metrics)}};
}

TaskSummary read_task(const std::string& name, ObjectReader in) {
  TaskSummary task;
  task.task = name;
  task.n = read_count(in, "n");
  task.protocol = in.string("protocol");
  task.protocol_version = in.string("protocol_version");
  task.prompt_digest = in.string("prompt");
  task.headline = in.string("headline");
  read_outcomes(in, task);
  ObjectReader metrics = in.child("metrics");
  for (const auto& entry : in.object_or_empty("metrics"))
    task.metrics.push_back(read_metric(std::string(entry.key()), metrics.child(entry.key())));
  if (task.metrics.empty() || task.metrics.front().name != task.headline)
    in.fail("metrics", "the headline \"" + task.headline + "\" first", "another or none");
  return task;
}

}  // namespace

double TaskSummary::coverage() const {
  if (n == 0) return 0;
  return static_cast<double>(outcomes[static_cast<std::size_t>(Outcome::answered)]) /
         static_cast<double>(n);
}

std::optional<Metric> TaskSummary::floor() const {
  if (metrics.empty() || metrics.front().n == n) return std::nullopt;
  const auto hit = std::find_if(metrics.begin(), metrics.end(), [&](const Metric& metric) {
    return metric.name == headline + "_floor";
  });
  if (hit == metrics.end()) return std::nullopt;
  return *hit;
}

json::object to_json_object(const Summary& summary) {
  json::object tasks;
  for (const TaskSummary& task : summary.tasks) tasks[task.task] = task_to_json(task);
  json::object object{{"schema", kSummarySchema},
                      {"dataset", json::object{{"name", summary.dataset},
                                               {"split", summary.split},
                                               {"digest", summary.digest}}},
                      {"backend", summary.backend},
                      {"model", summary.model},
                      {"mode", summary.mode},
                      {"extractor", summary.extractor},
                      {"decoding", summary.decoding},
                      {"repeats", summary.repeats},
                      {"limit", nullptr},
                      {"tasks", std::move(tasks)},
                      {"average", nullptr}};
  if (summary.answer_form != "choice") object["answer_form"] = summary.answer_form;
  if (summary.limit) object["limit"] = *summary.limit;
  if (summary.average) object["average"] = metric_to_json(*summary.average);
  return object;
}

Result<Summary> summary_from_json(const json::object& object, const std::string& where) {
  ObjectReader in(object, where);
  if (const std::string schema = in.string("schema"); schema != kSummarySchema)
    in.fail("schema", kSummarySchema, "\"" + schema + "\"");
  Summary summary;
  ObjectReader dataset = in.child("dataset");
  summary.dataset = dataset.string("name");
  summary.split = dataset.string("split");
  summary.digest = dataset.string("digest");
  summary.backend = in.string("backend");
  summary.model = in.string("model");
  summary.mode = in.string("mode");
  summary.answer_form = in.string_or("answer_form", "choice");
  summary.extractor = in.string_or("extractor", "");
  summary.decoding = in.string("decoding");
  summary.repeats = in.count("repeats");
  if (in.has("limit")) summary.limit = static_cast<std::size_t>(in.count("limit"));
  ObjectReader tasks = in.child("tasks");
  for (const auto& entry : in.object_or_empty("tasks"))
    summary.tasks.push_back(read_task(std::string(entry.key()), tasks.child(entry.key())));
  if (in.has("average")) summary.average = read_metric("average", in.child("average"));
  STAREVAL_CHECK(in.status());
  return summary;
}

}  // namespace stareval
