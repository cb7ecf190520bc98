// What the tests of the tasks share: 300 samples of each task on the shipped atlas, and its triples
// in a plain set, against which truth is looked up.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/tasks/make_samples.h"
#include "engine/test_support_internal.h"

namespace stareval::engine {

// A graph with all that its samples are made from. `graph` must outlive it.
struct Stock {
  explicit Stock(const KnowledgeGraph& of, TaskOptions with = {})
      : graph(of), options(std::move(with)), roles(of), starts(of, options.sampling) {}
  [[nodiscard]] Source source() const { return {graph, roles, starts, options}; }

  const KnowledgeGraph& graph;
  TaskOptions options;
  Roles roles;
  Starts starts;
};

inline constexpr std::size_t kCount = 300;

inline Result<std::vector<Sample>> make(const std::string& task, std::size_t count = kCount,
                                        std::uint64_t seed = 1) {
  SampleRequest request;
  request.task = task;
  request.count = count;
  request.seed = seed;
  static const Stock stock(atlas());
  return make_samples(stock.source(), request);
}

// Each task's samples are made once.
inline const std::vector<Sample>& samples_of(const std::string& task) {
  static std::map<std::string, std::vector<Sample>> made;
  if (!made.contains(task)) made[task] = make(task).value();
  return made[task];
}

inline const std::set<Triple>& truth() {
  static const std::set<Triple> triples = [] {
    std::set<Triple> result;
    for (const Fact& fact : atlas().facts()) result.insert(atlas().to_triple(fact));
    return result;
  }();
  return triples;
}

// True in the graph, in either direction for the one relation of the atlas that has none.
inline bool is_true(const Triple& triple) {
  return truth().contains(triple) ||
         (triple.relation == "borders" &&
          truth().contains({triple.tail, triple.relation, triple.head}));
}

}  // namespace stareval::engine
