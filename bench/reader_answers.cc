// How far the reader's answers go where it has seen everything: its answering on the graphs of the
// samples in place of graphs read from their pictures, scored by the protocols.
// Output  a row for each task: samples, those in which an answer was read, those that are right (of
//         SD: the sum of triple F1).
// Usage   reader_answers FOLDER [--guess]     a dataset of star-eval synth, split test; --guess: as
//         with --set guess=first
#include <fmt/format.h>

#include <map>
#include <string>
#include <string_view>

#include "backends/reader/answer_internal.h"
#include "backends/reader/question_internal.h"
#include "libstareval/data/dataset.h"
#include "libstareval/run/registry.h"
#include "protocols/protocols.h"

namespace {

using namespace stareval;

reader::ReadGraph as_if_read(const Graph& graph) {
  reader::ReadGraph read;
  std::map<std::string, int> index;
  for (const Entity& entity : graph.entities) {
    index[entity.name] = static_cast<int>(read.nodes.size());
    reader::ReadNode node;
    node.name = entity.name;
    node.name_confidence = node.confidence = 1.0;
    if (entity.picture) node.picture = reader::Box{};
    read.nodes.push_back(std::move(node));
  }
  for (const Triple& triple : graph.triples) {
    reader::ReadEdge edge;
    edge.from = index.at(triple.head);
    edge.to = index.at(triple.tail);
    edge.label = triple.relation;
    edge.label_confidence = edge.confidence = 1.0;
    read.edges.push_back(std::move(edge));
  }
  return read;
}

struct Row {
  int asked = 0;
  int answered = 0;
  double right = 0;
};

Result<void> study(const std::string& folder, bool guess) {
  STAREVAL_TRY(const Dataset dataset, read_dataset(folder, "test"));
  Registry registry;
  register_protocols(registry);
  std::map<std::string, Row> rows;
  for (const Sample& sample : dataset.samples) {
    STAREVAL_TRY(const auto protocol, registry.protocol_for_task(sample.task, {}));
    const auto question = reader::read_question(protocol->prompt(sample).text);
    Row& row = rows[sample.task];
    ++row.asked;
    if (!question) continue;
    const Score score = protocol->score(
        sample, answered_reply(reader::answer(*question, as_if_read(drawn_graph(sample)), guess)));
    row.answered += score.outcome == Outcome::answered ? 1 : 0;
    row.right += headline_value(score);
  }
  fmt::print("{:<26} {:>6} {:>9} {:>8}\n", "", "asked", "answered", "right");
  for (const auto& [task, row] : rows)
    fmt::print("{:<26} {:>6} {:>9} {:>8.1f}\n", task, row.asked, row.answered, row.right);
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  const bool guess = argc == 3 && std::string_view(argv[2]) == "--guess";
  if (argc < 2 || (argc > 2 && !guess)) {
    fmt::print(stderr, "usage: reader_answers FOLDER [--guess]\n");
    return 2;
  }
  const auto done = study(argv[1], guess);
  if (done.has_value()) return 0;
  fmt::print(stderr, "reader_answers: {}\n", done.error().message);
  return 1;
}
