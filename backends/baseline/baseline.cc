#include "backends/baseline/baseline.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "backends/shared/settings.h"
#include "libstareval/base/random.h"
#include "libstareval/tasks/task.h"

namespace stareval {
namespace {

constexpr const char* kEmptyDescription = "The picture shows a knowledge graph.";

// "9" before "10", and a letter before a triple: by length, then by bytes.
struct SmallerText {
  bool operator()(const std::string& a, const std::string& b) const {
    return std::pair(a.size(), std::string_view(a)) < std::pair(b.size(), std::string_view(b));
  }
};
using Counts = std::map<std::string, int, SmallerText>;

// The smallest of the most frequent; "" where there is nothing.
std::string most_frequent(const Counts& counts) {
  const auto best = std::max_element(counts.begin(), counts.end(),
                                     [](auto& a, auto& b) { return a.second < b.second; });
  return best == counts.end() ? std::string() : best->first;
}

bool comes_before(const Sample* a, const Sample* b) { return a->id < b->id; }

// What the guesses about one task are made from.
struct TaskGolds {
  std::vector<const Sample*> samples;  // by id, so that no guess depends on the order of the file
  std::vector<std::string> answers;    // different golds, smallest first
  std::string majority;
};

using TaskTable = std::map<std::string, TaskGolds, std::less<>>;

// By letter, or by name where options are named.
Counts count_answers(const std::vector<const Sample*>& samples, bool names_options) {
  Counts counts;
  for (const Sample* sample : samples) {
    const auto* description = std::get_if<DescriptionGold>(&sample->gold);
    const auto* choice = std::get_if<ChoiceGold>(&sample->gold);
    if (names_options && choice != nullptr) ++counts[sample->choices[choice->index]];
    else if (description == nullptr) ++counts[gold_answer(*sample)];
    else
      for (const Triple& triple : description->triples) ++counts[to_string(triple)];
  }
  return counts;
}

TaskTable make_table(const Dataset& dataset, bool names_options) {
  TaskTable table;
  for (const Sample& sample : dataset.samples) table[sample.task].samples.push_back(&sample);
  for (auto& [task, golds] : table) {
    std::sort(golds.samples.begin(), golds.samples.end(), comes_before);
    const Counts counts = count_answers(golds.samples, names_options);
    for (const auto& [answer, count] : counts) golds.answers.push_back(answer);
    golds.majority = most_frequent(counts);
  }
  return table;
}

// ---- guesses by the form of the gold ----

struct Constant {
  const Sample& sample;

  std::string operator()(const CountGold&) const { return "1"; }
  std::string operator()(const DescriptionGold&) const { return kEmptyDescription; }
  std::string operator()(const ErrorGold&) const { return "none"; }
  std::string operator()(const ChoiceGold&) const { return choice_answer(sample, 0); }
};

struct Guess {
  const Sample& sample;
  const TaskGolds& golds;
  bool names_options;
  Random& random;

  std::string operator()(const CountGold&) const { return random.pick(golds.answers); }

  // Where names are asked for, one of all that may be ranked.
  std::string operator()(const ChoiceGold&) const {
    if (names_options && !sample.candidates.empty()) return random.pick(sample.candidates);
    return choice_answer(sample, random.below(std::max<std::size_t>(sample.choices.size(), 1)));
  }

  std::string operator()(const ErrorGold&) const {
    const Graph drawn = drawn_graph(sample);
    if (drawn.triples.empty() || random.chance(0.5)) return "none";
    return to_string(random.pick(drawn.triples));
  }

  // The description of another sample: fluent, and about other facts.
  std::string operator()(const DescriptionGold&) const {
    if (golds.samples.size() < 2) return kEmptyDescription;
    const auto self =
        std::lower_bound(golds.samples.begin(), golds.samples.end(), &sample, comes_before);
    auto index = random.below(golds.samples.size() - 1);
    if (index >= static_cast<std::size_t>(self - golds.samples.begin())) ++index;
    return gold_answer(*golds.samples[index]);
  }
};

// ---- the models ----

class Baseline : public Backend {
 public:
  Baseline(const Dataset& dataset, const BackendConfig& config)
      : table_(make_table(dataset, config.names_options)), names_options_(config.names_options) {
    for (const Sample& sample : dataset.samples) samples_.emplace(sample.id, &sample);
  }

  void submit(const Request& request, Completion done) override {
    const auto hit = samples_.find(request.sample_id);
    if (hit == samples_.end())
      return done(failed_reply(
          Failure::permanent,
          fmt::format("baseline: the dataset has no sample \"{}\"", request.sample_id)));
    const Sample& sample = *hit->second;
    done(answered_reply(in_words(sample, answer(sample, table_.at(sample.task), request.repeat))));
  }

