// Triples stated by a sentence that holds entity names and relation labels.
#pragma once

#include <set>
#include <string_view>
#include <vector>

#include "libstareval/extract/extraction.h"
#include "libstareval/extract/sentence.h"
#include "libstareval/extract/vocabulary.h"

namespace stareval::extract {

class LabelClaims {
 public:
  explicit LabelClaims(const Vocabulary& vocabulary);

  // Adds what a sentence in normal form states. Cost: linear, and at most the square of the number
  // of different entities.
  void add(std::string_view sentence, std::set<Triple>& claims) const;

  // Entities of a sentence in normal form; Mention::name is an index into entity_names().
  [[nodiscard]] std::vector<Mention> entities(std::string_view sentence) const;

  // Where the entities and labels of a sentence in normal form stand.
  [[nodiscard]] std::vector<Span> names(std::string_view sentence) const;

  // The entities and labels that a sentence in normal form names, in its order.
  struct Named {
    bool relation = false;
    std::string spelling;  // of the graph
  };
  [[nodiscard]] std::vector<Named> named(std::string_view sentence) const;

  [[nodiscard]] const std::string& entity_name(std::size_t index) const {
    return spellings_[index];
  }

 private:
  struct Element;

  [[nodiscard]] std::vector<Element> elements_of(std::string_view sentence) const;

  std::size_t entity_count_ = 0;
  std::vector<std::string> spellings_;  // entities, then a spelling for each form of a label
  NameFinder entities_;
  NameFinder all_;
};

// "(France, Spain, Paris)", "France -> Spain -> Paris": what stands for the relation is no label
// and names an entity, so that it is a list, and no triple.
[[nodiscard]] bool is_list_of_entities(const Triple& triple, const Vocabulary& vocabulary,
                                       const LabelClaims& labels);

}  // namespace stareval::extract
