// star-eval rationale against the mock server: what is kept, what is rejected, and that no reply is
// paid for twice.
#include <gtest/gtest.h>

#include <csignal>
#include <set>

#include "apps/star_mock_server/mock_server.h"
#include "libstareval/base/file.h"
#include "libstareval/data/dataset.h"
#include "libstareval/run/journal.h"
#include "tests/integration/program.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using testing::Program;
using testing::ProgramResult;
using testing::star_eval;
using testing::TempFolder;

constexpr const char* kSource = STAREVAL_TEST_SOURCE_DIR "/share/datasets/atlas";

std::string with_first_triple_turned(const Sample& sample) {
  const Triple& triple = sample.graph.triples.front();
  return to_string(Triple{triple.tail, triple.relation, triple.head}) + "\n" + sample.rationale;
}

// Answers with the rationale by rule and a line of its own; RC-0001 to RC-0003 go wrong.
MockScript script() {
  MockScript script;
  const Dataset dataset = read_dataset(kSource, "test").value();
  for (const Sample& sample : dataset.samples)
    if (sample.task == "RC") script.answers[sample.id] = "Look closely.\n" + sample.rationale;
  for (const Sample& sample : dataset.samples)
    if (sample.id == "RC-0001") script.answers[sample.id] = with_first_triple_turned(sample);
  script.answers["RC-0002"] = "The given answer is right.\nSo the answer is 3.";
  script.answers["RC-0003"] = "There are many labels.\nSo the answer is 99.";
  return script;
}

class RationaleTest : public ::testing::Test {
 protected:
  [[nodiscard]] std::vector<std::string> command() const {
    return {"rationale", "atlas",   "--split", "test",   "--task",        "RC",
            "--backend", "openai",  "--model", "writer", "--base-url",    server_->base_url(),
            "--out",     "written", "--run",   "run",    "--concurrency", "2"};
  }

  [[nodiscard]] ProgramResult run(std::vector<std::string> arguments) const {
    return star_eval(std::move(arguments), {folder_.path(), {}});
  }

  [[nodiscard]] Dataset written() const {
    return read_dataset(folder_ / "written", "test").value();
  }

  static const Sample& find(const Dataset& dataset, const std::string& id) {
    return *std::find_if(dataset.samples.begin(), dataset.samples.end(),
                         [&](const Sample& sample) { return sample.id == id; });
  }

  const TempFolder folder_;
  const Dataset source_ = read_dataset(kSource, "test").value();
  const std::unique_ptr<MockServer> server_ = MockServer::start(script()).value();
};

TEST_F(RationaleTest, KeepsWhatHoldsAndCountsWhatDoesNot) {
  const ProgramResult result = run(command());
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("kept 47 of 50 rationales in written"), std::string::npos)
      << result.out;
  for (const char* line : {"rejected      1  leak", "rejected      1  outside_triple",
                           "rejected      1  wrong_ending"})
    EXPECT_NE(result.out.find(line), std::string::npos) << result.out;

  const Dataset dataset = written();
  ASSERT_EQ(dataset.samples.size(), source_.samples.size());
  EXPECT_TRUE(find(dataset, "RC-0004").rationale.starts_with("Look closely.\n"));
  EXPECT_EQ(to_json(find(dataset, "RC-0004").meta.at("rationale")),
            R"({"by":"backend","backend":"openai","model":"writer"})");
  EXPECT_EQ(find(dataset, "RC-0001").rationale, find(source_, "RC-0001").rationale);
  EXPECT_EQ(to_json(find(dataset, "RC-0001").meta.at("rationale")),
            R"({"by":"rule","rejected":"outside_triple"})");
  EXPECT_EQ(to_json(to_json_object(find(dataset, "EC-0001"))),
            to_json(to_json_object(find(source_, "EC-0001"))));

  const std::string about = read_file(folder_ / "written/dataset.json").value();
  const json::object rationales = parse_json_object(about, "about").value();
  const json::object& of_split = rationales.at("rationales").at("test").as_object();
  EXPECT_EQ(of_split.at("kept").to_number<int>(), 47);
  EXPECT_EQ(of_split.at("source").as_string(), source_.digest);
  EXPECT_EQ(run({"check", "written"}).exit_code, 0);
  const ProgramResult exported = run({"export", "written", "--split", "test", "--format",
                                      "ms-swift", "--mode", "cot", "--out", "sft"});
  EXPECT_EQ(exported.exit_code, 0) << exported.err;
}

