// PITFALLS: the API key in logs, stored commands, exports. A canary key goes through whole runs,
// also against a server that repeats it in its errors; then it is looked for in everything that is
// left.
#include <gtest/gtest.h>

#include <algorithm>

#include "apps/star_mock_server/mock_server.h"
#include "libstareval/base/file.h"
#include "tests/integration/program.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using testing::ProgramResult;
using testing::star_eval;
using testing::TempFolder;

constexpr const char* kCanary = "sk-canary-0123456789abcdef";

// Every file below the folder that holds the key.
std::vector<std::string> files_with_key(const std::filesystem::path& folder) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file() &&
        read_file(entry.path()).value().find(kCanary) != std::string::npos)
      found.push_back(entry.path().string());
  return found;
}

ProgramResult run_against(MockStep step, const TempFolder& folder, bool* key_was_sent) {
  MockScript script;
  script.fallback = std::move(step);
  const auto server = MockServer::start(std::move(script)).value();
  ProgramResult result = star_eval({"--backend", "openai", "--base-url", server->base_url(),
                                    "--task", "RC", "--limit", "3", "--out", "run"},
                                   {folder.path(), {{"OPENAI_API_KEY", kCanary}}});
  const auto requests = server->requests();
  *key_was_sent = !requests.empty() && std::all_of(requests.begin(), requests.end(),
                                                   [](const auto& r) { return r.authorization; });
  return result;
}

TEST(Secrets, TheKeyIsSentAndStandsNowhere) {
  MockStep answer;
  answer.text = "3";
  MockStep echo;
  echo.status = 400;
  echo.defect = MockStep::Defect::echo;
  for (const MockStep& step : {answer, echo}) {
    const TempFolder folder;
    bool key_was_sent = false;
    const ProgramResult result = run_against(step, folder, &key_was_sent);
    EXPECT_TRUE(key_was_sent);
    EXPECT_EQ(result.out.find(kCanary), std::string::npos);
    EXPECT_EQ(result.err.find(kCanary), std::string::npos);
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "run/replies.jsonl"));
    EXPECT_EQ(files_with_key(folder.path()), std::vector<std::string>{});
  }
}

TEST(Secrets, AKeyInTheUrlIsRefusedAndNotRepeated) {
  const TempFolder folder;
  const ProgramResult result =
      star_eval({"--backend", "openai", "--base-url",
                 std::string("http://user:") + kCanary + "@127.0.0.1/v1", "--task", "RC"},
                {folder.path(), {}});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(result.err.find(kCanary), std::string::npos) << result.err;
  EXPECT_EQ(files_with_key(folder.path()), std::vector<std::string>{});
}

}  // namespace
}  // namespace stareval
