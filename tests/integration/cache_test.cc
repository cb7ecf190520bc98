// The response cache as a user meets it: a second run that pays for nothing, an explanation of what
// differs, verification, deletion, and a cache that cannot be used.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apps/star_mock_server/mock_server.h"
#include "libstareval/base/file.h"
#include "libstareval/data/dataset.h"
#include "tests/integration/program.h"
#include "tests/support/cache_rows.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::ProgramResult;
using testing::star_eval;
using testing::TempFolder;
using Words = std::vector<std::string>;

Dataset atlas() {
  return read_dataset(STAREVAL_TEST_SOURCE_DIR "/share/datasets/atlas", "test").value();
}

std::string first_rc_sample() {
  for (const Sample& sample : atlas().samples)
    if (sample.task == "RC") return sample.id;
  return "";
}

class CacheCommand : public ::testing::Test {
 protected:
  static std::unique_ptr<MockServer> gold_server() {
    MockScript script;
    script.answers = gold_answers(atlas());
    return MockServer::start(std::move(script)).value();
  }

  ProgramResult eval(Words words, std::map<std::string, std::string> environment = {}) {
    return star_eval(std::move(words), {folder_.path(), std::move(environment)});
  }

  Words run_words(const std::string& out) {
    return {"--backend", "openai", "--base-url", server_->base_url(), "--task",  "RC", "--limit",
            "5",         "--out",  out,          "--cache",           "c.sqlite"};
  }

  ProgramResult explain(Words more) {
    Words words{"cache", "explain", sample_, "--backend", "openai", "--cache", "c.sqlite"};
    words.insert(words.end(), {"--base-url", server_->base_url()});
    words.insert(words.end(), more.begin(), more.end());
    return eval(words);
  }

  const TempFolder folder_;
  const std::unique_ptr<MockServer> server_ = gold_server();
  const std::string sample_ = first_rc_sample();
};

TEST_F(CacheCommand, ASecondRunInAnotherFolderSendsNothingAndScoresTheSame) {
  const ProgramResult first = eval(run_words("one"));
  ASSERT_EQ(first.exit_code, 0) << first.err;
  EXPECT_EQ(server_->requests().size(), 5U);
  EXPECT_THAT(first.err, Not(HasSubstr("cache")));

  Words words = run_words("two");
  words.insert(words.end(), {"--concurrency", "1"});
  const ProgramResult second = eval(words);
  ASSERT_EQ(second.exit_code, 0) << second.err;
  EXPECT_EQ(server_->requests().size(), 5U);
  EXPECT_THAT(second.err, HasSubstr("5 of 5 requests were answered from the cache, at no cost; "
                                    "`--cache off` asks anew\n"));
  EXPECT_EQ(first.out, second.out);
  EXPECT_EQ(read_file(folder_ / "one/scores.jsonl").value(),
            read_file(folder_ / "two/scores.jsonl").value());
}

TEST_F(CacheCommand, IsOffByItselfForAServerOfOnesOwn) {
  Words words = run_words("one");
  words.resize(words.size() - 2);
  const ProgramResult run = eval(words, {{"HOME", folder_.path().string()}});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_FALSE(std::filesystem::exists(folder_ / ".cache"));
}

TEST_F(CacheCommand, ExplainNamesTheFieldThatDiffers) {
  ASSERT_EQ(eval(run_words("one")).exit_code, 0);
  EXPECT_THAT(explain({}).out, HasSubstr(sample_ + ", repeat 0: hit; stored on 20"));
  const ProgramResult warmer = explain({"--set", "temperature=0.5"});
  EXPECT_EQ(warmer.exit_code, 0) << warmer.err;
  EXPECT_THAT(warmer.out, HasSubstr(sample_ + ", repeat 0: miss; of 1 stored requests"));
  EXPECT_THAT(warmer.out, HasSubstr("\n  decoding.temperature: stored 0, now 0.5\n"));
  EXPECT_THAT(explain({"--mode", "cot"}).out, HasSubstr("messages[0]"));
  EXPECT_THAT(explain({"--repeat", "2"}).out, HasSubstr("  repeat: stored 0, now 1\n"));
  const auto json = parse_json_object(explain({"--model", "x", "--json"}).out, "out").value();
  const json::object& repeat = json.at("repeats").as_array()[0].as_object();
  EXPECT_EQ(repeat.at("hit"), false);
  EXPECT_EQ(repeat.at("differences").as_array()[0], "model: stored \"gpt-4o\", now \"x\"");
  EXPECT_EQ(server_->requests().size(), 5U);
}

