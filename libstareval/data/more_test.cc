// The lines of tests/data/more, each odd spelling of which was counted by hand; refusals, by whole
// texts.
#include "libstareval/data/more.h"

#include <gtest/gtest.h>

#include <map>

#include "libstareval/data/more_labels.h"
#include "tests/support/errors.h"
#include "tests/support/temp_folder.h"

namespace stareval {
namespace {

using testing::error_text;

MoreFile fixture() {
  const auto path =
      std::filesystem::path(STAREVAL_TEST_SOURCE_DIR) / "tests" / "data" / "more" / "test.txt";
  return read_more(path, "test").value();
}

// One line with parts replaced.
std::string line(const std::string& what = "", const std::string& with = "") {
  std::string text =
      "{'token': ['a', 'b'], 'h': {'name': 'a', 'pos': [0, 1]}, 't': {'name': '[OBJ0]', 'pos': "
      "(0.5, 0.5, 0.2, 0.2)}, 'img_id': 'x.jpg', 'relation': 'none'}\n";
  if (!what.empty()) text.replace(text.find(what), what.size(), with);
  return text;
}

Result<MoreFile> read(const std::string& text) { return more_from_text(text, "f.txt", "test"); }

std::string gold_of(const Sample& sample) {
  return sample.choices[std::get<ChoiceGold>(sample.gold).index];
}

TEST(More, ReadsEachLineAsASample) {
  const MoreFile file = fixture();
  ASSERT_EQ(file.items.size(), 12U);
  const MoreItem& first = file.items.front();
  EXPECT_EQ(first.sample.id, "MORE-00001");
  EXPECT_EQ(first.sample.task, "MORE");
  EXPECT_EQ(first.sample.split, "test");
  EXPECT_EQ(first.sample.cluster, "bridge.png");
  EXPECT_EQ(first.sample.choices, more_label_names());
  EXPECT_EQ(gold_of(first.sample), "/per/per/alternate_names");
  EXPECT_EQ(first.sample.question,
            "The first picture goes with this text: Mayor <entity>Ada Quill</entity> opens the new "
            "bridge .\n\nThe second picture shows one object, cut out of the first. Which relation "
            "is there between that object and the entity \"Ada Quill\", which is marked in the "
            "text?");
  EXPECT_EQ(first.picture, "bridge.png");
  EXPECT_DOUBLE_EQ(first.object.left, 0.25);
  EXPECT_DOUBLE_EQ(first.object.bottom, 0.75);
  EXPECT_EQ(file.items[6].sample.id, "MORE-00008") << "an empty line counts as a line";
}

TEST(More, MendsSpellingsAndCountsThem) {
  const MoreFile file = fixture();
  EXPECT_EQ(gold_of(file.items[1].sample), "/per/org/member_of");
  EXPECT_EQ(gold_of(file.items[6].sample), "/per/per/alternate_names");
  EXPECT_DOUBLE_EQ(file.items[3].object.right, 0.6);
  EXPECT_DOUBLE_EQ(file.items[6].object.left, 0.0);
  const std::map<std::string, std::size_t> noted{
      {"boxes of numbers in quotes", 1},
      {"boxes that stick out of their picture, cut to it", 2},
      {"labels by an alias", 1},
      {"labels without their first slash", 1},
      {"names that are not the words at their place", 1}};
  EXPECT_EQ(file.loss.noted, noted);
  EXPECT_TRUE(file.loss.dropped.empty());
  EXPECT_EQ(file.loss.defaulted.at("rationale"), 12U);
}

TEST(More, KeepsWhatItDoesNotKnow) {
  const MoreFile file = fixture();
  EXPECT_EQ(file.items[9].sample.meta.at("source").as_string(), "desk");
  EXPECT_FALSE(file.items[8].sample.meta.contains("source"));
}

TEST(More, TellsTheStructureOfAPictureFromAllItsLines) {
  const MoreFile file = fixture();
  std::map<std::string, std::string> structures;
  for (const MoreItem& item : file.items) {
    const auto [known, added] = structures.emplace(item.picture, item.sample.group);
    EXPECT_EQ(known->second, item.sample.group);
  }
  const std::map<std::string, std::string> expected{
      {"bridge.png", "1x1"}, {"match.png", "1xn"}, {"harbour.jpg", "nx1"}, {"prize.png", "nxn"}};
  EXPECT_EQ(structures, expected);
}

TEST(More, MarksTheEntityWhereItsWordsOccurTwice) {
  const std::string question = fixture().items[4].sample.question;
  EXPECT_NE(question.find("In Port Amber , Lio"), std::string::npos);
  EXPECT_NE(question.find("in <entity>Port Amber</entity>\n"), std::string::npos);
}

TEST(More, NotesLinesThatOccurAgainOrContradict) {
  const auto file = read(line() + line() + line("'none'", "'/per/per/partner'"));
  ASSERT_TRUE(file) << error_text(file);
  EXPECT_EQ(file->items.size(), 3U);
  EXPECT_EQ(file->loss.noted.at("lines that occur again"), 1U);
  EXPECT_EQ(file->loss.noted.at("pairs of entity and object with two relations"), 1U);
}

TEST(More, DoesNotNoteARoundedEdge) {
  EXPECT_TRUE(read(line("(0.5, 0.5, 0.2, 0.2)", "(0.0158, 0.5, 0.0317, 0.2)"))->loss.noted.empty());
}

TEST(More, RefusesBoxesThatAreNone) {
  const std::string wanted =
      "f.txt:1: field \"t.pos\": expected (centre x, centre y, width, height) of a box, each from "
      "0 to 1, no side 0, found ";
  const std::map<std::string, std::string> cases{
      {"(0.5, 0.5, 0.2)", "[0.5,0.5,0.2]"},
      {"(0.5, 0.5, 0.2, 0)", "[0.5,0.5,0.2,0]"},
      {"(0.5, 1.5, 0.2, 0.2)", "[0.5,1.5,0.2,0.2]"},
      {"(-0.5, 0.5, 0.2, 0.2)", "[-0.5,0.5,0.2,0.2]"},
      {"('x', 0.5, 0.2, 0.2)", "[\"x\",0.5,0.2,0.2]"},
      {"('nan', 0.5, 0.2, 0.2)", "[\"nan\",0.5,0.2,0.2]"},
      {"(None, 0.5, 0.2, 0.2)", "[null,0.5,0.2,0.2]"}};
  for (const auto& [box, found] : cases)
    EXPECT_EQ(error_text(read(line("(0.5, 0.5, 0.2, 0.2)", box))), wanted + found);
}

TEST(More, RefusesPlacesOutsideOfTheText) {
  for (const char* place : {"[0, 3]", "[1, 1]", "[-1, 1]"})
    EXPECT_TRUE(error_text(read(line("[0, 1]", place)))
                    .starts_with("f.txt:1: field \"h.pos\": expected a begin below an end within 2 "
                                 "tokens, found ["))
        << place;
  EXPECT_EQ(error_text(read(line() + line("[0, 1]", "(0.5, 0.5, 0.2, 0.2)"))),
            "f.txt:2: field \"h.pos\": expected [begin, end) of the entity's tokens, found "
            "[0.5,0.5,0.2,0.2]");
}

TEST(More, RefusesUnknownLabelsAndPaths) {
  EXPECT_EQ(
      error_text(read("\n" + line("'none'", "'/per/per/enemy'"))),
      "f.txt:2: field \"relation\": expected none, or one of the twenty labels of MORE, found "
      "\"/per/per/enemy\"");
  for (const char* path : {"'../x.jpg'", "'/x.jpg'", "'a/x.jpg'", "''"})
    EXPECT_TRUE(error_text(read(line("'x.jpg'", path)))
                    .starts_with("f.txt:1: field \"img_id\": expected the name of a file, found"))
        << path;
}

TEST(More, RefusesWhatIsNoLineOfIt) {
  EXPECT_EQ(error_text(read("\n \n")), "f.txt: expected one dict of Python a line, found no lines");
  EXPECT_EQ(error_text(read("[1]\n")), "f.txt:1: expected a dict, found an array");
  EXPECT_EQ(error_text(read(line() + "{'token': [x]}")),
            "f.txt:2:12: expected a literal of Python, found the name \"x\"");
  EXPECT_EQ(error_text(read(line("'token'", "'words'"))),
            "f.txt:1: field \"token\": expected an array, found nothing");
  EXPECT_EQ(testing::error_code(read_more("nowhere/test.txt", "test")), ErrorCode::io);
}

TEST(More, WritesTheStructureIntoTheRecord) {
  const Sample sample = fixture().items[4].sample;
  const json::object record = to_json_object(sample);
  EXPECT_EQ(record.at("group").as_string(), "nx1");
  EXPECT_EQ(sample_from_json(record, "f.txt:1")->group, "nx1");
  Sample plain = sample;
  plain.group.clear();
  EXPECT_FALSE(to_json_object(plain).contains("group")) << "digests of other datasets stay";
}

}  // namespace
}  // namespace stareval
