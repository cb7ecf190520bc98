// Property: whatever is done to the bytes of a file, a foreign format is either refused with an
// error, or becomes a graph whose names are unique and whose rows add up. The same 500 mutations of
// a small file each time; tests/fuzz looks further.
#include <gtest/gtest.h>

#include "engine/graph/name_triples.h"
#include "engine/graph/ntriples.h"
#include "engine/graph/openke.h"
#include "engine/graph/test_foreign_internal.h"
#include "engine/graph/visualsem.h"
#include "libstareval/base/random.h"
#include "libstareval/base/text.h"
#include "libstareval/data/graph.h"

namespace stareval::engine {
namespace {

// Signs that mean something in one of the formats, and bytes that mean nothing in any.
constexpr char kSignBytes[] = "\t\n\r \0\x01\xFF\"\\<>_:.,{}[]/#?0129u";
constexpr std::string_view kSigns(kSignBytes, sizeof kSignBytes - 1);

std::string mutate(std::string text, Random& random) {
  for (std::size_t i = 0; i < 1 + random.below(4); ++i) {
    const std::size_t at = random.below(text.size());
    const std::size_t kind = random.below(3);
    if (kind == 0) text[at] = kSigns[random.below(kSigns.size())];
    else if (kind == 1) text.insert(at, 1, kSigns[random.below(kSigns.size())]);
    else text.erase(at, 1 + random.below(3));
    if (text.empty()) text = "x";
  }
  return text;
}

void expect_sound(const LoadedGraph& loaded, const std::string& text) {
  const KnowledgeGraph& graph = loaded.graph;
  EXPECT_TRUE(rows_add_up(loaded)) << text;
  for (EntityId id = 0; id < graph.entities().size(); ++id) {
    const std::string& name = graph.entity(id).name;
    EXPECT_TRUE(is_valid_utf8(name) && !name.empty() && name != kMask) << text;
    EXPECT_EQ(graph.find_entity(name), id) << text;
  }
  for (RelationId id = 0; id < graph.relations().size(); ++id) {
    const std::string& label = graph.relation(id).label;
    EXPECT_TRUE(is_valid_utf8(label) && !label.empty() && label != kMask) << text;
    EXPECT_EQ(graph.find_relation(label), id) << text;
  }
}

// Returns how many of the mutations became a graph.
template <class Read>
int count_loaded(const std::string& text, const Read& read) {
  Random random(11);
  int loaded = 0;
  for (int i = 0; i < 500; ++i) {
    const std::string changed = mutate(text, random);
    GraphBuilder builder("any", i % 2 == 0);
    if (!read(text_of("file", changed), builder)) continue;
    const auto result = finish(builder);
    if (result.has_error()) continue;
    expect_sound(*result, changed);
    ++loaded;
  }
  return loaded;
}

TEST(Mutations, OfTriplesOfNames) {
  const auto read = [](const SourceText& file, GraphBuilder& builder) {
    read_name_triples(file, builder);
    return true;
  };
  EXPECT_GT(count_loaded("a\thasPart\tb\nb\t/x/y./z/y\ta\na\t/y\tc\n", read), 300);
}

TEST(Mutations, OfNTriples) {
  const auto read = [](const SourceText& file, GraphBuilder& builder) {
    read_ntriples(std::span(&file, 1), builder);
    return true;
  };
  EXPECT_GT(count_loaded("<a:b> <a:r> _:c .\n_:c <a:r> <a:d> .\n"
                         "_:c <http://schema.org/name> \"\\u0041\"@en .\n",
                         read),
            250);
}

TEST(Mutations, OfOpenKe) {
  constexpr std::string_view kList = "2\na 0\nb 1\n";
  const auto triples = [&](const SourceText& file, GraphBuilder& builder) {
    read_openke({text_of("e", kList), text_of("r", kList), {file}, {}}, builder);
    return true;
  };
  const auto lists = [&](const SourceText& file, GraphBuilder& builder) {
    read_openke({file, text_of("r", kList), {text_of("t", "2\n0 1 0\n1 0 1\n")}, {}}, builder);
    return true;
  };
  EXPECT_GT(count_loaded("4\n0 1 0\n1 0 0\n1 0 1\n0 1 1\n", triples), 250);
  EXPECT_GT(count_loaded("2\na 0\nb 1\n", lists), 100);
}

TEST(Mutations, OfVisualSem) {
  constexpr std::string_view kNodes = R"({"a": {"ms": "X:EN:a"}, "b": {"se": ["a_b"]}})";
  constexpr std::string_view kTuples = R"({"a": [{"s": "b", "r": "IsA"}, {"s": "b", "r": "r"}]})";
  const auto nodes = [&](const SourceText& file, GraphBuilder& builder) {
    return read_visualsem_nodes(file, {}, builder).has_value() &&
           read_visualsem_tuples(text_of("tuples", kTuples), builder).has_value();
  };
  const auto tuples = [&](const SourceText& file, GraphBuilder& builder) {
    return read_visualsem_nodes(text_of("nodes", kNodes), {}, builder).has_value() &&
           read_visualsem_tuples(file, builder).has_value();
  };
  EXPECT_GT(count_loaded(std::string(kNodes), nodes), 20);
  EXPECT_GT(count_loaded(std::string(kTuples), tuples), 20);
}

}  // namespace
}  // namespace stareval::engine
