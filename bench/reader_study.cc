// What the reader sees, against what was drawn, over the pictures of a dataset.
// Counts  Pictures in which the number of nodes (EC), of nodes with a picture (IC), of labels
//         (TC) and of different labels (RC) is the drawn one. Labels differ where their letters do:
//         an answer to RC takes likely misreadings of one label for one, and is right more often.
// F1      Over the triples of all pictures, directed; names are equal after normalise_name().
// whole   Pictures in which nodes, pictures and triples are all as drawn.
// Time    CPU time of the one thread that reads, without making the reader: of all pictures, and
//         of those of 1024 x 768 with 8 nodes.
// Usage   reader_study FOLDER [SPLIT] [--looks]
//         FOLDER: a dataset of star-eval synth. --looks: a row for each choice of a look besides.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "backends/reader/picture_reader.h"
#include "libstareval/base/file.h"
#include "libstareval/base/text.h"
#include "libstareval/data/dataset.h"

namespace {

using namespace stareval;

struct Tally {
  int pictures = 0;
  int entities = 0;
  int images = 0;
  int triples = 0;
  int relations = 0;
  int whole = 0;
  std::size_t right = 0;  // triples that are drawn and read
  std::size_t read = 0;
  std::size_t drawn = 0;

  void add(const Tally& one) {
    pictures += one.pictures;
    entities += one.entities;
    images += one.images;
    triples += one.triples;
    relations += one.relations;
    whole += one.whole;
    right += one.right;
    read += one.read;
    drawn += one.drawn;
  }
};

using Facts = std::multiset<std::array<std::string, 3>>;

Facts facts_of(const Graph& graph) {
  Facts facts;
  for (const Triple& t : graph.triples)
    facts.insert({normalise_name(t.head), normalise_name(t.relation), normalise_name(t.tail)});
  return facts;
}

Facts facts_of(const reader::ReadGraph& graph) {
  Facts facts;
  const auto name = [&](int node) {
    return normalise_name(graph.nodes[static_cast<std::size_t>(node)].name);
  };
  for (const reader::ReadEdge& edge : graph.edges)
    if (edge.from >= 0 && edge.to >= 0)
      facts.insert({name(edge.from), normalise_name(edge.label), name(edge.to)});
  return facts;
}

Tally compare(const Graph& drawn, const reader::ReadGraph& read) {
  const Facts gold = facts_of(drawn);
  const Facts found = facts_of(read);
  Facts both;
  std::set_intersection(gold.begin(), gold.end(), found.begin(), found.end(),
                        std::inserter(both, both.end()));
  std::set<std::string> gold_labels;
  for (const Triple& t : drawn.triples) gold_labels.insert(normalise_name(t.relation));
  std::set<std::string> labels;
  for (const reader::ReadEdge& edge : read.edges) labels.insert(normalise_name(edge.label));
  const auto shown = [](const auto& all) {
    return std::count_if(all.begin(), all.end(), [](const auto& one) { return bool(one.picture); });
  };
  Tally tally;
  tally.pictures = 1;
  tally.entities = read.nodes.size() == drawn.entities.size() ? 1 : 0;
  tally.images = shown(read.nodes) == shown(drawn.entities) ? 1 : 0;
  tally.triples = read.edges.size() == drawn.triples.size() ? 1 : 0;
  tally.relations = labels.size() == gold_labels.size() ? 1 : 0;
  tally.right = both.size();
  tally.read = found.size();
  tally.drawn = gold.size();
  const bool same = found == gold;
  tally.whole = same && tally.entities + tally.images == 2 ? 1 : 0;
  return tally;
}

void print(std::string_view name, const Tally& t) {
  const auto percent = [](auto part, auto of) {
    return of == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(of);
  };
  fmt::print("{:<28} {:>5} {:>6.1f} {:>6.1f} {:>6.1f} {:>6.1f} {:>6.1f} {:>6.1f}\n", name,
             t.pictures, percent(t.entities, t.pictures), percent(t.images, t.pictures),
             percent(t.triples, t.pictures), percent(t.relations, t.pictures),
             percent(2 * t.right, t.read + t.drawn), percent(t.whole, t.pictures));
}

double cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

struct Clock {
  double ms = 0;
  int pictures = 0;

  void print(std::string_view what) const {
    if (pictures > 0)
      fmt::print("{}: {} pictures, {:.1f} ms each, {:.1f} a second\n", what, pictures,
                 ms / pictures, 1e3 * pictures / ms);
  }
};

// "shape=box", "label=halo" ... of a sample's look.
std::vector<std::string> looks_of(const Sample& sample) {
  std::vector<std::string> looks;
  const auto style = sample.meta.find("style");
  if (style == sample.meta.end() || !style->value().is_object()) return looks;
  for (const auto& [key, value] : style->value().get_object())
    if (value.is_string() && key != "size")
      looks.push_back(
          fmt::format("{}={}", std::string_view(key), std::string_view(value.get_string())));
  return looks;
}

Result<void> study(const std::filesystem::path& folder, const std::string& split, bool looks) {
  STAREVAL_TRY(const Dataset dataset, read_dataset(folder, split));
  STAREVAL_TRY(reader::PictureReader reader, reader::PictureReader::make());
  Tally all;
  std::map<std::string, Tally> by_look;
  Clock clock;
  Clock usual;
  for (const Sample& sample : dataset.samples) {
    STAREVAL_TRY(const std::string bytes, read_file(folder / sample.images.front().path));
    const double start = cpu_ms();
    STAREVAL_TRY(const reader::ReadGraph read, reader.read(bytes));
    const double took = cpu_ms() - start;
    const Graph drawn = drawn_graph(sample);
    clock.ms += took, ++clock.pictures;
    if (read.width == 1024 && read.height == 768 && drawn.entities.size() == 8)
      usual.ms += took, ++usual.pictures;
    const Tally tally = compare(drawn, read);
    all.add(tally);
    if (looks)
      for (const std::string& look : looks_of(sample)) by_look[look].add(tally);
  }
  fmt::print("{:<28} {:>5} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6}\n", "", "n", "EC", "IC", "TC", "RC",
             "F1", "whole");
  for (const auto& [look, tally] : by_look) print(look, tally);
  print("all", all);
  clock.print("CPU");
  usual.print("CPU, 1024 x 768 with 8 nodes");
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> names;
  bool looks = false;
  for (const std::string_view argument :
       std::span(argv, static_cast<std::size_t>(argc)).subspan(1)) {
    if (argument == "--looks") looks = true;
    else names.emplace_back(argument);
  }
  if (names.empty() || names.size() > 2 || names.back().starts_with("--")) {
    fmt::print(stderr, "usage: reader_study FOLDER [SPLIT] [--looks]\n");
    return 2;
  }
  const auto done = study(names[0], names.size() > 1 ? names[1] : "test", looks);
  if (done.has_value()) return 0;
  fmt::print(stderr, "reader_study: {}\n", done.error().message);
  return 1;
}
