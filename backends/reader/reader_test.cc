// The backend with engine and answers made here: what of a request is read, how attempts end, with
// their words, and the settings. Property: replies depend neither on order nor on threads.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "backends/reader/picture_internal.h"
#include "backends/reader/reader_internal.h"
#include "libstareval/extract/choice.h"
#include "libstareval/extract/claims.h"
#include "libstareval/extract/name.h"
#include "libstareval/extract/number.h"
#include "libstareval/extract/ranking.h"
#include "libstareval/extract/triple.h"
#include "libstareval/extract/yes_no.h"
#include "tests/support/backend_probe.h"
#include "tests/support/errors.h"
#include "tests/support/temp_folder.h"

namespace stareval::reader {
namespace {

using stareval::testing::ask;
using stareval::testing::error_code;
using stareval::testing::error_text;
using stareval::testing::Mailbox;
using stareval::testing::request_for;
using stareval::testing::TempFolder;
using stareval::testing::write_picture;

// A "graph" as wide as the file is long; files of less than 20 bytes are no pictures.
Result<ReadGraph> measure(std::string_view bytes) {
  if (bytes.size() < 20) return make_error(ErrorCode::bad_data, "expected a sound PNG image");
  ReadGraph graph;
  graph.width = static_cast<int>(bytes.size());
  return graph;
}

ReaderParts parts() {
  return {[] { return Result<ReadFunction>(measure); },
          [](std::string_view text, const ReadGraph& graph,
             bool guess_first) -> std::optional<std::string> {
            if (text == "?") return std::nullopt;
            return fmt::format("{} {}{}", text, graph.width, guess_first ? " guessed" : "");
          },
          {"5.0", "4.0", true}};
}

class ReaderTest : public ::testing::Test {
 protected:
  // A picture of `size` bytes behind the signature of PNG, which has 8.
  ImagePart picture(const std::string& name, std::size_t size) {
    return write_picture(folder_.path() / name, size);
  }

  Reply ask_parts(std::vector<std::variant<TextPart, ImagePart>> user) {
    Request request;
    request.messages = {{"user", std::move(user)}};
    return ask(*backend_, request);
  }

