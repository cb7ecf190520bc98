// By hand: the rows of each format. Property: as many <image> tokens as images.
#include "training/format.h"

#include <gtest/gtest.h>

#include "tests/support/errors.h"

namespace stareval::training {
namespace {

Row row_with(std::size_t images) {
  Row row;
  row.user = "How many?";
  row.assistant = "<think>Two.</think><answer>2</answer>";
  row.solution = "2";
  for (std::size_t i = 0; i < images; ++i) row.images.push_back("images/" + std::to_string(i));
  return row;
}

std::string text_of(std::string_view format, const Row& row) {
  return to_json(find_format(format).value()->row(row));
}

TEST(Format, WritesSharegptForLlamaFactory) {
  EXPECT_EQ(text_of("llama-factory", row_with(1)),
            R"({"conversations":[{"from":"human","value":"<image>How many?"},)"
            R"({"from":"gpt","value":"<think>Two.</think><answer>2</answer>"}],)"
            R"("images":["images/0"]})");
  EXPECT_EQ(to_json(find_format("llama-factory").value()->info("a.jsonl")),
            R"({"file_name":"a.jsonl","formatting":"sharegpt",)"
            R"("columns":{"messages":"conversations","images":"images"}})");
}

TEST(Format, WritesMessagesForSwift) {
  EXPECT_EQ(text_of("ms-swift", row_with(1)),
            R"({"messages":[{"role":"user","content":"<image>How many?"},)"
            R"({"role":"assistant","content":"<think>Two.</think><answer>2</answer>"}],)"
            R"("images":["images/0"],"solution":"2"})");
  EXPECT_EQ(find_format("ms-swift").value()->info, nullptr);
}

TEST(Format, PutsASystemPromptFirst) {
  Row row = row_with(1);
  row.system = "Be brief.";
  EXPECT_NE(text_of("llama-factory", row).find(R"([{"from":"system","value":"Be brief."},)"),
            std::string::npos);
  EXPECT_NE(text_of("ms-swift", row).find(R"([{"role":"system","content":"Be brief."},)"),
            std::string::npos);
}

TEST(Format, HoldsATokenForEachPicture) {
  for (const Format& format : formats())
    for (std::size_t images = 0; images < 4; ++images) {
      const std::string text = to_json(format.row(row_with(images)));
      std::size_t tokens = 0;
      for (auto at = text.find("<image>"); at != text.npos; at = text.find("<image>", at + 1))
        ++tokens;
      EXPECT_EQ(tokens, images) << format.name;
    }
}

TEST(Format, RefusesAnUnknownName) {
  const auto found = find_format("verl");
  EXPECT_EQ(testing::error_code(found), ErrorCode::usage);
  EXPECT_EQ(testing::error_text(found),
            "--format: expected one of llama-factory, ms-swift, found \"verl\"");
}

}  // namespace
}  // namespace stareval::training
