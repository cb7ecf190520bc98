// Scores worked out by hand.
#include "protocols/description/description.h"

#include <gtest/gtest.h>

#include <cctype>
#include <filesystem>
#include <map>

#include "libstareval/base/file.h"
#include "libstareval/base/json.h"
#include "libstareval/base/random.h"
#include "libstareval/base/text.h"

namespace stareval {
namespace {

Sample sample() {
  Sample sample;
  sample.task = "SD";
  sample.question = "Describe the graph.";
  sample.graph = {{{"France", true}, {"Paris", false}, {"Spain", true}, {"African Group", false}},
                  {{"France", "capital", "Paris"},
                   {"France", "borders", "Spain"},
                   {"Spain", "borders", "France"},
                   {"Spain", "UN group", "African Group"}}};
  sample.gold = DescriptionGold{
      sample.graph.triples,
      "France has Paris as a capital. France and Spain share a land border. Spain and France share "
      "a land border. Spain belongs to the African Group of the United Nations."};
  sample.cluster = "a";
  return sample;
}

double f1(const std::string& reply) {
  const Score score = Description({}).score(sample(), answered_reply(reply));
  EXPECT_EQ(score.outcome, Outcome::answered) << reply;
  return score.values.front().second;
}

TEST(Description, GivesTheReferenceFullScore) {
  EXPECT_DOUBLE_EQ(f1(std::get<DescriptionGold>(sample().gold).reference), 1.0);
  EXPECT_DOUBLE_EQ(f1("(France, capital, Paris); (France, borders, Spain); (Spain, borders, "
                      "France); (Spain, UN group, African Group)"),
                   1.0);
}

// One of four facts, and one wrong claim: precision 1/2, recall 1/4, F1 2 / 6.
TEST(Description, CountsWrongClaims) {
  const Score score = Description({}).score(
      sample(), answered_reply("The capital of France is Paris. The capital of Spain is Paris."));
  EXPECT_DOUBLE_EQ(score.values[0].second, 2.0 / 6.0);
  EXPECT_DOUBLE_EQ(score.values[1].second, 0.5);
  EXPECT_DOUBLE_EQ(score.values[2].second, 0.25);
  EXPECT_EQ(score.answer, "(France, capital, Paris); (Spain, capital, Paris)");
}

TEST(Description, IsUnparsedWithoutATriple) {
  const Description description({});
  const Score score = description.score(sample(), answered_reply("A nice picture of Europe."));
  EXPECT_EQ(score.outcome, Outcome::unparsed);
  EXPECT_TRUE(score.values.empty());
  const Sample one = sample();
  const std::vector<Scored> scored{{&one, 0, score}};
  const auto metrics = description.summarise(scored);
  EXPECT_EQ(metrics.front().name, "triple_f1");
  EXPECT_DOUBLE_EQ(*metrics.front().value, 0.0);
}

// ---- the graph that is shipped

std::vector<std::vector<std::string>> read_table(const std::filesystem::path& path) {
  const std::string text = read_file(path).value();
  std::vector<std::vector<std::string>> rows;
  for (const std::string_view line : split(text, '\n')) {
    const auto cells = split(line, '\t');
    if (cells.size() >= 3) rows.emplace_back(cells.begin(), cells.end());
  }
  rows.erase(rows.begin());
  return rows;
}

std::string fill(std::string statement, const Triple& triple) {
  statement.replace(statement.find("{tail}"), 6, triple.tail);
  statement.replace(statement.find("{head}"), 6, triple.head);
  statement.front() =
      static_cast<char>(std::toupper(static_cast<unsigned char>(statement.front())));
  return statement;
}

// The triples of the atlas, and the statement of each relation.
struct Atlas {
  Atlas() {
    const std::filesystem::path folder =
        std::filesystem::path(STAREVAL_TEST_SOURCE_DIR) / "share/graphs/atlas";
    std::map<std::string, std::string> name_of;
    for (const auto& row : read_table(folder / "entities.tsv")) name_of[row[0]] = row[1];
    for (const auto& row : read_table(folder / "triples.tsv"))
      triples.push_back({name_of.at(row[0]), row[1], name_of.at(row[2])});
    const auto graph =
        parse_json_object(read_file(folder / "graph.json").value(), "graph.json").value();
    for (const auto& relation : graph.at("relations").as_array())
      statements[std::string(relation.at("label").as_string())] =
          std::string(relation.at("statement").as_string());
  }
  std::vector<Triple> triples;
  std::map<std::string, std::string> statements;
};

// Facts about one entity and others, as many as fit into a picture.
Sample sample_from(const Atlas& atlas, Random& random) {
  const std::string centre = random.pick(atlas.triples).head;
  std::vector<Triple> facts;
  std::string reference;
  for (const Triple& triple : atlas.triples)
    if ((triple.head == centre || triple.tail == centre || random.chance(0.001)) &&
        facts.size() < 14)
      facts.push_back(triple);
  random.shuffle(facts);
  for (const Triple& triple : facts)
    reference +=
        (reference.empty() ? "" : " ") + fill(atlas.statements.at(triple.relation), triple);
  Sample sample;
  sample.task = "SD";
  sample.graph.triples = facts;
  for (const Triple& triple : facts) sample.graph.entities.push_back({triple.head, false});
  sample.gold = DescriptionGold{facts, reference};
  return sample;
}

// Property: each reference of 500 random samples of the atlas scores 1; and it does where the
// wording of the reference is not known to the reader, by names and labels alone.
TEST(Description, GivesFullScoreToTheReferencesOfTheAtlas) {
  const Atlas atlas;
  Random random(7);
  const Description description({});
  for (int i = 0; i < 500; ++i) {
    Sample sample = sample_from(atlas, random);
    auto& gold = std::get<DescriptionGold>(sample.gold);
    const std::string reference = gold.reference;
    const Score known = description.score(sample, answered_reply(reference));
    ASSERT_EQ(headline_value(known), 1.0) << reference << "\n" << known.answer;
    gold.reference.clear();
    const Score unknown = description.score(sample, answered_reply(reference));
    ASSERT_EQ(headline_value(unknown), 1.0) << reference << "\n" << unknown.answer;
  }
}

}  // namespace
}  // namespace stareval
