// Replies read a second, one core: counts, choices, yes or no, triples; and a million counting
// replies read and compared with their gold.
// Input  a fixed mix: 40 % bare numbers, 25 % one sentence, 20 % thinking and a tag, 15 % prose of
//        200 to 400 bytes. The counter mean_bytes is the mean length of a reply.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <vector>

#include "libstareval/extract/choice.h"
#include "libstareval/extract/number.h"
#include "libstareval/extract/triple.h"
#include "libstareval/extract/yes_no.h"

namespace {

using namespace stareval;

constexpr std::size_t kReplies = 1000;  // of which a run reads each as often as it needs to

struct CountReply {
  std::string text;
  std::int64_t gold = 0;
};

std::string prose(std::size_t i, const std::string& number) {
  static const std::vector<std::string> kOpenings{
      "Looking at the knowledge graph in the picture, I can see several labelled boxes that are "
      "joined by arrows. ",
      "To answer this, I list every node of the graph once and leave out the names on the arrows, "
      "since those are relations. ",
      "The picture shows a knowledge graph in which countries, cities and a currency stand in "
      "boxes "
      "with arrows between them. "};
  static const std::vector<std::string> kMiddles{
      "The nodes are France, Spain, Paris, Madrid and the Euro, each drawn once.\n\n",
      "**Nodes:**\n- France\n- Spain\n- Paris\n- Madrid\n- Euro\n\n",
      "France and Spain share a border, and both use the Euro, which is drawn at the bottom.\n\n"};
  return kOpenings[i % 3] + kMiddles[i / 3 % 3] +
         "A name that stands twice is one entity, and the title of the picture is none of them. "
         "In total, the graph contains **" +
         number + " entities**.";
}

std::vector<CountReply> count_replies() {
  static const std::vector<std::string> kSentences{
      "There are # entities in the graph.", "The image shows # entities.", "The answer is #.",
      "I count # different entities.", "Answer: #"};
  std::vector<CountReply> replies;
  for (std::size_t i = 0; i < kReplies; ++i) {
    const std::int64_t value = static_cast<std::int64_t>(3 + i * 7 % 20);
    const std::string number = std::to_string(value);
    const std::size_t share = i * 37 % 100;
    std::string text = number;
    if (share >= 85) text = prose(i, number);
    else if (share >= 65)
      text = "<think>France, Spain, Paris.</think><answer>" + number + "</answer>";
    else if (share >= 40) {
      text = kSentences[i % kSentences.size()];
      text.replace(text.find('#'), 1, number);
    }
    replies.push_back({text, value + (i % 4 == 0 ? 1 : 0)});
  }
  return replies;
}

template <class Replies, class Size>
void set_counters(benchmark::State& state, const Replies& replies, Size size) {
  std::size_t bytes = 0;
  for (const auto& reply : replies) bytes += size(reply);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(replies.size()));
  state.counters["mean_bytes"] = static_cast<double>(bytes) / static_cast<double>(replies.size());
}

void million_counts(benchmark::State& state) {
  const auto replies = count_replies();
  for (auto _ : state) {
    std::int64_t right = 0;
    for (std::size_t round = 0; round < 1'000'000 / kReplies; ++round)
      for (const CountReply& reply : replies) {
        const auto read = extract_count(reply.text, Counted::entities);
        right += read.status == ReadStatus::found && read.value == reply.gold ? 1 : 0;
      }
    if (right != 750'000) state.SkipWithError("not all replies were read");
  }
  set_counters(state, replies, [](const CountReply& reply) { return reply.text.size(); });
  state.SetItemsProcessed(state.iterations() * 1'000'000);
}
BENCHMARK(million_counts)->Unit(benchmark::kMillisecond);

// One kind of the mix: 0 bare, 1 a sentence, 2 thinking and a tag, 3 prose.
void one_count(benchmark::State& state) {
  const std::vector<std::string> replies{"7", "There are 7 entities in the graph.",
                                         "<think>France, Spain, Paris.</think><answer>7</answer>",
                                         prose(0, "7")};
  const std::string& reply = replies[static_cast<std::size_t>(state.range(0))];
  for (auto _ : state) benchmark::DoNotOptimize(extract_count(reply, Counted::entities));
  state.counters["bytes"] = static_cast<double>(reply.size());
}
BENCHMARK(one_count)->DenseRange(0, 3);

template <class Read>
void read_all(benchmark::State& state, const std::vector<std::string>& replies, Read read) {
  for (auto _ : state)
    for (const std::string& reply : replies) benchmark::DoNotOptimize(read(reply));
  set_counters(state, replies, [](const std::string& reply) { return reply.size(); });
}

void choices(benchmark::State& state) {
  const std::vector<std::string> options{"Paris", "Rome", "Berlin", "Madrid"};
  read_all(state,
           {"C", "C. Berlin", "The answer is C.", "<answer>Berlin</answer>",
            "The arrow \"capital\" leads from Germany to the hidden node. The answer is Berlin."},
           [&](const std::string& reply) { return extract_choice(reply, options); });
}
BENCHMARK(choices);

void yes_or_no(benchmark::State& state) {
  read_all(state,
           {"Yes", "No.", "No, the triple is not correct.", "<answer>yes</answer>",
            "The picture shows an arrow from France to Paris. The statement is true."},
           [](const std::string& reply) { return extract_yes_no(reply); });
}
BENCHMARK(yes_or_no);

void triples(benchmark::State& state) {
  const Graph graph{{{"France", false}, {"Paris", false}, {"Spain", false}},
                    {{"France", "capital", "Paris"}, {"France", "borders", "Spain"}}};
  const Vocabulary vocabulary(graph);
  read_all(state,
           {"none", "(France, capital, Paris)", "<answer>(France, borders, Spain)</answer>",
            "France -capital-> Paris", "The wrong fact is (France, capital, Paris)."},
           [&](const std::string& reply) { return extract_triple_or_none(reply, vocabulary); });
}
BENCHMARK(triples);

}  // namespace
