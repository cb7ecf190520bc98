// Samples on the graph of family(), for the tests of rationales.
#pragma once

#include <string>
#include <utility>

#include "libstareval/data/sample.h"

namespace stareval::engine {

inline Sample sample_of(const std::string& task, Gold gold) {
  Sample sample;
  sample.task = task;
  sample.gold = std::move(gold);
  sample.graph = {{{"Ann", true}, {"Bob", false}, {"Dan", false}},
                  {{"Ann", "parent", "Bob"}, {"Ann", "married", "Dan"}}};
  return sample;
}

// ED: "Dan is a parent of Bob" stands in the place of "Ann is a parent of Bob".
inline Sample corrupted() {
  const Triple wrong{"Dan", "parent", "Bob"};
  Sample sample = sample_of("ED", ErrorGold{wrong});
  sample.change = {Change::Kind::corrupt_triple, 0, wrong, false};
  return sample;
}

// ER: Ann is hidden, and option B.
inline Sample masked_entity() {
  Sample sample = sample_of("ER", ChoiceGold{1});
  sample.choices = {"Fay", "Ann"};
  sample.change = {Change::Kind::mask_entity, 0, {}, false};
  return sample;
}

// RR: what links Ann to Bob is hidden, and option A.
inline Sample masked_relation() {
  Sample sample = sample_of("RR", ChoiceGold{0});
  sample.choices = {"parent", "married"};
  sample.change = {Change::Kind::mask_relation, 0, {}, false};
  return sample;
}

}  // namespace stareval::engine
