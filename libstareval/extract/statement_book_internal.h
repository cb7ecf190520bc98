// How the reference description words each relation, learnt from the reference of one sample.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libstareval/extract/label_claims_internal.h"

namespace stareval::extract {

class StatementBook {
 public:
  // `sentences` of the reference in normal form. Where there is one for each triple, they are taken
  // in order; else each goes to the first triple left whose two entities it names.
  StatementBook(const std::vector<std::string>& sentences, std::span<const Triple> triples,
                const LabelClaims& names);

  // The triple that a sentence in normal form states in the words of the reference.
  [[nodiscard]] std::optional<Triple> read(std::string_view sentence,
                                           const LabelClaims& names) const;

 private:
  struct Meaning {
    std::string relation;
    bool head_first = true;
  };

  void learn(std::string_view sentence, const Triple& triple, const LabelClaims& names);

  std::map<std::string, Meaning, std::less<>> meanings_;  // by the sentence without its entities
};

}  // namespace stareval::extract
