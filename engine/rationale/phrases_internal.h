// The phrasings of each step of a rationale; {0} and {1} are filled in. Any of a group may stand in
// the place of any other. None may read like a triple in a notation, nor like an answer.
#pragma once

#include <array>
#include <string_view>

namespace stareval::engine::phrases {

template <std::size_t N>
using Group = std::array<std::string_view, N>;

// ---- lists: number and item

inline constexpr Group<4> kListItem{"{0}. {1}", "{0}) {1}", "{0}: {1}", "#{0} {1}"};
inline constexpr Group<4> kNothing{"none", "there is none", "nothing", "not one"};

inline constexpr Group<5> kNodes{"The nodes of the graph are:", "These entities are drawn:",
                                 "Going through the nodes one by one:",
                                 "The picture shows these entities:", "Each node, counted once:"};
inline constexpr Group<5> kArrows{"The arrows of the graph are:", "These facts are drawn:",
                                  "Going through the arrows one by one:",
                                  "The picture shows these triples:", "Each arrow is one triple:"};
inline constexpr Group<4> kLabels{
    "The different labels on them are:", "Each label, written down once:",
    "Leaving out what occurs again, the labels are:", "The relations that occur are:"};
inline constexpr Group<4> kLabelsWithArrows{
    "Put together by label, the arrows of the graph are:", "The arrows under each of the labels:",
    "Each label, with the arrows that have it:", "Taking one label after another:"};
inline constexpr Group<4> kWithImage{
    "The nodes with an image are:", "An image stands in the nodes:",
    "These entities are shown with an image:", "Nodes that hold an image:"};
inline constexpr Group<4> kWithoutImage{
    "The nodes without an image are: {0}.", "Only the name is shown of: {0}.",
    "Left out, as they have no image: {0}.", "Nodes that hold no image: {0}."};
inline constexpr Group<4> kIntoSentences{
    "Each becomes one sentence.", "One sentence is written for each.",
    "Now each of them is put into words.", "Every one is told in a sentence of its own."};

// ---- facts: triple and statement

inline constexpr Group<4> kFact{"{0}: {1}", "{0} says: {1}", "{0} means: {1}",
                                "{0}, in words: {1}"};
inline constexpr Group<4> kCheck{
    "Each fact of the graph is checked:", "Every arrow is held against what is known:",
    "Is each of the facts true?", "The facts, one after another:"};
inline constexpr Group<5> kTrue{"This is true.", "That holds.", "This is right.", "True.",
                                "That is correct."};
inline constexpr Group<5> kFalse{"This is false.", "That does not hold.", "This is not right.",
                                 "False.", "That is not true."};
inline constexpr Group<4> kAllTrue{"Every fact is true.", "None of the facts is false.",
                                   "All of them hold.", "So nothing in the graph is wrong."};
inline constexpr Group<4> kTruth{"One fact is false. In its place should stand {0}: {1}",
                                 "One of them is wrong. The truth is {0}: {1}",
                                 "All but one hold. It should have been {0}: {1}",
                                 "One fact does not belong there. True would be {0}: {1}"};

// ---- options

inline constexpr Group<4> kAboutMask{
    "What the graph says about {0}:", "These arrows lead to or from {0}:",
    "The facts with {0} are:", "About {0}, the picture tells:"};
inline constexpr Group<4> kMaskedArrow{
    "The arrow labelled {0} leads from {1} to {2}.", "{0} stands on the arrow from {1} to {2}.",
    "What is hidden by {0} links {1} to {2}.",
    "The hidden relation {0} has the head {1} and the tail {2}."};
inline constexpr Group<4> kTryOptions{
    "Each option is put in the place of {0}:", "What if {0} were each of the options?",
    "The options are tried one by one in the place of {0}:", "Which option can {0} be?"};
inline constexpr Group<4> kOption{"{0}. {1}: {2}", "{0}) {1}: {2}", "{0}: {1}. {2}",
                                  "{0} would be {1}: {2}"};
inline constexpr Group<4> kFits{"This fits.", "That is true.", "This holds.", "That is right."};
inline constexpr Group<4> kAllFit{"Every fact fits.", "All of these facts are true.",
                                  "With it, each of the facts holds.",
                                  "No fact speaks against it."};

// ---- the answer

inline constexpr Group<5> kAnswer{"So the answer is {0}.", "Therefore, the answer is {0}.",
                                  "The answer is {0}.", "Hence the answer is {0}.",
                                  "Thus, the answer is {0}."};
inline constexpr Group<4> kDescription{"So the answer is:\n{0}", "The answer is:\n{0}",
                                       "Put together, the answer is:\n{0}",
                                       "In words, the answer is:\n{0}"};

}  // namespace stareval::engine::phrases
