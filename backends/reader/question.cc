#include <algorithm>

#include "backends/reader/question_internal.h"
#include "backends/reader/question_terms_internal.h"
#include "libstareval/base/text.h"

namespace stareval::reader {
namespace {

constexpr std::string_view kFault =
    "wrong wrongly false falsely untrue incorrect incorrectly error errors mistake mistakes "
    "mistaken erroneous faulty inaccurate invalid corrupted tampered fake replaced swapped lie";
constexpr std::string_view kHidden =
    "hidden hides hide masked mask missing concealed conceals obscured covered covers blanked "
    "blank blacked";
constexpr std::string_view kAsking =
    "which what who how choose name guess predict pick select fill find identify determine infer "
    "complete rank give tell";

bool any(const Sentences& sentences, std::string_view list) {
  return std::any_of(sentences.begin(), sentences.end(),
                     [&](const Sentence& s) { return s.has(list); });
}

bool is_masked(const Sentence& sentence, std::size_t i) {
  return sentence.at(i) == kMaskWord || is_among(kHidden, sentence.at(i)) ||
         (sentence.at(i) == "question" && sentence.at(i + 1) == "marks");
}

bool is_asked(const Sentence& sentence, std::size_t i) {
  constexpr std::string_view kPassed =
      "of the options is a an one hidden masked missing concealed should candidates choices";
  while (i > 0 && is_among(kPassed, sentence.at(i - 1))) --i;
  return i > 0 && is_among(kAsking, sentence.at(i - 1));
}

// How much a noun looks like what is hidden: asked for, beside the mask, or named at all.
int weight_of(const Sentence& sentence, std::size_t i) {
  int weight = is_asked(sentence, i) ? 5 : 1;
  for (std::size_t near = i < 2 ? 0 : i - 2; near <= i + 2; ++near)
    if (is_masked(sentence, near)) weight = std::max(weight, 3);
  return weight;
}

Asks hidden_kind(const Sentences& sentences) {
  int entity = 0;
  int relation = 0;
  for (const Sentence& sentence : sentences)
    for (std::size_t i = 0; i < sentence.words.size(); ++i) {
      const std::string_view word = sentence.at(i);
      if (is_among(kEntity, word)) entity += weight_of(sentence, i);
      if (is_among(kRelation, word) || is_among("arrow edge link connection", word))
        relation += weight_of(sentence, i);
      if (word == "related") relation += 3;
    }
  return relation > entity ? Asks::hidden_relation : Asks::hidden_entity;
}

bool asks_for_hidden(const Sentences& sentences, const std::vector<Option>& options) {
  const auto has_mask = [](const Sentence& sentence) {
    for (std::size_t i = 0; i < sentence.words.size(); ++i)
      if (is_masked(sentence, i)) return true;
    return false;
  };
  if (std::none_of(sentences.begin(), sentences.end(), has_mask)) return false;
  return any(sentences, kMaskWord) || !options.empty() || any(sentences, kAsking);
}

bool has_fault(const Sentence& sentence) {
  for (std::size_t i = 0; i < sentence.words.size(); ++i) {
    if (is_among(kFault, sentence.at(i))) return true;
    if (sentence.at(i) == "not" &&
        is_among("true correct right belong hold fit match", sentence.at(i + 1)))
      return true;
  }
  return false;
}

bool speaks_of_graph(const Sentences& sentences) {
  for (const std::string_view list :
       {kEntity, kEntities, kRelation, kRelations, kTriple, kTriples, kPicture, kWhole})
    if (any(sentences, list)) return true;
  return false;
}

// "yes or no", "yes/no": not "if yes, ..., if no, ...".
bool wants_yes_or_no(std::string_view message, const std::vector<Option>& options) {
  const auto is_decision = [](const Option& option) {
    return is_among("yes no", normalise_name(option.text));
  };
  if (!options.empty() && std::all_of(options.begin(), options.end(), is_decision)) return true;
  std::string bare(message);
  std::replace_if(
      bare.begin(), bare.end(), [](char c) { return c == '(' || c == ')'; }, ' ');
  for (const Sentence& sentence : sentences_of(bare))
    for (std::size_t i = 0; i < sentence.words.size(); ++i)
      if (sentence.at(i) == "yes" && (sentence.at(i + 1) == "no" ||
                                      (sentence.at(i + 1) == "or" && sentence.at(i + 2) == "no")))
        return true;
  return false;
}

Asks fault_kind(const Sentences& all, const OptionList& list) {
  if (wants_yes_or_no(list.rest, list.options)) return Asks::is_wrong;
  if (any(all, "which name find identify point tell write locate spot none"))
    return Asks::wrong_fact;
  const bool decides = std::any_of(all.begin(), all.end(), [](const Sentence& s) {
    return is_among("is are does do has have can", s.at(0));
  });
  return decides ? Asks::is_wrong : Asks::wrong_fact;
}

bool describes(const Sentence& sentence) {
  if (sentence.has("colour colours color colors style layout font") || names_something(sentence))
    return false;
  const bool facts = sentence.has(kTriple) || sentence.has(kTriples) || sentence.has(kRelations);
  const bool whole = sentence.has(kWhole);
  const bool worded = sentence.has(
      "describe description summarise summarize summary verbalise verbalize caption narrate "
      "paraphrase transcribe");
  if (worded || (sentence.has("words prose sentences text") && sentence.has("in into as to")))
    return facts || whole || sentence.has(kPicture);
  if (sentence.has("list write state name enumerate give tell report mention read extract recite"))
    if (sentence.has("all every each whole") && facts) return true;
  if (!sentence.has("what which") || !sentence.has("say state tell express convey show"))
    return false;
  return sentence.at(0) == "what" && (whole || facts);
}

std::optional<Asks> asked_in(const Sentences& sentences, const Sentences& all,
                             const OptionList& list) {
  if (const CountReading count = count_of(sentences); count.settled) return count.asks;
  if (asks_for_hidden(sentences, list.options)) return hidden_kind(sentences);
  if (std::any_of(sentences.begin(), sentences.end(), has_fault) && speaks_of_graph(sentences))
    return fault_kind(all, list);
  if (std::any_of(sentences.begin(), sentences.end(), describes)) return Asks::description;
  return std::nullopt;
}

// Whether the fault that is asked for is one of entities, and of nothing else.
bool is_of_entity(const Sentences& sentences) {
  const bool entity =
      any(sentences, kEntity) || any(sentences, kEntities) || any(sentences, "head tail");
  return entity && !any(sentences, kRelation) && !any(sentences, kRelations) &&
         !any(sentences, "anything something arrow arrows edge edges");
}

// "True or false: ...", whose answer is neither yes nor a fact.
bool wants_truth_value(const Sentence& sentence) {
  for (std::size_t i = 0; i + 2 < sentence.words.size(); ++i)
    if (sentence.at(i) == "true" && sentence.at(i + 1) == "or" && sentence.at(i + 2) == "false")
      return true;
  return false;
}

// A question about a text beside the picture, as MORE asks it.
bool is_of_text(const Sentence& sentence) {
  for (std::size_t i = 0; i + 1 < sentence.words.size(); ++i)
    if (is_among("the this", sentence.at(i)) && sentence.at(i + 1) == "text") return true;
  return false;
}

bool wants_name(const Sentences& all, const std::vector<Option>& options) {
  if (options.empty() || options.front().letter.empty()) return true;
  return std::any_of(all.begin(), all.end(), [](const Sentence& s) {
    return s.of_form && s.has("name text") && !s.has("letter");
  });
}

}  // namespace

std::optional<Question> read_question(std::string_view text) {
  OptionList list = split_options(text);
  const Sentences all = sentences_of(list.rest);
  Sentences asking = all;
  std::erase_if(asking, [](const Sentence& s) { return s.of_form; });
  if (std::any_of(asking.begin(), asking.end(), is_of_text)) return std::nullopt;
  if (std::any_of(all.begin(), all.end(), wants_truth_value)) return std::nullopt;
  if (asking.empty()) asking = all;
  const auto asks = asked_in(asking, all, list);
  if (!asks) return std::nullopt;
  Question question;
  question.asks = *asks;
  question.by_name = wants_name(all, list.options);
  question.as_ranking = list.as_ranking;
  question.of_entity = *asks == Asks::is_wrong && is_of_entity(asking);
  question.options = std::move(list.options);
  return question;
}

}  // namespace stareval::reader
