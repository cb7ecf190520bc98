// Rewordings by hand, whose expectations were written before the reader of questions was. They are
// questions of the tasks in other words, and questions that ask something else.
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "backends/reader/question_internal.h"

namespace stareval::reader {
namespace {

struct Rewording {
  const char* text;
  std::optional<Asks> asks;
};

constexpr std::optional<Asks> kNothing = std::nullopt;

void expect_all(const std::vector<Rewording>& rewordings) {
  for (const Rewording& rewording : rewordings) {
    const auto question = read_question(rewording.text);
    const auto asks = question ? std::optional(question->asks) : std::nullopt;
    EXPECT_EQ(asks, rewording.asks) << rewording.text;
  }
}

TEST(QuestionRewordings, OfCounts) {
  expect_all({
      {"How many nodes are in the graph?", Asks::entities},
      {"how many vertices does this diagram have", Asks::entities},
      {"Please give me the total count of entities shown here.", Asks::entities},
      {"What's the node count of this graph?", Asks::entities},
      {"Tell me the number of boxes in this graph. Reply with a number only.", Asks::entities},
      {"Here is an image of a knowledge graph. How many entities does the image show?",
       Asks::entities},
      {"Answer with the number of nodes.", Asks::entities},
      {"HOW MANY ENTITIES ARE THERE?", Asks::entities},
      {"The graph consists of entities. How many are there in total?", Asks::entities},
      {"Count all of the nodes, with and without pictures.", Asks::entities},
      {"How many different relation types are used?", Asks::relations},
      {"Count the unique edge labels.", Asks::relations},
      {"How many kinds of relationships does the diagram use?", Asks::relations},
      {"State the number of distinct labels on the edges.", Asks::relations},
      {"How many unique predicates can be seen?", Asks::relations},
      {"How many types of edges are drawn? Edges with one label are of one type.", Asks::relations},
      {"How many pictures are there in the graph?", Asks::images},
      {"How many nodes come with a photo?", Asks::images},
      {"Count the entities illustrated by a photograph.", Asks::images},
      {"What is the number of images inside the nodes?", Asks::images},
      {"Of the entities in the picture, how many have an image of their own?", Asks::images},
      {"How many arrows are drawn?", Asks::triples},
      {"How many edges does the knowledge graph have?", Asks::triples},
      {"Count every triple in this picture.", Asks::triples},
      {"What is the total number of links in the graph?", Asks::triples},
      {"Give the number of statements that the graph makes.", Asks::triples},
      {"How many (subject, predicate, object) triples can you find?", Asks::triples},
      {"How many relation triples are there?", Asks::triples},
  });
}

TEST(QuestionRewordings, OfDescriptions) {
  expect_all({
      {"Please describe this graph.", Asks::description},
      {"List all the facts that the graph contains.", Asks::description},
      {"Write down every triple in the picture.", Asks::description},
      {"Verbalise the knowledge graph.", Asks::description},
      {"Give a summary of the graph, with each of its relations.", Asks::description},
      {"Express the content of the diagram in words.", Asks::description},
      {"Summarize the knowledge graph shown in the image.", Asks::description},
      {"What facts does the graph state?", Asks::description},
  });
}

TEST(QuestionRewordings, OfFaults) {
  expect_all({
      {"Which triple is wrong? If all are right, say none.", Asks::wrong_fact},
      {"Identify the incorrect fact in this graph, or answer none.", Asks::wrong_fact},
      {"Is there a mistake in the graph? If yes, write the triple, otherwise none.",
       Asks::wrong_fact},
      {"One of the arrows may be erroneous. Tell me which.", Asks::wrong_fact},
      {"Find the statement that is not true, if there is one.", Asks::wrong_fact},
      {"Point out the false triple.", Asks::wrong_fact},
      {"Is there an error in this graph? Answer yes or no.", Asks::is_wrong},
      {"Does the picture state anything false? (yes/no)", Asks::is_wrong},
      {"Is any of the facts incorrect?", Asks::is_wrong},
      {"Has a triple been corrupted? Reply \"yes\" or \"no\".", Asks::is_wrong},
      {"Decide whether one entity is in the wrong place: yes or no.", Asks::is_wrong},
  });
}

TEST(QuestionRewordings, OfHiddenThings) {
  expect_all({
      {"Which entity is behind the question marks?\nA. France\nB. Spain", Asks::hidden_entity},
      {"The node marked ????? is missing its name. What is it?\nA. x\nB. y", Asks::hidden_entity},
      {"What should replace ????? in the box?\n(A) red\n(B) green", Asks::hidden_entity},
      {"Guess the masked node.\n- Oslo\n- Rome", Asks::hidden_entity},
      {"Name the concealed entity.", Asks::hidden_entity},
      {"One node's name was covered up. Rank the candidates.\n\nOslo\nRome\nBern",
       Asks::hidden_entity},
      {"Which label belongs on the arrow drawn as ?????\nA) capital\nB) borders",
       Asks::hidden_relation},
      {"Fill in the missing relation.\nA: capital\nB: borders", Asks::hidden_relation},
      {"What is the hidden edge label?\nA. capital\nB. borders", Asks::hidden_relation},
      {"How are the two nodes related, whose arrow says ?????", Asks::hidden_relation},
      {"Predict the masked predicate between the two entities.\n1. in\n2. of",
       Asks::hidden_relation},
      {"Pick the relationship that ??? stands for.\nA. capital\nB. borders", Asks::hidden_relation},
  });
}

TEST(QuestionRewordings, OfSomethingElse) {
  expect_all({
      {"", kNothing},
      {"   \n\n ", kNothing},
      {"What is the capital of France?", kNothing},
      {"What is the capital of France?\nA. Paris\nB. How many nodes are there?", kNothing},
      {"Is there a path from France to Spain?", kNothing},
      {"How many arrows point at France?", kNothing},
      {"How many entities are connected to \"Paris\"?", kNothing},
      {"How many nodes have no image?", kNothing},
      {"How many entities without a picture are there?", kNothing},
      {"How many facts are wrong?", kNothing},
      {"How many nodes are hidden?", kNothing},
      {"How many types of entities are there?", kNothing},
      {"How many people are in this photo?", kNothing},
      {"How many words do you know?", kNothing},
      {"Are all facts of this graph true?", kNothing},
      {"Which node has the most arrows?", kNothing},
      {"What colour is the arrow between the two largest nodes?", kNothing},
      {"Describe the colours of this picture.", kNothing},
      {"Describe the weather in Norway.", kNothing},
      {"What does the node France look like?", kNothing},
      {"Write a poem.", kNothing},
      {"Wie viele Knoten hat dieser Graph?", kNothing},
      {"Is a relation missing from this graph?", kNothing},
      {"How are the object of the picture and the entity of the text related?\n- none\n- /per/org",
       kNothing},
      {"Which of these is a country?\nA. Describe the graph.\nB. Count the nodes.", kNothing},
  });
}

// Written once the reader was there, to see how it does on what it was not made for: 44 of these 50
// were understood before it was mended.
TEST(QuestionRewordings, OfASecondSet) {
  expect_all({
      {"Kindly tell me how many distinct nodes there are in the picture below.", Asks::entities},
      {"What is the size of this graph in nodes? Give the number of nodes.", Asks::entities},
      {"Look at the image. How many entities can you see in it?", Asks::entities},
      {"I need the number of entities.", Asks::entities},
      {"How many concepts (nodes) are in the graph?", Asks::entities},
      {"Let's count: how many different relations label the arrows?", Asks::relations},
      {"How many relationship types does this knowledge graph contain?", Asks::relations},
      {"Count how many different labels appear on the arrows.", Asks::relations},
      {"How many distinct kinds of edge are there?", Asks::relations},
      {"How many of the nodes are illustrated?", Asks::images},
      {"How many nodes show a picture?", Asks::images},
      {"Count the number of photos in the graph.", Asks::images},
      {"How many of the entities have images?", Asks::images},
      {"Determine the number of triples in the knowledge graph shown.", Asks::triples},
      {"How many connections are there between the nodes?", Asks::triples},
      {"How many relations (edges) does the graph have in total?", Asks::relations},
      {"How many directed edges are in this picture?", Asks::triples},
      {"Provide a description of the graph.", Asks::description},
      {"Turn this knowledge graph into sentences.", Asks::description},
      {"Read out every fact in the graph.", Asks::description},
      {"Extract all triples from the image.", Asks::description},
      {"What does the graph tell us?", Asks::description},
      {"Convert the diagram to text, one sentence per edge.", Asks::description},
      {"Spot the false statement in the graph.", Asks::wrong_fact},
      {"Which of these facts does not hold?", Asks::wrong_fact},
      {"One edge in this graph might be incorrect - name the triple or say \"none\".",
       Asks::wrong_fact},
      {"Is the graph free of errors? Answer with the wrong triple or none.", Asks::wrong_fact},
      {"Does the graph contain an error? (yes or no)", Asks::is_wrong},
      {"True or false: there is a mistake in this graph.", kNothing},
      {"Is something wrong in this knowledge graph?", Asks::is_wrong},
      {"Are there any false facts here? Answer Yes or No.", Asks::is_wrong},
      {"What is the missing entity?\nA. Rome\nB. Oslo", Asks::hidden_entity},
      {"Fill the blank node (\?\?\?\?\?).\nA. Rome\nB. Oslo", Asks::hidden_entity},
      {"?????\nA. Rome\nB. Oslo", Asks::hidden_entity},
      {"In the graph, ????? replaces an entity. Identify it.\nA. Rome\nB. Oslo",
       Asks::hidden_entity},
      {"Choose the right name for the node with question marks.\nA. Rome\nB. Oslo",
       Asks::hidden_entity},
      {"The label of one arrow has been replaced by ?????. What was it?\nA. in\nB. of",
       Asks::hidden_relation},
      {"Which relation connects the two entities joined by the arrow ?????\nA. in\nB. of",
       Asks::hidden_relation},
      {"Select the predicate hidden behind ?????: \nA. in\nB. of", Asks::hidden_relation},
      {"What is the name of the author of this picture?", kNothing},
      {"Is this a knowledge graph?", kNothing},
      {"How many edges does Paris have?", kNothing},
      {"What's the longest path in the graph?", kNothing},
      {"Which entity is in the middle of the picture?", kNothing},
      {"How old is this picture?", kNothing},
      {"Is the graph connected?", kNothing},
      {"Who wrote this?", kNothing},
      {"Are the facts in the graph correct? Answer yes or no.", kNothing},
      {"How many nodes have exactly one picture and two arrows?", kNothing},
      {"What colour are the nodes?", kNothing},
  });
}

}  // namespace
}  // namespace stareval::reader
