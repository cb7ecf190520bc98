// What the words around a number mean for a count.
#pragma once

#include "libstareval/extract/lexicon_internal.h"

namespace stareval::extract {

enum CountWord : Meanings {
  kBefore = 1U << 0,     // may stand before a number without restricting it: "the image shows"
  kAfter = 1U << 1,      // after it: "in this picture"
  kAdjective = 1U << 2,  // between it and its noun: "different"
  kEntity = 1U << 3,     // what is counted
  kRelation = 1U << 4,
  kImage = 1U << 5,
  kTriple = 1U << 6,
  kNoun = 1U << 7,        // a noun that fits each of them: "items"
  kConclusion = 1U << 8,  // before it: "so", "that gives", "a total of"
  kDoubt = 1U << 9,       // "not", "may", "if", "wait"
  kVague = 1U << 10,      // an amount without a number: "several"
  kMore = 1U << 11,       // "more", "other", "another"
  kExclusion = 1U << 12,  // "besides", "without", "first", "left": the sentence counts a part
  kNumbered = 1U << 13,   // a number after it is a name: "row 3"
  kMeasure = 1U << 14,    // a number before it is no count here: "512 pixels"
  kHaving = 1U << 15,     // before a noun of kImage: "with an image", not "in the image"
  kTotal = 1U << 16,      // before or after it: "in total"
};

inline constexpr Meanings kAnyNoun = kEntity | kRelation | kImage | kTriple | kNoun;

inline constexpr Lexicon<1024> kCountWords{
    {kBefore,
     "there are is was were be i we you can could've see saw seen count counted counting counts "
     "find found identify observe notice list listed say get got have has having contain contains "
     "containing show shows showing shown display displays displayed depict depicts depicting "
     "include includes including consist consists of feature features present presents the a an "
     "this that these it its in on at and to with which us my your here's there's that's it's "
     "number amount quantity exactly precisely only just about approximately around roughly "
     "clearly definitely probably likely simply answer final correct given provided based from "
     "above below following picture image graph diagram figure drawing visualization chart "
     "knowledge equal equals up as all think believe guess would seem seems appear appears looks "
     "look looking looked after examining analyzing analysing upon reviewing inspecting one by "
     "carefully now then let me let's each every between sure course okay ok well distinct "
     "different unique separate individual listing them shows response result results entirety "
     "x n y us boxed for but every estimate there're i'll i've i'd please reply how many do does "
     "identified visible whole full entire complete answering "
     "das bild der die den dem im zeigt es gibt sind enth insgesamt anzahl antwort ist zeigen "
     "il y le la les dans sur l'image montre il hay el en los las muestra respuesta es est sont "
     "imagen"},
    {kAfter,
     "in the this that image picture graph diagram figure knowledge drawing visualization chart "
     "above shown displayed depicted visible present presented here total altogether overall of "
     "them all are is was were connected linked interconnected by arrows labelled labeled "
     "represented appear appears exist and between provided given which it can be "
     "seen listed identified included found i see count counted mentioned altogether each as "
     "same for to on there at so a drawn because since"
     " im in dem bild der graph graphen dans le graphe la l'image en el grafo imagen insgesamt"},
    {kAdjective,
     "distinct different unique separate individual labelled labeled directed visible named "
     "semantic relational knowledge graph total such overall verschiedene unterschiedliche"},
    {kEntity,
     "entity entities node nodes vertex vertices concepts concept boxes box knoten noeuds "
     "entidades entidad entiteiten nodos"},
    {kRelation,
     "relation relations relationship relationships predicates predicate label labels type types "
     "kind kinds names relationen beziehungen relaciones"},
    {kImage, "image images picture pictures photo photos photograph photographs bilder"},
    {kTriple,
     "triple triples triplet triplets fact facts edge edges arrow arrows statement statements link "
     "links connection connections tripel kanten"},
    {kNoun, "label labels type types kind kinds name names item items count"},
    {kConclusion,
     "total altogether overall so thus therefore hence consequently gives makes giving making sum "
     "adding final conclusion finally insgesamt entirety"},
    {kDoubt,
     "not no never cannot neither nor may might could maybe perhaps possibly if unless whether "
     "wrong false incorrect impossible unclear uncertain unsure assuming suppose either or wait "
     "actually correction recount oops hmm scratch sorry reconsider revised initially originally "
     "than least most minimum maximum nearly almost except hardly typical typically usually "
     "should anything lack lacks lacking ruled rule untrue excluded eliminated mistaken erroneous "
     "nope isn't aren't "
     "doesn't don't can't didn't wasn't weren't couldn't don't"},
    {kVague,
     "dozen dozens couple several few numerous hundreds thousands half some many various others"},
    {kMore, "more additional another extra other further less fewer remaining rest"},
    {kExclusion,
     "besides excluding without excludes beyond far left right top bottom upper lower middle "
     "center centre central side half corner first second third fourth last next cluster clusters "
     "row column red blue green yellow orange purple white black grey gray pink brown main "
     "major key directly partly hidden outgoing incoming ignoring apart aside links rechts oben "
     "unten ohne outer inner "},
    {kNumbered,
     "step steps question code figure fig option page version line row column section chapter "
     "example attempt choice error status task problem item node entity group level layer "
     "war confidence score limit"},
    {kMeasure,
     "pixels pixel px x percent minutes seconds minute second hours years year times time people "
     "words degrees meters km million"},
    {kHaving,
     "an a with have has contain contains containing include includes including own having"},
    {kTotal, "total altogether overall insgesamt"},
};

}  // namespace stareval::extract
