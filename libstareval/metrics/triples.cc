#include "libstareval/metrics/triples.h"

#include <algorithm>
#include <set>

#include "libstareval/base/text.h"

namespace stareval {
namespace {

std::set<Triple> normal_set(std::span<const Triple> triples) {
  std::set<Triple> set;
  for (const Triple& triple : triples)
    set.insert({normalise_name(triple.head), normalise_name(triple.relation),
                normalise_name(triple.tail)});
  return set;
}

std::optional<double> ratio(std::size_t part, std::size_t whole) {
  if (whole == 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

TripleScore score_triples(std::span<const Triple> named, std::span<const Triple> gold) {
  const auto said = normal_set(named);
  const auto truth = normal_set(gold);
  const auto hits = static_cast<std::size_t>(std::count_if(
      said.begin(), said.end(), [&](const Triple& triple) { return truth.contains(triple); }));
  return {ratio(hits, said.size()), ratio(hits, truth.size()),
          ratio(2 * hits, said.size() + truth.size())};
}

}  // namespace stareval
