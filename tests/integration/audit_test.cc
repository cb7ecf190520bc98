// star-eval audit as a user calls it: output, page, exit codes.
#include <gtest/gtest.h>

#include <filesystem>

#include "libstareval/base/file.h"
#include "libstareval/base/json.h"
#include "tests/integration/program.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using testing::ProgramResult;
using testing::star_eval;

class AuditCommand : public ::testing::Test {
 protected:
  ProgramResult run(std::vector<std::string> command) {
    return star_eval(std::move(command), {folder_.path(), {}});
  }

  void synthesise(const std::string& split, const std::string& seed) {
    ASSERT_EQ(run({"synth", "--task", "EC,ED,ER", "--count", "10", "--split", split, "--seed", seed,
                   "--out", "data", "--quiet"})
                  .exit_code,
              0);
  }

  testing::TempFolder folder_;
};

TEST_F(AuditCommand, passes_the_shipped_dataset) {
  const ProgramResult result = run({"audit", "atlas"});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_NE(result.out.find("Nothing was found that makes it unfair."), std::string::npos);
}

TEST_F(AuditCommand, fails_a_dataset_with_a_broken_picture_and_writes_the_page) {
  synthesise("test", "1");
  std::filesystem::resize_file(folder_.path() / "data/images/test/ED-0001.png", 100);
  const ProgramResult result = run({"audit", "data", "--json", "--markdown", "page.md"});
  EXPECT_EQ(result.exit_code, 1) << result.err;
  const json::object found = parse_json_object(result.out, "stdout").value();
  EXPECT_EQ(found.at("schema"), "stareval.audit/1");
  EXPECT_EQ(found.at("failures"), 1);
  const std::string page = read_file(folder_.path() / "page.md").value();
  EXPECT_NE(page.find("* test: 1 broken pictures"), std::string::npos) << page;
  EXPECT_EQ(run({"audit", "data", "--no-pictures"}).exit_code, 0);
}

TEST_F(AuditCommand, holds_splits_against_each_other) {
  synthesise("train", "1");
  synthesise("test", "2");
  const ProgramResult result = run({"audit", "data"});
  EXPECT_EQ(result.exit_code, 0) << result.out;
  EXPECT_NE(result.out.find("train, test  shared graphs"), std::string::npos) << result.out;
  EXPECT_EQ(run({"audit", "data", "--split", "train"}).out.find("shared graphs"),
            std::string::npos);
}

TEST_F(AuditCommand, says_what_is_wrong_with_its_use) {
  EXPECT_EQ(run({"audit"}).exit_code, 2);
  EXPECT_EQ(run({"audit", "no-such-dataset"}).exit_code, 2);
  const ProgramResult result = run({"audit", "atlas", "--split", "tset"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.err.find("has no split \"tset\""), std::string::npos) << result.err;
}

}  // namespace
}  // namespace stareval
