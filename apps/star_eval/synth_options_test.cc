// The options of synth: defaults, each word and number, and the text of each wrong use, by hand.
#include "apps/star_eval/synth_options.h"

#include <gtest/gtest.h>

#include "tests/support/errors.h"

namespace stareval::app {
namespace {

using testing::error_code;
using testing::error_text;

Result<engine::SynthOptions> read(Arguments arguments) {
  arguments.insert(arguments.end(), {"--out", "data"});
  OptionParser parser = make_synth_parser();
  if (const auto parsed = parser.parse(arguments); parsed.has_error()) return parsed.error();
  return read_synth_options(parser);
}

std::string refusal_of(const Arguments& arguments) {
  const auto options = read(arguments);
  EXPECT_EQ(error_code(options), ErrorCode::usage);
  return error_text(options);
}

TEST(SynthOptions, have_defaults) {
  const engine::SynthOptions options = read({}).value();
  EXPECT_EQ(options.tasks.size(), 8u);
  ASSERT_EQ(options.splits.size(), 1u);
  EXPECT_EQ(options.splits[0].name, "test");
  EXPECT_EQ(options.splits[0].count, 50u);
  EXPECT_EQ(options.styles, engine::StyleSet::varied);
  EXPECT_EQ(options.task.sampling.growths.size(), 3u);
  EXPECT_EQ(options.task.candidates, 20u);
  EXPECT_GE(options.threads, 1);
}

TEST(SynthOptions, name_several_splits) {
  const auto splits = read({"--count", "7", "--split", "train=90, test"}).value().splits;
  ASSERT_EQ(splits.size(), 2u);
  EXPECT_EQ(splits[0].name, "train");
  EXPECT_EQ(splits[0].count, 90u);
  EXPECT_EQ(splits[1].name, "test");
  EXPECT_EQ(splits[1].count, 7u);
  EXPECT_EQ(refusal_of({"--split", "train=x"}),
            "--split: expected a number from 1 to 1000000, found \"x\"");
  EXPECT_EQ(refusal_of({"--split", "train="}),
            "--split: expected a number from 1 to 1000000, found \"\"");
}

TEST(SynthOptions, have_the_scale_of_the_paper) {
  const engine::SynthOptions options = read({"--scale", "star-64k"}).value();
  std::size_t samples = 0;
  for (const auto& split : options.splits) samples += split.count * options.tasks.size();
  EXPECT_EQ(samples, 64'000u);
  EXPECT_EQ(options.splits[1].name, "test");
  EXPECT_EQ(options.splits[1].count, 800u);
  EXPECT_EQ(refusal_of({"--scale", "star-1m"}), "--scale: expected star-64k, found \"star-1m\"");
  EXPECT_EQ(refusal_of({"--scale", "star-64k", "--count", "3"}),
            "--scale: it says what to make; expected no --count beside it");
}

TEST(SynthOptions, say_how_subgraphs_are_sampled) {
  const auto sampling = read({"--growth", "dfs", "--entities", "3-5", "--max-triples", "9",
                              "--max-parallel", "1", "--max-degree", "4", "--max-label", "30"})
                            .value()
                            .task.sampling;
  EXPECT_EQ(sampling.growths, std::vector{engine::Growth::depth_first});
  EXPECT_EQ(sampling.min_entities, 3u);
  EXPECT_EQ(sampling.max_entities, 5u);
  EXPECT_EQ(sampling.min_triples, 2u);
  EXPECT_EQ(sampling.max_triples, 9u);
  EXPECT_EQ(sampling.max_parallel, 1u);
  EXPECT_EQ(sampling.max_degree, 4u);
  EXPECT_EQ(sampling.max_label_length, 30u);
  EXPECT_EQ(read({"--entities", "6"}).value().task.sampling.max_entities, 6u);
}

TEST(SynthOptions, refuse_ranges_that_are_none) {
  for (const char* range : {"5-3", "1-4", "4-13"})
    EXPECT_EQ(refusal_of({"--entities", range}),
              "--entities: expected a range within 2-12, found \"" + std::string(range) + "\"");
  EXPECT_EQ(refusal_of({"--entities", "4-"}),
            "--entities: expected a number from 1 to 1000000, found \"\"");
}

TEST(SynthOptions, know_their_words) {
  EXPECT_EQ(read({"--styles", "shifted"}).value().styles, engine::StyleSet::shifted);
  EXPECT_EQ(read({"--distractors", "random"}).value().task.distractors,
            engine::Distractors::random);
  EXPECT_EQ(read({"--rc-counts", "edges"}).value().task.rc_counts, engine::RelationCounts::edges);
  EXPECT_EQ(refusal_of({"--styles", "gaudy"}),
            "--styles: expected plain, varied, shifted, found \"gaudy\"");
  EXPECT_EQ(refusal_of({"--growth", "snowball"}),
            "--growth: expected mixed, bfs, dfs, forest-fire, found \"snowball\"");
  EXPECT_EQ(read({"--task", "m3str"}).value().tasks.size(), 7u);
}

TEST(SynthOptions, need_a_folder) {
  OptionParser parser = make_synth_parser();
  ASSERT_TRUE(parser.parse({}).has_value());
  EXPECT_EQ(error_text(read_synth_options(parser)),
            "--out is missing: the folder of the dataset, for example --out data");
}

}  // namespace
}  // namespace stareval::app