  TempFolder folder_;
  std::unique_ptr<Backend> backend_ = make_reader_with({2, false}, parts());
};

TEST_F(ReaderTest, AnswersFromThePictureAndTheWordsOfTheQuestion) {
  const Reply reply = ask_parts({picture("a.png", 92), TextPart{"How many?"}});
  EXPECT_EQ(reply.outcome, Outcome::answered);
  EXPECT_EQ(reply.text, "How many? 100");
  EXPECT_EQ(reply.finish_reason, "stop");
  EXPECT_EQ(reply.reasoning, "");
  EXPECT_EQ(reply.usage.output_tokens, 0);
}

TEST_F(ReaderTest, JoinsTheTextsAroundThePicture) {
  const Reply reply =
      ask_parts({TextPart{"Look:"}, picture("a.png", 92), TextPart{"How"}, TextPart{"many?"}});
  EXPECT_EQ(reply.text, "Look:\nHow\nmany? 100");
}

TEST_F(ReaderTest, ReadsTheLastMessageOfTheUser) {
  Request request;
  request.messages = {{"system", {TextPart{"Be brief."}}},
                      {"user", {picture("example.png", 42), TextPart{"How many?"}}},
                      {"assistant", {TextPart{"7"}}},
                      {"user", {picture("a.png", 92), TextPart{"And here?"}}},
                      {"assistant", {TextPart{"The answer is"}}}};
  EXPECT_EQ(ask(*backend_, request).text, "And here? 100");
}

TEST_F(ReaderTest, NeedsOnePicture) {
  const auto refused = [&](std::vector<std::variant<TextPart, ImagePart>> user) {
    const Reply reply = ask_parts(std::move(user));
    EXPECT_EQ(reply.failure, Failure::permanent);
    return reply.error;
  };
  EXPECT_EQ(refused({TextPart{"How many?"}}),
            "reader: expected one picture with the question, found 0");
  EXPECT_EQ(refused({picture("a.png", 92), picture("b.png", 92), TextPart{"How many?"}}),
            "reader: expected one picture with the question, found 2");
  Request request;
  request.messages = {{"system", {TextPart{"Be brief."}}}};
  const Reply reply = ask(*backend_, request);
  EXPECT_EQ(reply.failure, Failure::permanent);
  EXPECT_EQ(reply.error, "reader: expected a message of the user, found none");
}

TEST_F(ReaderTest, ABadPictureFailsForGoodWithItsNameAndTheReason) {
  const ImagePart image = picture("bad.png", 3);
  const Reply reply = ask_parts({image, TextPart{"How many?"}});
  EXPECT_EQ(reply.outcome, Outcome::api_error);
  EXPECT_EQ(reply.failure, Failure::permanent);
  EXPECT_EQ(reply.error, "reader: picture " + image.path.string() + ": expected a sound PNG image");
}

TEST_F(ReaderTest, APictureThatIsNotTheDatasetsIsNotRead) {
  ImagePart image = picture("a.png", 92);
  image.digest.back() = image.digest.back() == '0' ? '1' : '0';
  const Reply changed = ask_parts({image, TextPart{"How many?"}});
  EXPECT_EQ(changed.failure, Failure::permanent);
  EXPECT_NE(changed.error.find("the file was changed"), std::string::npos);
  const Reply missing = ask_parts({ImagePart{folder_.path() / "no.png", ""}, TextPart{"How?"}});
  EXPECT_EQ(missing.failure, Failure::permanent);
  EXPECT_NE(missing.error.find("no.png"), std::string::npos);
}

// A sparse file, one byte above the bound. Its digest is wrong, which nobody gets to see.
TEST_F(ReaderTest, AFileThatIsTooLargeIsRefusedUnread) {
  ImagePart image = picture("large.png", 92);
  std::filesystem::resize_file(image.path, kMostBytes + 1);
  const Reply reply = ask_parts({image, TextPart{"How many?"}});
  EXPECT_EQ(reply.failure, Failure::permanent);
  EXPECT_EQ(reply.error, "reader: picture " + image.path.string() +
                             ": 33554433 bytes; expected at most 33554432, store it smaller");
}

TEST_F(ReaderTest, SaysWhereItDoesNotUnderstand) {
  const Reply reply = ask_parts({picture("a.png", 92), TextPart{"?"}});
  EXPECT_EQ(reply.outcome, Outcome::answered);
  EXPECT_EQ(reply.text, kNotUnderstood);
}

TEST_F(ReaderTest, AnEngineThatCannotBeMadeFailsForGood) {
  ReaderParts broken = parts();
  broken.make_engine = []() -> Result<ReadFunction> {
    return make_error(ErrorCode::io, "no data");
  };
  backend_ = make_reader_with({1, false}, std::move(broken));
  for (int i = 0; i < 3; ++i) {
    const Reply reply = ask_parts({picture("a.png", 92), TextPart{"How many?"}});
    EXPECT_EQ(reply.failure, Failure::permanent);
    EXPECT_EQ(reply.error, "reader: no data");
  }
}

TEST_F(ReaderTest, RepliesDependNeitherOnOrderNorOnThreads) {
  std::vector<Request> requests;
  for (std::size_t i = 0; i < 60; ++i)
    requests.push_back(request_for("s", {picture(std::to_string(i), i)}));
  const auto texts = [&](std::size_t threads, const std::vector<Request>& asked) {
    Mailbox mailbox;
    const auto backend = make_reader_with({threads, false}, parts());
    for (const Request& request : asked) backend->submit(request, mailbox.completion());
    std::vector<std::string> all;
    for (const Reply& reply : mailbox.wait(asked.size())) all.push_back(reply.text + reply.error);
    std::sort(all.begin(), all.end());
    return all;
  };
  const auto wanted = texts(1, requests);
  EXPECT_EQ(wanted.size(), 60U);
  EXPECT_EQ(texts(8, requests), wanted);
  std::reverse(requests.begin(), requests.end());
  EXPECT_EQ(texts(3, requests), wanted);
}

TEST_F(ReaderTest, EndsWhatWaitsWhenItIsDestroyed) {
  Mailbox mailbox;
  const Request request = request_for("s", {picture("a.png", 92)});
  for (int i = 0; i < 200; ++i) backend_->submit(request, mailbox.completion());
  backend_.reset();
  EXPECT_EQ(mailbox.wait(200).size(), 200U);
}

TEST_F(ReaderTest, GuessesWhereItIsToldTo) {
  backend_ = make_reader_with({1, true}, parts());
  EXPECT_EQ(ask_parts({picture("a.png", 92), TextPart{"How many?"}}).text, "How many? 100 guessed");
  EXPECT_EQ(backend_->identity().at("guess"), "first");
}

TEST_F(ReaderTest, ItsIdentityNamesWhatDecidesTheReplies) {
  EXPECT_EQ(to_canonical_json(backend_->identity()),
            R"({"accents":true,"guess":"never","opencv":"4.0","reader":"1","tesseract":"5.0"})");
  EXPECT_EQ(make_reader_with({7, false}, parts())->identity(), backend_->identity());
  ReaderParts plain = parts();
  plain.libraries.accents = false;
  EXPECT_EQ(make_reader_with({2, false}, plain)->identity().at("accents"), false);
}

TEST_F(ReaderTest, WarnsWhereTheDataOfAccentsIsMissing) {
  EXPECT_TRUE(backend_->warnings().empty());
  ReaderParts plain = parts();
  plain.libraries.accents = false;
  const auto warnings = make_reader_with({2, false}, plain)->warnings();
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(warnings[0],
            "reader: names with accents will be misread; install the package "
            "tesseract-ocr-script-latn");
}

// What is not understood must be no answer to whatever was asked.
TEST(ReaderNotUnderstood, HoldsNoAnswer) {
  const std::vector<std::string> options{"Paris", "Rome"};
  Graph graph;
  graph.entities = {{"Paris"}, {"France"}};
  graph.triples = {{"Paris", "capital of", "France"}};
  EXPECT_EQ(extract_count(kNotUnderstood).status, ReadStatus::none);
  EXPECT_EQ(extract_yes_no(kNotUnderstood).status, ReadStatus::none);
  EXPECT_EQ(extract_yes_no(kNotUnderstood, stareval::Asks::fault).status, ReadStatus::none);
  EXPECT_EQ(extract_choice(kNotUnderstood, options).status, ReadStatus::none);
  EXPECT_EQ(extract_ranking(kNotUnderstood, options, true).status, ReadStatus::none);
  EXPECT_EQ(extract_name(kNotUnderstood).status, ReadStatus::none);
  EXPECT_EQ(extract_triple_or_none(kNotUnderstood, Vocabulary(graph)).status, ReadStatus::none);
  EXPECT_EQ(ClaimReader(graph, graph.triples, "").extract(kNotUnderstood).status, ReadStatus::none);
}

// ---- settings ----

Result<ReaderOptions> options_of(std::map<std::string, std::string> settings,
                                 const std::string& model = "", const std::string& url = "") {
  BackendConfig config;
  config.settings = std::move(settings);
  config.model = model;
  config.base_url = url;
  return read_options(config);
}

TEST(ReaderOptionsTest, AreReadFromSettings) {
  EXPECT_FALSE(options_of({})->guess_first);
  EXPECT_GE(options_of({})->threads, 1U);
  EXPECT_LE(options_of({})->threads, 256U);
  EXPECT_TRUE(options_of({{"guess", "first"}})->guess_first);
  EXPECT_FALSE(options_of({{"guess", "never"}}, "vision-1")->guess_first);
  EXPECT_EQ(options_of({{"threads", "3"}})->threads, 3U);
}

TEST(ReaderOptionsTest, ThatDoNotFitAreRefused) {
  EXPECT_EQ(error_text(options_of({{"guess", "always"}})),
            "--set guess: expected never or first, found \"always\"");
  EXPECT_EQ(error_text(options_of({{"threads", "0"}})),
            "--set threads: expected a whole number from 1 to 256, found \"0\"");
  EXPECT_EQ(error_code(options_of({{"speed", "1"}})), ErrorCode::usage);
  EXPECT_EQ(error_text(options_of({}, "vision-2")),
            "--model: the backend reader has vision-1, found \"vision-2\"");
  EXPECT_EQ(error_text(options_of({}, "", "http://127.0.0.1:1")),
            "the backend reader has no --base-url: it asks no server; leave the option out");
}

}  // namespace
}  // namespace stareval::reader