 protected:
  [[nodiscard]] bool names_options() const { return names_options_; }

  [[nodiscard]] virtual std::string answer(const Sample& sample, const TaskGolds& golds,
                                           int repeat) const = 0;

 private:
  // The text of an option in place of its letter, where texts are asked for.
  [[nodiscard]] std::string in_words(const Sample& sample, std::string answer) const {
    if (!names_options_ || !std::holds_alternative<ChoiceGold>(sample.gold)) return answer;
    for (std::size_t i = 0; i < sample.choices.size(); ++i)
      if (answer == std::string(1, choice_letter(i))) return sample.choices[i];
    return answer;
  }

  TaskTable table_;
  bool names_options_;
  std::unordered_map<std::string_view, const Sample*> samples_;
};

class Oracle : public Baseline {
 public:
  Oracle(const Dataset& dataset, const BackendConfig& config) : Baseline(dataset, config) {}

 private:
  std::string answer(const Sample& sample, const TaskGolds&, int) const override {
    return gold_answer(sample);
  }
};

class Majority : public Baseline {
 public:
  Majority(const Dataset& dataset, const BackendConfig& config) : Baseline(dataset, config) {}

 private:
  std::string answer(const Sample&, const TaskGolds& golds, int) const override {
    return golds.majority.empty() ? kEmptyDescription : golds.majority;
  }
};

class RandomGuess : public Baseline {
 public:
  RandomGuess(const Dataset& dataset, const BackendConfig& config)
      : Baseline(dataset, config), seed_(config.seed) {}

  // As text: 64 bits survive every reader of JSON.
  [[nodiscard]] json::object identity() const override { return {{"seed", std::to_string(seed_)}}; }

 private:
  std::string answer(const Sample& sample, const TaskGolds& golds, int repeat) const override {
    Random random = Random(seed_).fork(sample.id).fork(static_cast<std::uint64_t>(repeat));
    return std::visit(Guess{sample, golds, names_options(), random}, sample.gold);
  }

  std::uint64_t seed_;
};

class ConstantAnswer : public Baseline {
 public:
  ConstantAnswer(const Dataset& dataset, const BackendConfig& config)
      : Baseline(dataset, config), settings_(config.settings) {}

  [[nodiscard]] json::object identity() const override {
    json::object identity;
    for (const auto& [key, value] : settings_) identity[key] = value;
    return identity;
  }

 private:
  std::string answer(const Sample& sample, const TaskGolds&, int) const override {
    const auto set = settings_.find("answer");
    return set == settings_.end() ? std::visit(Constant{sample}, sample.gold) : set->second;
  }

  std::map<std::string, std::string> settings_;
};

struct Model {
  std::string_view name;
  std::unique_ptr<Backend> (*make)(const Dataset&, const BackendConfig&);
};

template <class Kind>
std::unique_ptr<Backend> make(const Dataset& dataset, const BackendConfig& config) {
  return std::make_unique<Kind>(dataset, config);
}

constexpr const char* kDefaultModel = "random";
constexpr std::array<Model, 4> kModels{{{"oracle", make<Oracle>},
                                        {"majority", make<Majority>},
                                        {"random", make<RandomGuess>},
                                        {"constant", make<ConstantAnswer>}}};

}  // namespace

Result<std::unique_ptr<Backend>> make_baseline(const BackendConfig& config) {
  const std::string name = config.model.empty() ? kDefaultModel : config.model;
  const auto* model = std::find_if(kModels.begin(), kModels.end(),
                                   [&](const Model& known) { return known.name == name; });
  if (model == kModels.end())
    return make_error(ErrorCode::usage,
                      "--model: the backend baseline has oracle, majority, random and constant, "
                      "found \"{}\"",
                      name);
  SettingsReader in("baseline", config.settings);
  if (name == "constant") (void)in.text("answer", "");
  STAREVAL_CHECK(in.status());
  STAREVAL_CHECK(refuse_base_url(config, "baseline"));
  if (config.dataset == nullptr)
    return make_error(ErrorCode::usage,
                      "the backend baseline answers from a dataset: name one with --dataset");
  return model->make(*config.dataset, config);
}

void register_baseline(Registry& registry) {
  registry.add_backend("baseline", {"oracle, majority, random or constant answers; no network",
                                    kDefaultModel, make_baseline});
}

}  // namespace stareval
