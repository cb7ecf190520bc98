// By hand: nodes and tuples of the form that visualsem.h describes, and broken ones.
#include "engine/graph/visualsem.h"

#include <gmock/gmock.h>

#include "engine/graph/test_foreign_internal.h"

namespace stareval::engine {
namespace {

using testing::ElementsAre;

constexpr std::string_view kNodes =
    R"json({"bn:1n": {"gl": ["A gloss", "ms"], "ms": "WN:EN:space_heater", "se": ["Spaceheater"],
                  "ims": ["aa11", "bb22"], "extra": {"ms": "no", "deep": [{"ms": "no"}]}},
        "bn:2n": {"ms": "", "se": ["", "WIKI:EN:Heat\u0065r_(device)"], "ims": []},
        "bn:3n": {"se": 7, "ims": null}})json";
constexpr std::string_view kTuples =
    R"({"bn:1n": [{"s": "bn:2n", "r": "RelatedTo", "r_id": 133}, {"r": "IsA", "s": "bn:3n"}],
        "bn:3n": [{"s": "bn:1n", "r": "AtLocation", "r_id": {"s": "no"}}], "bn:2n": []})";

struct Texts {
  std::string_view nodes = kNodes, tuples = kTuples;
};

Result<LoadedGraph> load(const Texts& texts, const FindPicture& find = {}) {
  GraphBuilder builder("visualsem", false);
  STAREVAL_CHECK(read_visualsem_nodes(text_of("nodes.v2.json", texts.nodes), find, builder));
  STAREVAL_CHECK(read_visualsem_tuples(text_of("tuples.v2.json", texts.tuples), builder));
  return finish(builder);
}

TEST(VisualSem, TheKeyOfATupleIsItsTail) {
  const LoadedGraph loaded = load({}).value();
  EXPECT_THAT(triples_of(loaded), ElementsAre("(space heater, at location, bn:3n)",
                                              "(Heater (device), related to, space heater)",
                                              "(bn:3n, is a, space heater)"));
  EXPECT_EQ(loaded.graph.entity(0).id, "bn:1n");
  EXPECT_EQ(loaded.report.rows, 3U);
  EXPECT_EQ(loaded.report.unnamed, 1U);
  EXPECT_TRUE(rows_add_up(loaded));
}

TEST(VisualSem, TakesTheFirstPictureThatIsThere) {
  const LoadedGraph loaded = load({}, [](std::string_view hash) -> std::filesystem::path {
                               return hash == "bb22" ? "images/bb/bb22.jpg" : "";
                             }).value();
  EXPECT_EQ(loaded.graph.entity(0).image, "images/bb/bb22.jpg");
  EXPECT_TRUE(loaded.graph.entity(1).image.empty());
  EXPECT_EQ(loaded.report.pictures, 1U);
}

TEST(VisualSem, DropsTuplesOfNodesThatAreNotListed) {
  const LoadedGraph loaded =
      load({kNodes, R"({"bn:1n": [{"s": "bn:2n", "r": "IsA"}, {"s": "bn:9n", "r": "IsA"},
                                  {"s": "bn:3n", "r": "IsA"}, {"s": "bn:1n", "r": "IsA"},
                                  {"s": "bn:2n", "r": "IsA"}],
                        "bn:8n": [{"s": "bn:1n", "r": "IsA"}]})"})
          .value();
  EXPECT_EQ(loaded.graph.facts().size(), 2U);
  EXPECT_EQ(loaded.report.unknown_ids, 2U);
  EXPECT_EQ(loaded.report.self_loops, 1U);
  EXPECT_EQ(loaded.report.duplicate_triples, 1U);
  EXPECT_TRUE(rows_add_up(loaded));
  EXPECT_THAT(loaded.report.examples,
              ElementsAre("tuples.v2.json: expected nodes of nodes.v2.json, found \"bn:9n\"",
                          "tuples.v2.json: expected nodes of nodes.v2.json, found \"bn:8n\""));
}

TEST(VisualSem, DropsWhatIsNoTuple) {
  for (const char* bad :
       {"{\"s\": \"bn:2n\"}", "{\"r\": \"IsA\"}", "{\"s\": 1, \"r\": \"IsA\"}", "[]",
        "[{\"s\": \"bn:2n\", \"r\": \"IsA\"}]", "null", "1", "\"bn:2n\"", "{}"}) {
    const std::string tuples = fmt::format(
        R"({{"bn:1n": [{{"s": "bn:3n", "r": "IsA"}}, {}, {{"s": "bn:2n", "r": "IsA"}}]}})", bad);
    const LoadedGraph loaded = load({kNodes, tuples}).value();
    EXPECT_EQ(loaded.report.malformed_rows, 1U) << bad;
    EXPECT_EQ(loaded.graph.facts().size(), 2U) << bad;
  }
  for (const char* bad : {"null", "1", "\"x\"", "{\"s\": \"bn:2n\", \"r\": \"IsA\"}"}) {
    const std::string tuples =
        fmt::format(R"({{"bn:2n": {}, "bn:1n": [{{"s": "bn:3n", "r": "IsA"}}]}})", bad);
    EXPECT_EQ(load({kNodes, tuples}).value().report.malformed_rows, 1U) << bad;
  }
}

TEST(VisualSem, CountsNodesThatAreNoneOrTwice) {
  const LoadedGraph loaded =
      load({R"({"bn:1n": {"ms": "WN:EN:heater"}, "bn:2n": {"ms": "\ta\u0000b"}, "bn:4n": [],
                "bn:5n": null, "bn:6n": "x", "bn:1n": {"ms": "WN:EN:other"}})",
            R"({"bn:1n": [{"s": "bn:2n", "r": "Is\tA"}]})"})
          .value();
  EXPECT_THAT(triples_of(loaded), ElementsAre("(a b, Is A, heater)"));
  EXPECT_EQ(loaded.report.malformed_entries, 3U);
  EXPECT_EQ(loaded.report.duplicate_ids, 1U);
  EXPECT_EQ(loaded.report.control_characters, 2U);
}

TEST(VisualSem, RefusesWhatIsNotJson) {
  EXPECT_EQ(load({"{\"bn:1n\": {\n\"ms\": }", kTuples}).error().message,
            "nodes.v2.json:2: expected JSON, found syntax error at byte 18; the file may be cut "
            "off");
  EXPECT_EQ(load({kNodes, "{\"bn:1n\": ["}).error().message,
            "tuples.v2.json:1: expected JSON, found incomplete JSON at byte 11; the file may be "
            "cut off");
  EXPECT_EQ(load({kNodes, "{} {}"}).error().message,
            "tuples.v2.json:1: expected JSON, found more text at byte 3; the file may be cut off");
  EXPECT_EQ(load({"[]", kTuples}).error().message,
            "nodes.v2.json:1: expected an object of nodes, found other JSON");
  EXPECT_TRUE(load({kNodes, std::string(100, '[')}).has_error());
}

}  // namespace
}  // namespace stareval::engine
