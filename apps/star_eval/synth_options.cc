#include "apps/star_eval/synth_options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <thread>
#include <utility>

#include "engine/graph/emblems.h"
#include "libstareval/base/text.h"
#include "libstareval/tasks/task.h"

namespace stareval::app {
namespace {

constexpr std::uint64_t kMostSamples = 1'000'000;

auto text(const char* name) { return po::value<std::string>()->value_name(name); }

// What a word of the command line stands for.
template <class Value>
using Words = std::initializer_list<std::pair<std::string_view, Value>>;

template <class Value>
Result<Value> parse_word(const OptionParser& parser, const char* option, Words<Value> words) {
  const std::string found = parser.text(option);
  std::vector<std::string_view> known;
  for (const auto& [word, value] : words) {
    if (word == found) return value;
    known.push_back(word);
  }
  return make_error(ErrorCode::usage, "--{}: expected {}, found \"{}\"", option,
                    fmt::join(known, ", "), found);
}

Result<std::uint64_t> parse_count(std::string_view option, std::string_view found) {
  std::uint64_t value = 0;
  const auto [end, failure] = std::from_chars(found.data(), found.data() + found.size(), value);
  if (failure == std::errc() && end == found.data() + found.size() && value >= 1 &&
      value <= kMostSamples)
    return value;
  return make_error(ErrorCode::usage, "--{}: expected a number from 1 to {}, found \"{}\"", option,
                    kMostSamples, found);
}

// "test", or "train=7200,test=800"; a split without a number has that of --count.
Result<std::vector<engine::SplitRequest>> parse_splits(const OptionParser& parser) {
  STAREVAL_TRY(const std::uint64_t usual, parser.number("count", 1, kMostSamples));
  const std::string found = parser.text("split");
  std::vector<engine::SplitRequest> splits;
  for (const std::string_view part : split(found, ',')) {
    const std::size_t equals = part.find('=');
    engine::SplitRequest request{std::string(trim(part.substr(0, equals))), usual};
    if (equals != std::string_view::npos) {
      STAREVAL_TRY(request.count, parse_count("split", trim(part.substr(equals + 1))));
    }
    splits.push_back(std::move(request));
  }
  return splits;
}

// "4-8", or "6" for one size.
Result<void> parse_entities(const OptionParser& parser, engine::SamplingOptions& sampling) {
  const std::string found = parser.text("entities");
  const std::size_t dash = found.find('-');
  STAREVAL_TRY(sampling.min_entities,
               parse_count("entities", std::string_view(found).substr(0, dash)));
  sampling.max_entities = sampling.min_entities;
  if (dash != std::string::npos) {
    STAREVAL_TRY(sampling.max_entities,
                 parse_count("entities", std::string_view(found).substr(dash + 1)));
  }
  if (sampling.min_entities >= 2 && sampling.max_entities >= sampling.min_entities &&
      sampling.max_entities <= 12)
    return {};
  return make_error(ErrorCode::usage, "--entities: expected a range within 2-12, found \"{}\"",
                    found);
}

Result<void> read_sampling(const OptionParser& parser, engine::SamplingOptions& sampling) {
  using engine::Growth;
  STAREVAL_CHECK(parse_entities(parser, sampling));
  STAREVAL_TRY(sampling.growths,
               (parse_word<std::vector<Growth>>(parser, "growth",
                                                {{"mixed", sampling.growths},
                                                 {"bfs", {Growth::breadth_first}},
                                                 {"dfs", {Growth::depth_first}},
                                                 {"forest-fire", {Growth::forest_fire}}})));
  STAREVAL_TRY(sampling.max_triples, parser.number("max-triples", 1, 40));
  STAREVAL_TRY(sampling.max_parallel, parser.number("max-parallel", 1, 6));
  STAREVAL_TRY(sampling.max_degree, parser.number("max-degree", 1, 40));
  STAREVAL_TRY(sampling.max_label_length, parser.number("max-label", 1, 80));
  sampling.min_triples = std::min(sampling.min_triples, sampling.min_entities - 1);
  return {};
}

Result<void> read_task_options(const OptionParser& parser, engine::TaskOptions& task) {
  using engine::Distractors;
  using engine::RelationCounts;
  STAREVAL_CHECK(read_sampling(parser, task.sampling));
  STAREVAL_TRY(task.rc_counts, (parse_word<RelationCounts>(parser, "rc-counts",
                                                           {{"distinct", RelationCounts::distinct},
                                                            {"edges", RelationCounts::edges}})));
  STAREVAL_TRY(task.distractors, (parse_word<Distractors>(parser, "distractors",
                                                          {{"matched", Distractors::matched},
                                                           {"random", Distractors::random}})));
  STAREVAL_TRY(task.choices, parser.number("choices", 2, 26));
  STAREVAL_TRY(task.candidates, parser.number("candidates", 0, 1000));
  if (task.candidates > 0 && task.candidates < task.choices)
    return make_error(ErrorCode::usage,
                      "--candidates: expected 0, or at least the {} of --choices, found {}",
                      task.choices, task.candidates);
  return {};
}

// A scale is all of these options at once.
Result<void> apply_scale(const OptionParser& parser, engine::SynthOptions& options) {
  if (!parser.has("scale")) return {};
  STAREVAL_TRY(options.splits,
               (parse_word<std::vector<engine::SplitRequest>>(
                   parser, "scale", {{"star-64k", {{"train", 7200}, {"test", 800}}}})));
  for (const char* option : {"task", "count", "split"})
    if (parser.is_given(option))
      return make_error(ErrorCode::usage,
                        "--scale: it says what to make; expected no --{} beside it", option);
  return {};
}

}  // namespace

OptionParser make_synth_parser() {
  OptionParser parser(
      "star-eval synth [OPTIONS]",
      "  star-eval synth --graph atlas --task all --count 50 --seed 7 --out data\n"
      "  star-eval synth --scale star-64k --seed 1 --out star-64k\n"
      "  star-eval synth --graph my-graph/ --task ER,RR --split train=900,test=100 --out data\n"
      "  star-eval synth --styles shifted --contact-sheet sheet.png --out shifted\n");
  parser.add()("graph", text("NAME|DIR")->default_value("atlas"),
               "a shipped graph, or a folder or file with one (default: atlas)");
  parser.add()("graph-format", text("NAME")->default_value("auto"),
               "auto, folder, openke, names, visualsem, ntriples (default: auto)");
  parser.add()("pictures", text("DIR"), "pictures of entities, named by their ids");
  parser.add()("keep-self-loops", "keep triples from an entity to itself");
  parser.add()("task", text("IDS")->default_value("all"),
               "EC,RC,..., all, or m3str (default: all)");
  parser.add()("count", text("N")->default_value("50"), "samples of each task (default: 50)");
  parser.add()("split", text("NAMES")->default_value("test"),
               "test, train ..., or several: train=7200,test=800 (default: test)");
  parser.add()("scale", text("NAME"), "star-64k: all tasks, 7,200 to train and 800 to test each");
  parser.add()("seed", text("S")->default_value("0"),
               "the same seed gives the same bytes (default: 0)");
  parser.add()("styles", text("SET")->default_value("varied"),
               "looks of the pictures: plain, varied, or shifted, which has none of varied's "
               "(default: varied)");
  parser.add()("entities", text("RANGE")->default_value("4-8"),
               "entities in a picture, within 2-12 (default: 4-8)");
  parser.add()("growth", text("HOW")->default_value("mixed"),
               "how a subgraph grows: bfs, dfs, forest-fire, mixed (default: mixed)");
  parser.add()("max-triples", text("N")->default_value("14"), "in a picture (default: 14)");
  parser.add()("max-parallel", text("N")->default_value("2"),
               "edges between two entities (default: 2)");
  parser.add()("max-degree", text("N")->default_value("6"), "edges of one entity (default: 6)");
  parser.add()("max-label", text("N")->default_value("40"),
               "characters of a name or label (default: 40)");
  parser.add()("choices", text("K")->default_value("5"), "options of ER and RR (default: 5)");
  parser.add()("candidates", text("K")->default_value("20"),
               "of ER and RR for ranking; 0 for none (default: 20)");
  parser.add()("distractors", text("HOW")->default_value("matched"),
               "wrong options: matched to the gold in type and frequency, or random "
               "(default: matched)");
  parser.add()("rc-counts", text("WHAT")->default_value("distinct"),
               "RC: distinct relation labels, or edges as M3STR does (default: distinct)");
  parser.add()("name", text("NAME"), "of the dataset (default: that of the graph)");
  parser.add()("contact-sheet", text("FILE"),
               "a PNG with 24 pictures of the first split, to look at");
  parser.add()("threads", text("N"), "for sampling and drawing (default: one a core)");
  parser.add()("out", text("DIR"), "folder of the dataset");
  parser.add()("quiet", "no progress, no notes");
  return parser;
}

Result<engine::LoadedGraph> load_synth_graph(const OptionParser& parser) {
  engine::LoadOptions options;
  STAREVAL_TRY(options.format, engine::parse_graph_format(parser.text("graph-format")));
  options.pictures = parser.text("pictures");
  if (!options.pictures.empty() && !std::filesystem::is_directory(options.pictures))
    return make_error(ErrorCode::usage, "--pictures: expected a folder, found none at {}",
                      options.pictures.string());
  options.keep_self_loops = parser.has("keep-self-loops");
  STAREVAL_TRY(engine::LoadedGraph loaded, engine::load_graph(parser.text("graph"), options));
  if (!engine::has_pictures(loaded.graph)) loaded.graph = engine::with_emblems(loaded.graph);
  return loaded;
}

Result<engine::SynthOptions> read_synth_options(const OptionParser& parser) {
  using engine::StyleSet;
  engine::SynthOptions options;
  STAREVAL_TRY(options.tasks, parse_tasks(parser.text("task"), known_task_ids()));
  STAREVAL_TRY(options.splits, parse_splits(parser));
  STAREVAL_CHECK(apply_scale(parser, options));
  STAREVAL_TRY(options.seed, parser.number("seed", 0, UINT64_MAX));
  STAREVAL_TRY(options.styles, (parse_word<StyleSet>(parser, "styles",
                                                     {{"plain", StyleSet::plain},
                                                      {"varied", StyleSet::varied},
                                                      {"shifted", StyleSet::shifted}})));
  STAREVAL_CHECK(read_task_options(parser, options.task));
  options.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  if (parser.has("threads")) {
    STAREVAL_TRY(const std::uint64_t threads, parser.number("threads", 1, 256));
    options.threads = static_cast<int>(threads);
  }
  options.name = parser.text("name");
  options.out = parser.text("out");
  if (const std::string sheet = parser.text("contact-sheet");
      !sheet.empty() && !sheet.ends_with(".png"))
    return make_error(ErrorCode::usage, "--contact-sheet: expected a name in .png, found \"{}\"",
                      sheet);
  if (!options.out.empty()) return options;
  return make_error(ErrorCode::usage,
                    "--out is missing: the folder of the dataset, for example --out data");
}

}  // namespace stareval::app
