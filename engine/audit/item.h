// What an audit keeps of a sample: all that a reader who never sees the picture could use, and
// what is wrong with it. Small, so that a split of 64,000 samples fits into little memory.
// Thread  pure functions; Names is for one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libstareval/data/sample.h"

namespace stareval::engine {

// A number for each text, the same for equal ones, counted from 0.
class Names {
 public:
  std::uint32_t number(std::string_view text);

 private:
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
};

// What a guesser has to name.
enum class AnswerKind {
  other,      // free text: nothing to guess
  counting,   // a number
  detection,  // 1: there is a wrong fact ("yes"); 0: there is none
  choice,     // the position of the gold among the options, from 0
};

struct AuditItem {
  std::string id;
  std::string task;
  AnswerKind kind = AnswerKind::other;
  std::int64_t gold = 0;
  std::vector<std::uint32_t> options;  // choice: numbers of the normalised texts, in order
  std::string question;
  std::string graph;     // graph_hash; empty where the graph is
  std::string start;     // meta.start; empty where it is not known
  std::string identity;  // equal for samples that ask the same of the same; empty: cannot be told
  std::vector<Image> pictures;                  // as the record states them
  std::int64_t picture_bytes = -1;              // of all its files; -1: not known
  std::optional<std::string> impossible;        // the gold cannot be right, and why
  std::optional<std::string> duplicate_option;  // an option that stands there twice
};

// Two options are duplicates where they are equal after normalise_name. A count is impossible
// outside [low, high] of meta.answer_range; all else by fault_of (libstareval/tasks).
// Cost  dominated by the hash of the graph: some 10 us for 10 triples.
[[nodiscard]] AuditItem audit_item(const Sample& sample, Names& names);

}  // namespace stareval::engine
