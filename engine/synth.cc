#include "engine/synth.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <iterator>
#include <memory>
#include <numeric>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "engine/draw/picture_store.h"
#include "engine/synth_about_internal.h"
#include "engine/synth_pictures_internal.h"
#include "engine/tasks/make_samples.h"
#include "libstareval/base/file.h"
#include "libstareval/base/folder_lock.h"
#include "libstareval/base/parallel.h"
#include "libstareval/data/dataset_internal.h"
#include "libstareval/data/dataset_stream.h"

namespace stareval::engine {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

bool is_plain_name(const std::string& name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

Result<void> check_splits(const SynthOptions& options) {
  std::set<std::string> names;
  for (const SplitRequest& split : options.splits) {
    if (!is_plain_name(split.name))
      return make_error(ErrorCode::usage,
                        "--split: expected letters, digits, '-' and '_', found \"{}\"", split.name);
    if (!names.insert(split.name).second)
      return make_error(ErrorCode::usage, "--split: expected different names, found {} again",
                        split.name);
    if (split.count == 0)
      return make_error(ErrorCode::usage, "--split: expected samples for {}, found 0", split.name);
  }
  return {};
}

Result<void> check(const SynthOptions& options) {
  if (options.tasks.empty() || options.splits.empty())
    return make_error(ErrorCode::usage, "synth: expected at least one task and one split");
  if (options.out.empty())
    return make_error(ErrorCode::usage, "synth: expected a folder for --out");
  return check_splits(options);
}

Result<json::object> read_old_manifest(const fs::path& folder) {
  if (!file_exists(folder / "dataset.json")) return json::object();
  return read_dataset_manifest(folder);
}

bool is_made_anew(const SynthOptions& options, std::string_view split) {
  return std::any_of(options.splits.begin(), options.splits.end(),
                     [&](const SplitRequest& request) { return request.name == split; });
}

// A dataset is of one graph: its attribution, and the proof that splits share nothing, are.
Result<void> check_same_graph(const json::object& old, const KnowledgeGraph& graph,
                              const SynthOptions& options) {
  ObjectReader in(old, (options.out / "dataset.json").string());
  const json::object& splits = in.object_or_empty("splits");
  const bool kept = std::any_of(splits.begin(), splits.end(), [&](const auto& entry) {
    return !is_made_anew(options, std::string_view(entry.key()));
  });
  const json::object& generator = in.object_or_empty("generator");
  if (!kept || !generator.contains("graph")) return in.status();
  const std::string digest = in.child("generator").child("graph").string_or("digest", "");
  STAREVAL_CHECK(in.status());
  if (digest == graph.info().digest) return {};
  return make_error(
      ErrorCode::usage,
      "{}: expected the graph that its other splits were made of ({}), found {} ({}); "
      "name another folder with --out",
      options.out.string(), digest, graph.info().name, graph.info().digest);
}

// Files that no dataset.json speaks of are somebody's own.
Result<void> check_folder(const json::object& old, const SynthOptions& options) {
  ObjectReader in(old, (options.out / "dataset.json").string());
  const json::object& splits = in.object_or_empty("splits");
  for (const SplitRequest& split : options.splits)
    for (const fs::path& path :
         {options.out / (split.name + ".jsonl"), options.out / "images" / split.name})
      if (!splits.contains(split.name) && file_exists(path))
        return make_error(
            ErrorCode::usage,
            "{}: expected nothing there, as dataset.json has no split {}; move it, or "
            "name another folder with --out",
            path.string(), split.name);
  return in.status();
}

// Before anything is sampled: a picture that cannot be decoded would end the work in its middle.
Result<void> check_pictures(const KnowledgeGraph& graph) {
  for (const GraphEntity& entity : graph.entities()) {
    if (entity.image.empty()) continue;
    if (const auto loaded = PictureStore::shared().load(entity.image.string()); !loaded)
      return make_error(loaded.error().code, "entity {}: {}; mend the file, or remove it",
                        entity.name, loaded.error().message);
  }
  return {};
}

// What splits must not share.
struct Taken {
  std::set<std::string> clusters;
  std::set<std::string> starts;  // names
};

void take(const Sample& sample, Taken& taken) {
  taken.clusters.insert(sample.cluster);
  if (const json::value* start = sample.meta.if_contains("start"); start && start->is_string())
    taken.starts.insert(std::string(start->get_string()));
}

// Of the splits that are there already, but for those that are made anew.
Result<Taken> taken_by_others(const json::object& manifest, const SynthOptions& options) {
  Taken taken;
  ObjectReader in(manifest, (options.out / "dataset.json").string());
  for (const auto& entry : in.object_or_empty("splits")) {
    if (is_made_anew(options, std::string_view(entry.key()))) continue;
    STAREVAL_TRY(const Dataset other, stream_dataset(options.out, std::string(entry.key()),
                                                     [&](Sample sample) -> Result<void> {
                                                       take(sample, taken);
                                                       return {};
                                                     }));
  }
  STAREVAL_CHECK(in.status());
  return taken;
}

// One call of synthesise(), after its options were checked.
class Synthesis {
 public:
  Synthesis(const KnowledgeGraph& graph, const SynthOptions& options, Taken taken,
            json::object about, const SynthObserver& observer)
      : graph_(graph),
        options_(options),
        about_(std::move(about)),
        roles_(graph),
        taken_(std::move(taken)),
        drawing_(graph, options.styles, options.threads, total(options), observer) {}

  // Small splits first, so that what must be avoided is little.
  Result<void> make(SynthReport& report) {
    const std::vector<Starts> starts = starts_of_splits();
    std::vector<std::size_t> order(options_.splits.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return options_.splits[a].count < options_.splits[b].count;
    });
    Parts parts(order.size());
    for (const std::size_t i : order) {
      parts[i] = std::make_unique<Part>(options_.out, options_.splits[i].name);
      STAREVAL_CHECK(fill(*parts[i], options_.splits[i], starts[i], report));
    }
    return publish(parts, report);
  }

 private:
  // A split that is being made, which goes again where it is not published.
  struct Part {
    Part(const fs::path& out, const std::string& split)
        : pictures(out, split), records(out, split) {}
    StagedPictures pictures;
    SplitWriter records;
  };

  using Parts = std::vector<std::unique_ptr<Part>>;

  // All of them or none: until dataset.json names the new splits, the old ones can come back.
  Result<void> publish(const Parts& parts, SynthReport& report) const {
    for (const auto& part : parts) {
      STAREVAL_CHECK(part->pictures.publish());
      STAREVAL_TRY(SplitInfo info, part->records.publish());
      report.splits.push_back(std::move(info));
    }
    STAREVAL_CHECK(write_dataset_manifest(options_.out, report.name, "1", about_, report.splits));
    for (const auto& part : parts) {
      part->pictures.settle();
      part->records.settle();
    }
    return {};
  }

  static std::size_t total(const SynthOptions& options) {
    std::size_t samples = 0;
    for (const SplitRequest& split : options.splits) samples += split.count;
    return samples * options.tasks.size();
  }

  std::vector<Starts> starts_of_splits() const {
    const Starts all(graph_, options_.task.sampling, taken_.starts);
    if (options_.splits.size() == 1) return {all};
    std::vector<std::size_t> weights;
    for (const SplitRequest& split : options_.splits) weights.push_back(split.count);
    return all.divided(graph_, weights);
  }

  // As many tasks at a time as there are threads.
  Result<void> fill(Part& part, const SplitRequest& split, const Starts& starts,
                    SynthReport& report) {
    STAREVAL_CHECK(part.pictures.start());
    STAREVAL_CHECK(part.records.open());
    Taken now;
    const auto step = static_cast<std::size_t>(std::max(options_.threads, 1));
    for (std::size_t first = 0; first < options_.tasks.size(); first += step) {
      const Clock::time_point begun = Clock::now();
      STAREVAL_TRY(
          std::vector<Sample> samples,
          sample_tasks(split, starts, first, std::min(first + step, options_.tasks.size())));
      const Clock::time_point sampled = Clock::now();
      STAREVAL_CHECK(drawing_.draw(part.pictures.folder(), samples));
      for (const Sample& sample : samples) {
        STAREVAL_CHECK(part.records.add(sample));
        report.relaxed += sample.meta.contains("relaxed") ? 1 : 0;
        take(sample, now);
      }
      report.sampling += sampled - begun;
      report.drawing += Clock::now() - sampled;
    }
    taken_.clusters.merge(now.clusters);
    return {};
  }

  // The tasks [first, last), each on a thread of its own, one after the other in the result.
  Result<std::vector<Sample>> sample_tasks(const SplitRequest& split, const Starts& starts,
                                           std::size_t first, std::size_t last) const {
    const Source source{graph_, roles_, starts, options_.task};
    std::vector<std::optional<Result<std::vector<Sample>>>> made(last - first);
    std::atomic<std::size_t> next{0};
    run_on_threads(options_.threads, [&] {
      for (std::size_t i = next++; i < made.size(); i = next++)
        made[i] = make_samples(source, {options_.tasks[first + i], split.count, options_.seed,
                                        split.name, taken_.clusters});
    });
    std::vector<Sample> samples;
    for (auto& of_task : made) {
      STAREVAL_TRY(std::vector<Sample> more, std::move(*of_task));
      std::move(more.begin(), more.end(), std::back_inserter(samples));
    }
    return samples;
  }

  const KnowledgeGraph& graph_;
  const SynthOptions& options_;
  json::object about_;
  Roles roles_;
  Taken taken_;
  Drawing drawing_;
};

}  // namespace

Result<SynthReport> synthesise(const KnowledgeGraph& graph, const SynthOptions& options,
                               const SynthObserver& observer) {
  STAREVAL_CHECK(check(options));
  STAREVAL_TRY(const json::object old, read_old_manifest(options.out));
  STAREVAL_CHECK(check_same_graph(old, graph, options));
  STAREVAL_CHECK(check_folder(old, options));
  STAREVAL_TRY(const FolderLock lock, FolderLock::take(options.out));
  STAREVAL_CHECK(check_pictures(graph));
  STAREVAL_TRY(Taken taken, taken_by_others(old, options));
  SynthReport report;
  report.name = options.name.empty() ? graph.info().name : options.name;
  Synthesis synthesis(graph, options, std::move(taken), about_dataset(graph, options, old),
                      observer);
  STAREVAL_CHECK(synthesis.make(report));
  return report;
}

}  // namespace stareval::engine
