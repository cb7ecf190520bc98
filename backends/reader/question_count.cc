#include <algorithm>

#include "backends/reader/question_terms_internal.h"

namespace stareval::reader {
namespace {

constexpr std::string_view kKind = "kind kinds type types sort sorts";
constexpr std::string_view kName = "name names label labels";
// What may stand between "how many" and what is counted.
constexpr std::string_view kBetween =
    "of the all its this these that those different distinct unique various separate individual "
    "labelled labeled directed drawn shown whole total overall number count knowledge graph every "
    "each single up";
// After "how many": what is counted was named before.
constexpr std::string_view kElided = "are do does is can there have has show did in such you";
// What makes a count one of a part, or of something that the picture does not tell.
constexpr std::string_view kRestricting =
    "without no not lack lacks lacking connected adjacent linked point points "
    "pointing leave leaves leaving lead leads touch touches start starts begin begins end "
    "ends incoming outgoing hidden masked missing wrong false untrue incorrect true correct more "
    "most least fewer less than exactly named called red green blue yellow left right top bottom";

// The class of a noun that can be counted.
enum class Noun { none, entity, relation, triple, picture, kind, name };

Noun noun_of(std::string_view word) {
  if (is_among(kEntity, word) || is_among(kEntities, word)) return Noun::entity;
  if (is_among(kRelation, word) || is_among(kRelations, word)) return Noun::relation;
  if (is_among(kTriple, word) || is_among(kTriples, word)) return Noun::triple;
  if (is_among(kPictures, word)) return Noun::picture;
  if (is_among(kKind, word)) return Noun::kind;
  return is_among(kName, word) ? Noun::name : Noun::none;
}

bool is_known(std::string_view word) {
  return noun_of(word) != Noun::none ||
         is_among("i knowledge graph kg json how what which count answer", word) ||
         is_among(kPicture, word) || is_among(kBetween, word) || is_among(kElided, word);
}

bool with_or_without(const Sentence& sentence) {
  for (std::size_t i = 0; i < sentence.words.size(); ++i)
    if (sentence.at(i) == "with" && sentence.at(i + 2) == "without") return true;
  return false;
}

// Whether it speaks of pictures within nodes, in place of the one that shows the graph.
bool speaks_of_pictures(const Sentence& sentence) {
  if (with_or_without(sentence)) return false;
  for (std::size_t i = 0; i < sentence.words.size(); ++i) {
    const std::string_view word = sentence.at(i);
    if (is_among(kPictures, word) || is_among("illustrated pictured", word)) return true;
    if (!is_among(kPicture, word) || i == 0) continue;
    const bool one = is_among("a an own with its small little", sentence.at(i - 1));
    const std::string_view next = sentence.at(i + 1);
    const bool of_graph = is_among("shows showing depicting shown", next) ||
                          (next == "of" && !is_among("their its its own", sentence.at(i + 2)));
    if (one && !of_graph) return true;
  }
  return false;
}

// "between A and B", where "between the nodes" says nothing.
bool joins_some(const Sentence& sentence) {
  for (std::size_t i = 0; i < sentence.words.size(); ++i) {
    if (!is_among("between connect connects connecting join joins", sentence.at(i))) continue;
    do ++i;
    while (is_among("the its all these different", sentence.at(i)));
    if (!is_among(kEntities, sentence.at(i)) && sentence.at(i) != "them") return true;
  }
  return false;
}

struct Counted {
  Noun noun = Noun::none;
  std::size_t at = 0;
};

// The last of the nouns that stand together: "relation labels" are labels of relations.
Counted compound(const Sentence& sentence, std::size_t at) {
  Noun noun = noun_of(sentence.at(at));
  for (; noun_of(sentence.at(at + 1)) != Noun::none; ++at) {
    const Noun next = noun_of(sentence.at(at + 1));
    const bool named = next == Noun::name || is_among(kName, sentence.at(at + 1));
    if (next == Noun::kind) noun = noun == Noun::entity ? Noun::none : Noun::relation;
    else if (named) noun = noun == Noun::entity ? noun : Noun::relation;
    else noun = next;
  }
  return {noun, at};
}

// What is counted from a place on, behind words that say nothing else of it.
Counted counted_after(const Sentence& sentence, std::size_t at) {
  while (is_among(kBetween, sentence.at(at))) ++at;
  Counted counted = compound(sentence, at);
  if (counted.noun == Noun::name) return {Noun::none, at};
  if (counted.noun != Noun::kind) return counted;
  if (sentence.at(counted.at + 1) != "of") return {Noun::none, at};
  counted = counted_after(sentence, counted.at + 2);
  const bool of_label = counted.noun == Noun::relation || counted.noun == Noun::triple;
  return {of_label ? Noun::relation : Noun::none, counted.at};
}

// Where the words behind "how many", "number of" and the like begin; nothing where none is there.
struct Trigger {
  std::size_t after = 0;
  bool how_many = false;
};

std::optional<Trigger> trigger_at(const Sentence& sentence, std::size_t i) {
  const std::string_view word = sentence.at(i);
  const std::string_view next = sentence.at(i + 1);
  if (word == "how" && next == "many") return Trigger{i + 2, true};
  if (is_among("number count amount total tally quantity", word) && next == "of")
    return Trigger{i + 2, false};
  if (word == "count") return Trigger{i + 1, false};
  return std::nullopt;
}

Counted first_noun(const Sentence& sentence) {
  for (std::size_t i = 0; i < sentence.words.size(); ++i)
    if (noun_of(sentence.at(i)) != Noun::none) return compound(sentence, i);
  return {};
}

std::optional<Asks> asks_for(Noun noun, bool pictures) {
  switch (noun) {
    case Noun::entity: return pictures ? Asks::images : Asks::entities;
    case Noun::picture: return Asks::images;
    case Noun::relation: return Asks::relations;
    case Noun::triple: return Asks::triples;
    default: return std::nullopt;
  }
}

bool is_restricted(const Sentence& sentence, const Counted& counted, Asks asks) {
  if (names_something(sentence) || joins_some(sentence)) return true;
  if (!with_or_without(sentence) && sentence.has(kRestricting)) return true;
  if (asks != Asks::entities) return false;
  for (std::size_t i = counted.at + 1; i < sentence.words.size(); ++i)
    if (const Noun later = noun_of(sentence.at(i));
        later == Noun::relation || later == Noun::triple)
      return true;
  return false;
}

CountReading reading_of(const Sentence& sentence, const Counted& counted, bool pictures) {
  const auto asks = asks_for(counted.noun, pictures);
  if (!asks || is_restricted(sentence, counted, *asks)) return {true, std::nullopt};
  return {true, asks};
}

// What was named before: in the sentence, or in those that stand ahead of it.
CountReading elided(const Sentences& sentences, std::size_t index) {
  const bool pictures = speaks_of_pictures(sentences[index]);
  for (std::size_t i = index + 1; i-- > 0;)
    if (const Counted counted = first_noun(sentences[i]); counted.noun != Noun::none)
      return reading_of(sentences[i], counted, pictures || speaks_of_pictures(sentences[i]));
  return {true, std::nullopt};
}

CountReading count_of(const Sentences& sentences, std::size_t index) {
  const Sentence& sentence = sentences[index];
  const bool pictures = speaks_of_pictures(sentence);
  for (std::size_t i = 0; i < sentence.words.size(); ++i) {
    const auto trigger = trigger_at(sentence, i);
    if (!trigger) continue;
    const Counted counted = counted_after(sentence, trigger->after);
    if (counted.noun != Noun::none) return reading_of(sentence, counted, pictures);
    if (trigger->how_many && is_among(kElided, sentence.at(trigger->after)))
      return elided(sentences, index);
    if (trigger->how_many) return {true, std::nullopt};
    if (i > 0 && noun_of(sentence.at(i - 1)) != Noun::none)
      return reading_of(sentence, {noun_of(sentence.at(i - 1)), i}, pictures);
  }
  return {};
}

}  // namespace

bool names_something(const Sentence& sentence) {
  if (sentence.quotes) return true;
  const auto capitals = static_cast<std::size_t>(std::count_if(
      sentence.words.begin(), sentence.words.end(), [](const Word& w) { return w.capital; }));
  if (capitals > 1 && capitals == sentence.words.size()) return false;
  for (std::size_t i = 1; i < sentence.words.size(); ++i)
    if (sentence.words[i].capital && !is_known(sentence.at(i))) return true;
  return false;
}

CountReading count_of(const Sentences& sentences) {
  for (std::size_t i = 0; i < sentences.size(); ++i)
    if (CountReading reading = count_of(sentences, i); reading.settled) return reading;
  return {};
}

}  // namespace stareval::reader
