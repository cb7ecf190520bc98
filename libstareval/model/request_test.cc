// The identity of requests, and their pictures. By hand: what is identity and what is not,
// refusals. The pinned digest is SHA-256 over the canonical JSON written out in the test.
#include "libstareval/model/request.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "libstareval/base/digest.h"
#include "tests/support/errors.h"
#include "tests/support/make_png.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using testing::error_code;
using testing::error_text;
using testing::TempFolder;
using namespace std::string_view_literals;

Request example() {
  Request request;
  request.sample_id = "a";
  request.model = "m";
  request.messages = {{"system", {TextPart{"Be brief."}}},
                      {"user", {ImagePart{"x/a.png", "sha256:1"}, TextPart{"How many?"}}}};
  return request;
}

std::string digest_after(const std::function<void(Request&)>& change) {
  Request request = example();
  change(request);
  return request_digest(request);
}

TEST(Request, has_the_digest_of_its_canonical_bytes) {
  EXPECT_EQ(request_digest(example()),
            sha256(R"({"decoding":{"max_tokens":4096,"temperature":0},)"
                   R"("messages":[{"parts":[{"text":"Be brief."}],"role":"system"},)"
                   R"({"parts":[{"image":"sha256:1"},{"text":"How many?"}],"role":"user"}],)"
                   R"("model":"m","repeat":0})"));
}

TEST(Request, is_the_same_whatever_its_sample_is_called_and_wherever_its_picture_lies) {
  EXPECT_EQ(digest_after([](Request& r) { r.sample_id = "b"; }), request_digest(example()));
  EXPECT_EQ(digest_after([](Request& r) {
              r.messages[1].parts[0] = ImagePart{"y.png", "sha256:1"};
            }),
            request_digest(example()));
}

TEST(Request, is_another_with_each_thing_that_can_change_the_reply) {
  const std::vector<std::function<void(Request&)>> changes{
      [](Request&) {},
      [](Request& r) { r.model = "n"; },
      [](Request& r) { r.repeat = 1; },
      [](Request& r) { r.messages[1].parts[1] = TextPart{"How many ?"}; },
      [](Request& r) {
        r.messages[1].parts[0] = ImagePart{"x/a.png", "sha256:2"};
      },
      [](Request& r) { r.messages[1].parts[0] = TextPart{"sha256:1"}; },
      [](Request& r) { std::swap(r.messages[1].parts[0], r.messages[1].parts[1]); },
      [](Request& r) { r.messages[0].role = "user"; },
      [](Request& r) { r.messages.erase(r.messages.begin()); },
      [](Request& r) { r.decoding.temperature = 0.5; },
      [](Request& r) { r.decoding.temperature.reset(); },
      [](Request& r) { r.decoding.top_p = 0.9; },
      [](Request& r) { r.decoding.max_tokens = 16; },
      [](Request& r) { r.decoding.logprobs = 5; },
      [](Request& r) { r.decoding.extra["reasoning_effort"] = "low"; }};
  std::set<std::string> digests;
  for (const auto& change : changes) digests.insert(digest_after(change));
  EXPECT_EQ(digests.size(), changes.size());
}

TEST(Request, does_not_run_two_texts_into_one) {
  const auto with = [](std::vector<std::variant<TextPart, ImagePart>> parts) {
    return digest_after([&](Request& r) { r.messages = {{"user", parts}}; });
  };
  EXPECT_NE(with({TextPart{"a"}, TextPart{"b"}}), with({TextPart{"ab"}}));
  EXPECT_NE(with({TextPart{"a\"},{\"text\":\"b"}}), with({TextPart{"a"}, TextPart{"b"}}));
}

TEST(Decoding, says_nothing_of_what_is_not_sent) {
  Decoding decoding;
  decoding.temperature.reset();
  EXPECT_EQ(to_json(to_json_object(decoding)), R"({"max_tokens":4096})");
  decoding.temperature = 0.7;
  decoding.top_p = 1;
  EXPECT_EQ(to_json(to_json_object(decoding)),
            R"({"max_tokens":4096,"temperature":0.7,"top_p":1})");
}

TEST(ReadImage, gives_the_bytes_as_they_are) {
  const TempFolder folder;
  const std::string bytes = testing::make_png(3, 3);
  testing::write_bytes(folder / "a.png", bytes);
  EXPECT_EQ(read_image({folder / "a.png", sha256(bytes)}).value(), bytes);
}

TEST(ReadImage, refuses_a_picture_that_was_changed) {
  const TempFolder folder;
  testing::write_bytes(folder / "a.png", "other");
  const auto image = read_image({folder / "a.png", "sha256:1"});
  EXPECT_EQ(error_code(image), ErrorCode::mismatch);
  EXPECT_EQ(error_text(image), "picture " + (folder / "a.png").string() +
                                   ": expected the digest sha256:1 of the dataset, found " +
                                   sha256("other") +
                                   ": the file was changed; restore it, or make the dataset anew");
}

TEST(ReadImage, refuses_a_picture_that_is_missing) {
  const TempFolder folder;
  EXPECT_EQ(error_code(read_image({folder / "a.png", "sha256:1"})), ErrorCode::io);
}

TEST(MediaType, is_told_by_the_first_bytes) {
  EXPECT_EQ(media_type(testing::make_png(1, 1), "x").value(), "image/png");
  EXPECT_EQ(media_type("\xff\xd8\xff\xe0"sv, "x").value(), "image/jpeg");
  EXPECT_EQ(media_type("GIF89a"sv, "x").value(), "image/gif");
  EXPECT_EQ(media_type("RIFF\0\0\0\0WEBPVP8 "sv, "x").value(), "image/webp");
}

TEST(MediaType, of_other_bytes_is_refused) {
  EXPECT_EQ(error_text(media_type("", "a.png")),
            "picture a.png: expected PNG, JPEG, GIF or WebP, found an empty file");
  for (const std::string_view bytes :
       {"<svg"sv, "RIFF"sv, "RIFFWEBP"sv, "RIFF\0\0\0\0WAVE"sv, "\xff\xd8"sv})
    EXPECT_EQ(error_text(media_type(bytes, "a.png")),
              "picture a.png: expected PNG, JPEG, GIF or WebP, found other bytes");
}

}  // namespace
}  // namespace stareval
