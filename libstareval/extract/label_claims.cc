#include <algorithm>

#include "libstareval/base/text.h"
#include "libstareval/extract/label_claims_internal.h"
#include "libstareval/extract/scan_internal.h"

namespace stareval::extract {

// A relation label, or a group of entities joined by "and" and commas.
struct LabelClaims::Element {
  bool relation = false;
  std::vector<std::size_t> names;  // of one relation, or of the entities
  std::size_t begin = 0;
  std::size_t end = 0;
};

namespace {

// "border" and "borders", "currency" and "currencies": a word and its forms with and without s.
std::vector<std::string> forms_of(std::string_view word) {
  std::vector<std::string> forms{std::string(word)};
  if (word.size() > 4 && word.ends_with("ies"))
    forms.push_back(forms[0].substr(0, word.size() - 3) + "y");
  else if (word.size() > 3 && word.ends_with("s"))
    forms.push_back(forms[0].substr(0, word.size() - 1));
  else if (word.size() > 2 && word.ends_with("y"))
    forms.push_back(forms[0].substr(0, word.size() - 1) + "ies");
  else if (word.size() > 2) forms.push_back(forms[0] + "s");
  return forms;
}

// The label with forms of its first word, or of its last.
std::vector<std::string> label_forms(const std::string& label) {
  std::vector<std::string> forms;
  const std::size_t first = std::min(label.find(' '), label.size());
  for (const std::string& form : forms_of(label.substr(0, first)))
    forms.push_back(form + label.substr(first));
  const std::size_t last = label.rfind(' ');
  if (last == std::string::npos) return forms;
  for (const std::string& form : forms_of(label.substr(last + 1)))
    if (const std::string whole = label.substr(0, last + 1) + form; whole != label)
      forms.push_back(whole);
  return forms;
}

std::vector<std::string> entity_forms(const Vocabulary& vocabulary) {
  std::vector<std::string> forms;
  for (const auto& [normal, spelling] : vocabulary.entities()) forms.push_back(normal);
  return forms;
}

// Entities first, so that of two names of one length the entity counts.
std::vector<std::string> all_forms(const Vocabulary& vocabulary) {
  auto forms = entity_forms(vocabulary);
  for (const auto& [normal, spelling] : vocabulary.relations())
    for (std::string& form : label_forms(normal)) forms.push_back(std::move(form));
  return forms;
}

std::vector<std::string> all_spellings(const Vocabulary& vocabulary) {
  std::vector<std::string> spellings;
  for (const auto& [normal, spelling] : vocabulary.entities()) spellings.push_back(spelling);
  for (const auto& [normal, spelling] : vocabulary.relations())
    spellings.insert(spellings.end(), label_forms(normal).size(), spelling);
  return spellings;
}

// ", ", " and ", ", as well as the ": what joins the entities of a list.
bool joins(std::string_view between) {
  const auto words = words_of(between);
  const bool list = std::all_of(words.begin(), words.end(), [](std::string_view word) {
    return is_one_of(word, {"and", "the", "as", "well", "also", "both"});
  });
  const bool joint = between.find_first_of(",&") != between.npos ||
                     std::find(words.begin(), words.end(), "and") != words.end() ||
                     std::find(words.begin(), words.end(), "well") != words.end();
  const bool plain = std::all_of(between.begin(), between.end(), [](char c) {
    return is_letter(c) || c == ' ' || c == ',' || c == '&';
  });
  return list && joint && plain;
}

std::string_view first_word(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && !is_word(text[at])) ++at;
  return word_at(text, at);
}

bool has_word(std::string_view text, std::initializer_list<std::string_view> words) {
  const auto all = words_of(text);
  return std::any_of(all.begin(), all.end(),
                     [&](std::string_view word) { return is_one_of(word, words); });
}

bool states_nothing(std::string_view sentence) {
  return has_negation(sentence) || has_word(sentence, {"no", "without", "none", "false", "wrong"});
}

}  // namespace

LabelClaims::LabelClaims(const Vocabulary& vocabulary)
    : entity_count_(vocabulary.entities().size()),
      spellings_(all_spellings(vocabulary)),
      entities_(entity_forms(vocabulary)),
      all_(all_forms(vocabulary)) {}

std::vector<Mention> LabelClaims::entities(std::string_view sentence) const {
  return entities_.find(sentence);
}

std::vector<Span> LabelClaims::names(std::string_view sentence) const {
  std::vector<Span> spans;
  for (const Mention& mention : all_.find(sentence)) spans.push_back({mention.begin, mention.end});
  return spans;
}

std::vector<LabelClaims::Named> LabelClaims::named(std::string_view sentence) const {
  std::vector<Named> found;
  for (const Mention& mention : all_.find(sentence))
    found.push_back({mention.name >= entity_count_, spellings_[mention.name]});
  return found;
}