TEST_F(CacheCommand, ExplainSaysThatNothingIsStoredOfASample) {
  ASSERT_EQ(eval(run_words("one")).exit_code, 0);
  testing::run_sql(folder_ / "c.sqlite", "DELETE FROM replies");
  EXPECT_EQ(explain({}).out, sample_ + ", repeat 0: miss; no request of this sample is stored\n");
}

TEST_F(CacheCommand, VerifyFindsADamagedReplyAndTheNextRunPaysForItAgain) {
  ASSERT_EQ(eval(run_words("one")).exit_code, 0);
  const ProgramResult sound = eval({"cache", "verify", "--cache", "c.sqlite"});
  EXPECT_EQ(sound.exit_code, 0);
  EXPECT_EQ(sound.out, "c.sqlite: 5 replies, all sound\n");
  testing::run_sql(folder_ / "c.sqlite",
                   "UPDATE replies SET reply = reply || ' ' WHERE sample = '" + sample_ + "'");
  const ProgramResult damaged = eval({"cache", "verify", "--cache", "c.sqlite"});
  EXPECT_EQ(damaged.exit_code, 1);
  EXPECT_THAT(damaged.out,
              HasSubstr("sample " + sample_ + ": the digest is not that of its reply"));
  EXPECT_THAT(explain({}).out, HasSubstr("is damaged: see `star-eval cache verify`"));
  ASSERT_EQ(eval(run_words("two")).exit_code, 0);
  EXPECT_EQ(server_->requests().size(), 6U);
  EXPECT_EQ(eval({"cache", "verify", "--cache", "c.sqlite"}).exit_code, 0);
}

TEST_F(CacheCommand, GcDeletesWhatIsAskedForAndSaysSo) {
  ASSERT_EQ(eval(run_words("one")).exit_code, 0);
  EXPECT_THAT(eval({"cache", "stats", "--cache", "c.sqlite"}).out, HasSubstr("5 replies, 0."));
  EXPECT_THAT(eval({"cache", "gc", "--older-than", "1", "--cache", "c.sqlite"}).out,
              HasSubstr("deleted 0 replies"));
  EXPECT_THAT(eval({"cache", "gc", "--all", "--cache", "c.sqlite"}).out,
              HasSubstr("deleted 5 replies"));
  const ProgramResult unsaid = eval({"cache", "gc", "--cache", "c.sqlite"});
  EXPECT_EQ(unsaid.exit_code, 2);
  EXPECT_THAT(unsaid.err, HasSubstr("say what to delete"));
}

TEST_F(CacheCommand, ACacheThatWasNamedAndCannotBeUsedStopsTheRunBeforeItCosts) {
  testing::write_bytes(folder_ / "c.sqlite", "this is a text file of somebody else");
  const ProgramResult run = eval(run_words("one"));
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("cache c.sqlite: file is not a database"));
  EXPECT_TRUE(server_->requests().empty());
}

TEST_F(CacheCommand, SaysWhereNoCacheIs) {
  const ProgramResult stats = eval({"cache", "stats", "--cache", "no.sqlite"});
  EXPECT_EQ(stats.exit_code, 3);
  EXPECT_THAT(stats.err, HasSubstr("cache no.sqlite: there is no such file; a run makes it"));
  EXPECT_EQ(eval({"cache", "tidy"}).exit_code, 2);
}

}  // namespace
}  // namespace stareval
