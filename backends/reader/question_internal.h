// What a prompt asks of a picture of a knowledge graph, read from its words alone.
// Thread  pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stareval::reader {

enum class Asks {
  entities,         // how many nodes
  relations,        // how many different labels
  images,           // how many nodes with a picture
  triples,          // how many arrows
  description,      // all facts
  wrong_fact,       // which triple is wrong, if any
  is_wrong,         // whether something is: yes or no
  hidden_entity,    // which option stands behind the masked node
  hidden_relation,  // which option stands behind the masked label
};

struct Option {
  std::string letter;  // "A"; "" where options are named, not lettered
  std::string text;
};

struct Question {
  Asks asks = Asks::entities;
  std::vector<Option> options;
  bool by_name = false;     // the text of an option is asked for, or a name without options
  bool as_ranking = false;  // a ranked list is asked for
  bool of_entity = false;   // is_wrong: only an entity in a wrong place counts
};

// `text`: the whole user message: question, options, and what it says of the form of the answer.
// Nothing where it asks something else.
[[nodiscard]] std::optional<Question> read_question(std::string_view text);

}  // namespace stareval::reader
