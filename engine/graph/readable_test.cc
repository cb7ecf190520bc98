// By hand: ids of YAGO, Freebase, DBpedia and VisualSem, as they are found. Edge cases of bytes.
#include "engine/graph/readable.h"

#include <gmock/gmock.h>

#include "libstareval/base/text.h"

namespace stareval::engine {
namespace {

using testing::ElementsAre;

std::vector<std::string> labels(const std::vector<std::string>& ids) {
  return unique_labels(ids).labels;
}

TEST(CleanText, PutsATextOnOneLine) {
  EXPECT_EQ(clean_text("  New  York ").text, "New York");
  EXPECT_FALSE(clean_text("New York").control_characters);
  const CleanText tabs = clean_text(
      "New\tYork\r\n\x01\x7F"
      "City");
  EXPECT_EQ(tabs.text, "New York City");
  EXPECT_TRUE(tabs.control_characters);
  EXPECT_FALSE(tabs.not_utf8);
  EXPECT_EQ(clean_text("a\u0085b\u2028c").text, "a b c");
  EXPECT_EQ(clean_text("Ünïcödé").text, "Ünïcödé");
}

TEST(CleanText, ReplacesBytesThatAreNotUtf8) {
  const CleanText text = clean_text("Par\xEFs");
  EXPECT_EQ(text.text, "Par\uFFFDs");
  EXPECT_TRUE(text.not_utf8);
  EXPECT_FALSE(text.control_characters);
}

TEST(UsableName, IsOneThatIsSeen) {
  EXPECT_TRUE(is_usable_name("Paris"));
  EXPECT_TRUE(is_usable_name("!!!"));  // a band
  EXPECT_FALSE(is_usable_name(""));
  EXPECT_FALSE(is_usable_name("  "));
  EXPECT_FALSE(is_usable_name("\u200B"));
  EXPECT_FALSE(is_usable_name("?????"));
}

TEST(ReadableName, OfIds) {
  EXPECT_EQ(readable_name("Gilles_Mbang_Ondo"), "Gilles Mbang Ondo");
  EXPECT_EQ(readable_name("Metropolis,_Illinois"), "Metropolis, Illinois");
  EXPECT_EQ(readable_name("AC/DC"), "AC/DC");
  EXPECT_EQ(readable_name("/m/027rn"), "/m/027rn");
  EXPECT_EQ(readable_name("http://dbpedia.org/resource/S%C3%A3o_Paulo"), "São Paulo");
  EXPECT_EQ(readable_name("<http://example.org/a#Thing>"), "Thing");
  EXPECT_EQ(readable_name("http://example.org/a/"), "a");
  EXPECT_EQ(readable_name("urn:isbn:0451450523"), "0451450523");
  EXPECT_EQ(readable_name("_:b12"), "b12");
  EXPECT_EQ(readable_name("http://example.org/100%"), "100%");
}

TEST(UniqueLabels, OfYagoAndVisualSem) {
  EXPECT_THAT(labels({"wasBornIn", "isMarriedTo", "created", "hasISBNNumber", "AtLocation", "IsA"}),
              ElementsAre("was born in", "is married to", "created", "has ISBN number",
                          "at location", "is a"));
}

TEST(UniqueLabels, KeepWhatWasWrittenForPeople) {
  EXPECT_THAT(labels({"Born In", "and/or so", "part_of"}),
              ElementsAre("Born In", "and/or so", "part of"));
}

TEST(UniqueLabels, OfFreebaseAreTheLastParts) {
  EXPECT_THAT(labels({"/people/person/nationality", "/location/country/form_of_government",
                      "/people/person/spouse_s./people/marriage/spouse"}),
              ElementsAre("nationality", "form of government", "spouse"));
}

TEST(UniqueLabels, GrowForAllThatWouldBeEqual) {
  EXPECT_THAT(labels({"/film/actor/film./film/performance/film", "/film/director/film",
                      "/film/film/estimated_budget./measurement_unit/dated_money_value/currency",
                      "/education/endowed/endowment./measurement_unit/dated_money_value/currency",
                      "/film/film/language"}),
              ElementsAre("actor film", "director film", "estimated budget currency",
                          "endowment currency", "language"));
}

TEST(UniqueLabels, OfJoinedPathsTakeTheirLastTypeBeforeAll) {
  EXPECT_THAT(labels({"/sports/sports_team/roster./baseball/baseball_roster_position/position",
                      "/sports/sports_team/roster./basketball/basketball_roster_position/position",
                      "/soccer/football_team/roster./soccer/football_roster_position/position"}),
              ElementsAre("baseball roster position", "basketball roster position",
                          "football team position"));
}

TEST(UniqueLabels, TakeALongLabelOnlyAtLast) {
  EXPECT_THAT(
      label_candidates("/government/politician/government_positions_held./government/"
                       "government_position_held/jurisdiction_of_office"),
      ElementsAre("jurisdiction of office", "politician jurisdiction of office",
                  "government positions held jurisdiction of office",
                  "politician government positions held jurisdiction of office",
                  "government position held jurisdiction of office",

                  "government politician government positions held government position held "
                  "jurisdiction of office"));
}

TEST(UniqueLabels, OfIrisGrowByTheirPath) {
  EXPECT_THAT(labels({"http://dbpedia.org/ontology/birthPlace",
                      "http://dbpedia.org/property/birthPlace", "http://example.org/a#knows"}),
              ElementsAre("ontology birth place", "property birth place", "knows"));
}

TEST(UniqueLabels, GetANumberWhereNothingElseDiffers) {
  const std::vector<std::string> ids{"part_of", "partOf", "Part Of", "?????", "/_/"};
  const UniqueLabels unique = unique_labels(ids);
  EXPECT_THAT(unique.labels, ElementsAre("part of", "part of (2)", "Part Of (3)", "?????", "/_/"));
  EXPECT_EQ(unique.suffixed, 2U);
}

TEST(DefaultStatement, IsASentence) {
  EXPECT_EQ(default_statement("was born in"), "{head} was born in {tail}.");
  EXPECT_EQ(default_statement("produced by"), "{head} was produced by {tail}.");
  EXPECT_EQ(default_statement("has capital"), "The capital of {head} is {tail}.");
  EXPECT_EQ(default_statement("related to"), "{head} is related to {tail}.");
  EXPECT_EQ(default_statement("artists"), R"({head} has the relation "artists" to {tail}.)");
  EXPECT_EQ(default_statement("has"), R"({head} has the relation "has" to {tail}.)");
  EXPECT_EQ(default_statement("a {head}"), "{head} has a relation to {tail}.");
}

}  // namespace
}  // namespace stareval::engine