TEST_F(RationaleTest, SendsTextAlone) {
  ASSERT_EQ(run(command()).exit_code, 0);
  const auto requests = server_->requests();
  ASSERT_EQ(requests.size(), 50U);
  for (const MockRequest& request : requests) EXPECT_TRUE(request.pictures.empty());
}

TEST_F(RationaleTest, AKilledRunGoesOnAndPaysNoReplyTwice) {
  const auto server = MockServer::start(script()).value();
  server->hold_after(10);
  std::vector<std::string> arguments = command();
  *std::find(arguments.begin(), arguments.end(), server_->base_url()) = server->base_url();
  Program victim(arguments, {folder_.path(), {}});
  ASSERT_TRUE(server->wait_for_requests(12));
  victim.send_signal(SIGKILL);
  ASSERT_EQ(victim.wait().exit_code, 128 + SIGKILL);
  server->release();
  EXPECT_FALSE(file_exists(folder_ / "written/dataset.json"));
  const std::size_t journalled =
      Journal::open_for_reading(folder_ / "run/replies.jsonl").value().size();
  ASSERT_GT(journalled, 0U);
  const std::size_t before = server->requests().size();

  const ProgramResult result = run(arguments);
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(server->requests().size() - before, 50 - journalled);
  arguments.emplace_back("--force");
  ASSERT_EQ(run(arguments).exit_code, 0);
  EXPECT_EQ(server->requests().size() - before, 50 - journalled);
  EXPECT_EQ(find(written(), "RC-0004").meta.at("rationale").at("by").as_string(), "backend");
}

TEST_F(RationaleTest, RefusesBeforeAnythingIsSent) {
  ASSERT_EQ(run(command()).exit_code, 0);
  const std::size_t sent = server_->requests().size();
  std::vector<std::string> other_run = command();
  *std::find(other_run.begin(), other_run.end(), "run") = "other";
  const ProgramResult again = run(other_run);
  EXPECT_EQ(again.exit_code, 2);
  EXPECT_NE(again.err.find("holds a split test already"), std::string::npos) << again.err;
  std::vector<std::string> in_place = command();
  *std::find(in_place.begin(), in_place.end(), "written") = kSource;
  EXPECT_EQ(run(in_place).exit_code, 2);
  EXPECT_EQ(server_->requests().size(), sent);
  EXPECT_EQ(run({"rationale", "atlas"}).exit_code, 2);
}

TEST_F(RationaleTest, ASampleWithoutReplyKeepsItsTextAndTheCommandSaysSo) {
  std::vector<std::string> arguments = command();
  MockScript failing = script();
  failing.samples["RC-0005"] = {MockStep{.status = 400}};
  const auto server = MockServer::start(std::move(failing)).value();
  *std::find(arguments.begin(), arguments.end(), server_->base_url()) = server->base_url();
  const ProgramResult result = run(arguments);
  EXPECT_EQ(result.exit_code, 3) << result.err;
  EXPECT_NE(result.out.find("rejected      1  no_reply"), std::string::npos) << result.out;
  EXPECT_EQ(find(written(), "RC-0005").rationale, find(source_, "RC-0005").rationale);
  arguments.emplace_back("--force");
  EXPECT_EQ(run(arguments).exit_code, 0);  // asked again, and answered
  EXPECT_EQ(server->requests().size(), 51U);
}

}  // namespace
}  // namespace stareval
