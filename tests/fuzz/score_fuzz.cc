// A reply, scored by every protocol in both modes and each form of answers: no crash, values in [0,
// 1], the same twice.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "protocols/protocols.h"

namespace {

using namespace stareval;

Sample sample_of(const std::string& task) {
  Sample sample;
  sample.id = task;
  sample.task = task;
  sample.graph = {{{"France", true}, {"Paris", false}, {"Singapore (city)", false}},
                  {{"France", "capital", "Paris"}, {"Paris", "part of", "Singapore (city)"}}};
  sample.choices = {"Paris", "Lyon", "Singapore (city)", "A", "none"};
  if (task == "SD") sample.gold = DescriptionGold{sample.graph.triples, "France, capital, Paris."};
  else if (task == "ED") sample.gold = ErrorGold{sample.graph.triples.front()};
  else if (task == "ER" || task == "RR") sample.gold = ChoiceGold{1};
  else sample.gold = CountGold{3};
  return sample;
}

void check(const Score& score) {
  const double value = headline_value(score);
  if (!(value >= 0 && value <= 1)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Registry registry = [] {
    Registry made;
    register_protocols(made);
    return made;
  }();
  const Reply reply = answered_reply({reinterpret_cast<const char*>(data), size});
  for (const auto& [name, make] : registry.protocols()) {
    for (const auto& [mode, form] :
         {std::pair(Mode::direct, AnswerForm::choice), std::pair(Mode::cot, AnswerForm::choice),
          std::pair(Mode::direct, AnswerForm::ranking),
          std::pair(Mode::direct, AnswerForm::open)}) {
      const auto protocol = make({mode, form});
      for (const std::string& task : protocol->info().tasks) {
        const Sample sample = sample_of(task);
        const Score score = protocol->score(sample, reply);
        check(score);
        if (protocol->score(sample, reply).answer != score.answer) std::abort();
      }
    }
  }
  return 0;
}
