// The backend "reader" on pictures of the engine: it answers from the bytes of a picture and the
// words of a question alone, the same with any number of threads, and reads a fixed set of plain
// pictures rightly. Figures on fresh seeds are in bench/README.md.
#include <gtest/gtest.h>

#include <map>

#include "libstareval/base/digest.h"
#include "libstareval/base/file.h"
#include "libstareval/base/json.h"
#include "libstareval/base/text.h"
#include "libstareval/data/dataset.h"
#include "libstareval/run/registry.h"
#include "protocols/protocols.h"
#include "tests/integration/program.h"
#include "tests/support/backend_probe.h"
#include "tests/support/temp_folder.h"

#if STAREVAL_HAS_READER
#include "backends/reader/reader.h"

namespace stareval {
namespace {

using testing::ask;
using testing::config_for;
using testing::ProgramResult;
using testing::star_eval;
using testing::TempFolder;

class ReaderRunTest : public ::testing::Test {
 protected:
  ProgramResult run(std::vector<std::string> arguments) {
    return star_eval(std::move(arguments), {.folder = folder_.path(), .environment = {}});
  }

  void make_dataset(const std::string& tasks, const std::string& count) {
    const ProgramResult made =
        run({"synth", "--graph", "atlas", "--task", tasks, "--count", count, "--seed", "12",
             "--styles", "plain", "--out", "data", "--quiet"});
    ASSERT_EQ(made.exit_code, 0) << made.err;
  }

  // The replies of a run, by sample.
  std::map<std::string, std::string> replies(const std::string& name) {
    std::map<std::string, std::string> texts;
    const std::string journal = read_file(folder_ / name / "replies.jsonl").value();
    for (const std::string_view line : split(journal, '\n')) {
      if (line.empty()) continue;
      const json::object row = parse_json_object(line, name).value();
      texts[std::string(row.at("sample").as_string())] = std::string(row.at("text").as_string());
    }
    return texts;
  }

  TempFolder folder_;
};

TEST_F(ReaderRunTest, CountsAFixedSetOfPlainPicturesRightly) {
  make_dataset("EC,RC,IC,TC", "10");
  const ProgramResult result = run({"--backend", "reader", "--task", "EC,RC,IC,TC", "--dataset",
                                    "data", "--out", "runs/a", "--quiet"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const json::object summary =
      parse_json_object(read_file(folder_ / "runs/a/summary.json").value(), "summary").value();
  ASSERT_EQ(summary.at("tasks").as_object().size(), 4U);
  for (const auto& [task, summed] : summary.at("tasks").as_object()) {
    const json::value& accuracy = summed.at("metrics").at("accuracy").at("value");
    EXPECT_GE(accuracy.to_number<double>(), 0.9) << std::string(task);
  }
}

TEST_F(ReaderRunTest, RepliesAreTheSameWithAnyNumberOfThreads) {
  make_dataset("TC,SD,RR", "4");
  for (const std::string threads : {"1", "5"}) {
    const ProgramResult result =
        run({"--backend", "reader", "--set", "threads=" + threads, "--task", "TC,SD,RR",
             "--dataset", "data", "--out", "runs/" + threads, "--quiet"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
  }
  const auto one = replies("runs/1");
  EXPECT_EQ(one.size(), 12U);
  EXPECT_EQ(one, replies("runs/5"));
}

// The name of the file, the sample's id and the dataset are not there to be looked at.
TEST_F(ReaderRunTest, NeedsNothingButThePictureAndTheQuestion) {
  make_dataset("EC,SD,ER", "2");
  const ProgramResult result = run({"--backend", "reader", "--task", "EC,SD,ER", "--dataset",
                                    "data", "--out", "runs/a", "--quiet"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto expected = replies("runs/a");
  const Dataset dataset = read_dataset(folder_ / "data", "test").value();
  Registry registry;
  register_protocols(registry);
  BackendConfig config = config_for("");
  config.model = "";
  const auto backend = make_reader(config);
  ASSERT_TRUE(backend.has_value());
  for (const Sample& sample : dataset.samples) {
    const std::string bytes = read_file(folder_ / "data" / sample.images[0].path).value();
    testing::write_bytes(folder_ / "elsewhere", bytes);
    const auto protocol = registry.protocol_for_task(sample.task, {});
    ASSERT_TRUE(protocol.has_value());
    Request request;
    request.sample_id = "nobody";
    request.messages = {{"user",
                         {ImagePart{folder_ / "elsewhere", sha256(bytes)},
                          TextPart{(*protocol)->prompt(sample).text}}}};
    const Reply reply = ask(**backend, request);
    EXPECT_EQ(reply.outcome, Outcome::answered) << reply.error;
    EXPECT_EQ(reply.text, expected.at(sample.id)) << sample.id;
  }
}

}  // namespace
}  // namespace stareval
#endif
