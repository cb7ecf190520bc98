#include "engine/synth.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <set>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include "engine/sample_scene.h"
#include "engine/synth_about_internal.h"
#include "engine/tasks/make_samples.h"
#include "libstareval/base/file.h"
#include "libstareval/data/dataset_internal.h"

namespace stareval::engine {
namespace {

namespace fs = std::filesystem;

bool is_plain_name(const std::string& name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

Result<void> check(const SynthOptions& options) {
  if (options.tasks.empty() || options.count == 0)
    return make_error(ErrorCode::usage, "synth: expected at least one task and one sample of each");
  if (options.out.empty())
    return make_error(ErrorCode::usage, "synth: expected a folder for --out");
  if (!is_plain_name(options.split))
    return make_error(ErrorCode::usage,
                      "--split: expected letters, digits, '-' and '_', found \"{}\"",
                      options.split);
  return {};
}

Result<json::object> read_old_manifest(const fs::path& folder) {
  if (!file_exists(folder / "dataset.json")) return json::object();
  return read_dataset_manifest(folder);
}

// Clusters of the splits that are there already, but for the one that is made anew.
Result<std::set<std::string>> clusters_of_others(const json::object& manifest,
                                                 const SynthOptions& options) {
  std::set<std::string> clusters;
  ObjectReader in(manifest, (options.out / "dataset.json").string());
  for (const auto& entry : in.object_or_empty("splits")) {
    if (entry.key() == options.split) continue;
    STAREVAL_TRY(const Dataset other, read_dataset(options.out, std::string(entry.key())));
    for (const Sample& sample : other.samples) clusters.insert(sample.cluster);
  }
  STAREVAL_CHECK(in.status());
  return clusters;
}

Result<std::vector<Sample>> make_all(const KnowledgeGraph& graph, const SynthOptions& options,
                                     const std::set<std::string>& avoid) {
  std::vector<Sample> samples;
  for (const std::string& task : options.tasks) {
    STAREVAL_TRY(std::vector<Sample> more,
                 make_samples(graph, {task, options.count, options.seed, options.split, avoid,
                                      options.task}));
    std::move(more.begin(), more.end(), std::back_inserter(samples));
  }
  return samples;
}

// The pictures of a split that is being made. They lie beside those of the split as it was, which a
// failure leaves as they are, and take their place as a whole. No split is named like the folder: a
// name has no dot.
class StagedPictures {
 public:
  StagedPictures(const fs::path& out, const std::string& split)
      : final_(out / "images" / split), staged_(out / "images" / (split + ".tmp")) {}
  ~StagedPictures() {
    std::error_code ignored;
    fs::remove_all(staged_, ignored);
  }
  StagedPictures(const StagedPictures&) = delete;
  StagedPictures& operator=(const StagedPictures&) = delete;

  [[nodiscard]] const fs::path& folder() const { return staged_; }

  // What a run that was killed has left there goes.
  Result<void> start() {
    STAREVAL_CHECK(remove(staged_));
    return make_folders(staged_);
  }

  Result<void> publish() {
    STAREVAL_CHECK(remove(final_));
    std::error_code failure;
    fs::rename(staged_, final_, failure);
    return checked(failure, "rename", staged_);
  }

 private:
  static Result<void> remove(const fs::path& folder) {
    std::error_code failure;
    fs::remove_all(folder, failure);
    return checked(failure, "remove", folder);
  }

  static Result<void> checked(const std::error_code& failure, std::string_view verb,
                              const fs::path& folder) {
    if (!failure) return {};
    return make_error(ErrorCode::io, "cannot {} the folder {}: {}", verb, folder.string(),
                      failure.message());
  }

  fs::path final_;
  fs::path staged_;
};

// Draws samples on several threads; each takes the next that nobody has taken. The first error in
// time stops them all.
class Drawing {
 public:
  Drawing(const KnowledgeGraph& graph, const fs::path& folder, std::vector<Sample>& samples,
          const SynthObserver& observer)
      : graph_(graph), folder_(folder), samples_(samples), observer_(observer) {}

  Result<void> run(int threads) {
    std::vector<std::thread> workers;
    for (int i = 1; i < threads; ++i) workers.emplace_back([this] { work(); });
    work();
    for (std::thread& worker : workers) worker.join();
    if (error_) return *error_;
    return {};
  }

 private:
  void work() {
    for (std::size_t i = next_++; i < samples_.size() && !stopped_; i = next_++) {
      Sample& sample = samples_[i];
      finish(draw_sample(graph_, folder_ / (sample.id + ".png"),
                         fmt::format("images/{}/{}.png", sample.split, sample.id), sample));
    }
  }

  void finish(const Result<void>& result) {
    const std::lock_guard lock(mutex_);
    if (result.has_error()) {
      stopped_ = true;
      if (!error_) error_ = result.error();
    } else if (++done_; observer_) {
      observer_({done_, samples_.size()});
    }
  }

  const KnowledgeGraph& graph_;
  const fs::path& folder_;
  std::vector<Sample>& samples_;
  const SynthObserver& observer_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> stopped_{false};
  std::mutex mutex_;  // guards the observer and what follows
  std::size_t done_ = 0;
  std::optional<Error> error_;
};

}  // namespace

Result<Dataset> synthesise(const KnowledgeGraph& graph, const SynthOptions& options,
                           const SynthObserver& observer) {
  STAREVAL_CHECK(check(options));
  STAREVAL_TRY(const json::object old, read_old_manifest(options.out));
  STAREVAL_TRY(const std::set<std::string> avoid, clusters_of_others(old, options));
  Dataset dataset;
  dataset.name = options.name.empty() ? graph.info().name : options.name;
  dataset.version = "1";
  dataset.split = options.split;
  dataset.folder = options.out;
  STAREVAL_TRY(dataset.samples, make_all(graph, options, avoid));
  StagedPictures pictures(options.out, options.split);
  STAREVAL_CHECK(pictures.start());
  STAREVAL_CHECK(Drawing(graph, pictures.folder(), dataset.samples, observer).run(options.threads));
  STAREVAL_CHECK(pictures.publish());
  STAREVAL_CHECK(write_dataset(dataset, about_dataset(graph, options, old)));
  return dataset;
}

}  // namespace stareval::engine