std::vector<LabelClaims::Element> LabelClaims::elements_of(std::string_view sentence) const {
  std::vector<Element> elements;
  for (const Mention& mention : all_.find(sentence)) {
    const bool relation = mention.name >= entity_count_;
    if (!relation && !elements.empty() && !elements.back().relation) {
      Element& group = elements.back();
      if (joins(sentence.substr(group.end, mention.begin - group.end))) {
        group.names.push_back(mention.name);
        group.end = mention.end;
        continue;
      }
    }
    elements.push_back({relation, {mention.name}, mention.begin, mention.end});
  }
  return elements;
}

namespace {

using Names = std::vector<std::size_t>;

// Reads the claims off the elements of one sentence, label by label.
template <class Element>
class SentenceReader {
 public:
  SentenceReader(std::string_view sentence, const std::vector<Element>& elements)
      : sentence_(sentence), elements_(elements) {}

  struct Claim {
    Names heads, tails;
    std::size_t relation = 0;
  };

  [[nodiscard]] std::vector<Claim> read() {
    for (std::size_t p = 0; p < elements_.size(); ++p)
      if (elements_[p].relation) read_label(p);
    return std::move(claims_);
  }

 private:
  [[nodiscard]] bool is_group(std::size_t p) const {
    return p < elements_.size() && !elements_[p].relation;
  }
  // Text between an element and the next.
  [[nodiscard]] std::string_view after(std::size_t p) const {
    const std::size_t end = p + 1 < elements_.size() ? elements_[p + 1].begin : sentence_.size();
    return sentence_.substr(elements_[p].end, end - elements_[p].end);
  }

  void read_label(std::size_t p) {
    const bool left = p > 0 && is_group(p - 1);
    const bool right = is_group(p + 1);
    const bool of = right && is_one_of(first_word(after(p)), {"of", "for"});
    if (of && is_group(p + 2) && is_equation(after(p + 1))) {
      // "the capital of France is Paris"
      claim(p, elements_[p + 1].names, right_names(p + 2));
    } else if (of && left) {
      // "Paris is the capital of France"
      claim(p, right_names(p + 1), left_names(p));
    } else if (left && right) {
      // "France borders Spain"
      claim(p, left_names(p), right_names(p + 1));
    } else if (left && !right) {
      read_label_at_end(p);
    }
  }

  // "France has Paris as a capital"; "France and Spain share a border"
  void read_label_at_end(std::size_t p) {
    const Names& last = elements_[p - 1].names;
    const bool as = has_word(after(p - 1), {"as", "among", "for"});
    if (as && p >= 2 && is_group(p - 2)) claim(p, elements_[p - 2].names, last);
    else if (!as && last.size() == 2) claim(p, {last[0]}, {last[1]});
  }

  static bool is_equation(std::string_view between) {
    return is_one_of(first_word(between), {"is", "are", "was", "were", "include", "includes"}) ||
           between.find_first_of(":=") != between.npos;
  }

  // Entities to the left of a label. A list that an earlier label has to its right gives its last
  // entity only; "and has", "and its" goes on with the heads of the earlier claim.
  [[nodiscard]] Names left_names(std::size_t p) const {
    const Names& names = elements_[p - 1].names;
    if (claims_.empty() || p < 2 || !elements_[p - 2].relation) return names;
    if (is_one_of(first_word(after(p - 1)), {"and", "with", "its", "also", "but", "has", "as"}))
      return claims_.back().heads;
    return {names.back()};
  }

  // Entities to the right of a label, less the last where it is the subject of what follows:
  // "Paris is the capital of France and Berlin is the capital of Germany".
  [[nodiscard]] Names right_names(std::size_t p) const {
    Names names = elements_[p].names;
    const bool subject =
        p + 1 < elements_.size() && elements_[p + 1].relation && p + 2 < elements_.size() &&
        !is_one_of(first_word(after(p)), {"and", "with", "its", "also", "but", "has", "as", "which",
                                          "whose", "that", "where"});
    if (names.size() > 1 && subject) names.pop_back();
    return names;
  }

  void claim(std::size_t p, Names heads, Names tails) {
    claims_.push_back({std::move(heads), std::move(tails), elements_[p].names.front()});
  }

  std::string_view sentence_;
  const std::vector<Element>& elements_;
  std::vector<Claim> claims_;
};

Names distinct(Names names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace

void LabelClaims::add(std::string_view sentence, std::set<Triple>& claims) const {
  if (states_nothing(sentence)) return;
  const auto elements = elements_of(sentence);
  for (const auto& claim : SentenceReader<Element>(sentence, elements).read())
    for (const std::size_t head : distinct(claim.heads))
      for (const std::size_t tail : distinct(claim.tails))
        claims.insert({spellings_[head], spellings_[claim.relation], spellings_[tail]});
}

bool is_list_of_entities(const Triple& triple, const Vocabulary& vocabulary,
                         const LabelClaims& labels) {
  return vocabulary.relation(triple.relation) == nullptr &&
         !labels.entities(normalise_name(triple.relation)).empty();
}

}  // namespace stareval::extract
