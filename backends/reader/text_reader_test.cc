// Lines that Cairo drew as the engine draws them (tests/data/reader/*.pgm: fonts of 12 to 18
// pixels, grey antialiasing), lines of OpenCV's own letters, and edges by hand. Accents need
// tesseract-ocr-script-latn: without it those cases are skipped.
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <opencv2/imgproc.hpp>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "backends/reader/text_reader_internal.h"

namespace stareval::reader {
namespace {

cv::Mat drawn(const std::string& text) {
  cv::Mat line(40, 30 + 20 * static_cast<int>(text.size()), CV_8UC1, cv::Scalar(240));
  cv::putText(line, text, {10, 28}, cv::FONT_HERSHEY_COMPLEX, 0.8, cv::Scalar(30), 1, cv::LINE_AA);
  return line;
}

// A binary PGM without comments.
cv::Mat crop(const std::string& name) {
  std::ifstream file(std::string(STAREVAL_TEST_SOURCE_DIR) + "/tests/data/reader/" + name + ".pgm",
                     std::ios::binary);
  std::string kind;
  int columns = 0;
  int rows = 0;
  int most = 0;
  file >> kind >> columns >> rows >> most;
  file.get();
  EXPECT_TRUE(file.good() && kind == "P5" && most == 255) << name;
  if (!file.good()) return {};
  cv::Mat line(rows, columns, CV_8UC1);
  file.read(reinterpret_cast<char*>(line.data), std::streamsize{rows} * columns);
  EXPECT_TRUE(file.good()) << name;
  return line;
}

TextReader reader() { return TextReader::make().value(); }

std::ptrdiff_t threads_of_process() {
  const std::filesystem::directory_iterator tasks("/proc/self/task");
  return std::distance(begin(tasks), end(tasks));
}

TEST(ReaderText, ReadsALine) {
  const TextLine line = reader().read(drawn("Iceland"));
  EXPECT_EQ(line.text, "Iceland");
  EXPECT_GT(line.confidence, 0.5);
  EXPECT_LE(line.confidence, 1.0);
}

TEST(ReaderText, ReadsDrawnLines) {
  TextReader engine = reader();
  const std::array<std::pair<const char*, const char*>, 4> lines{{{"plain", "wading bird"},
                                                                  {"mono", "film release"},
                                                                  {"small_serif", "George Town"},
                                                                  {"label", "kind of"}}};
  for (const auto& [name, text] : lines) EXPECT_EQ(engine.read(crop(name)).text, text) << name;
}

TEST(ReaderText, ReadsAccentsWhereTheirDataIsInstalled) {
  TextReader engine = reader();
  const std::string accents = engine.read(crop("accents")).text;
  if (accents == "Sao Tomé" || accents == "Sao Tome")
    GTEST_SKIP() << "no tesseract-ocr-script-latn";
  EXPECT_EQ(accents, "São Tomé");
}

// The network alone reads 2222?, mm and 77777.
TEST(ReaderText, ReadsQuestionMarks) {
  TextReader engine = reader();
  EXPECT_EQ(engine.read(crop("masked_narrow")).text, "?????");
  EXPECT_EQ(engine.read(crop("masked_mono")).text, "?????");
}

TEST(ReaderText, NoLetterIsAQuestionMark) {
  TextReader engine = reader();
  for (const char* text : {"iiiii", "!!!!!", ":::::", "22222", "jjjjj", "iii"})
    EXPECT_EQ(engine.read(drawn(text)).text.find("???"), std::string::npos) << text;
}

TEST(ReaderText, DependsOnNothingReadBefore) {
  TextReader engine = reader();
  const cv::Mat line = crop("label");
  const TextLine first = engine.read(line);
  for (const char* other : {"accents", "mono", "small_serif", "masked_mono", "plain"}) {
    (void)engine.read(crop(other));
    const TextLine again = engine.read(line);
    EXPECT_EQ(again.text, first.text) << other;
    EXPECT_EQ(again.confidence, first.confidence) << other;
  }
  EXPECT_EQ(reader().read(line).confidence, first.confidence);
}

TEST(ReaderText, EnginesOnTwoThreadsAgree) {
  std::vector<cv::Mat> lines;
  for (const char* name : {"plain", "accents", "mono", "small_serif", "label", "masked_mono"})
    lines.push_back(crop(name));
  std::array<std::vector<TextLine>, 2> read;
  std::vector<std::thread> threads;
  for (std::vector<TextLine>& out : read)
    threads.emplace_back([&lines, &out] {
      TextReader engine = reader();
      for (const cv::Mat& line : lines) out.push_back(engine.read(line));
    });
  for (std::thread& thread : threads) thread.join();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_FALSE(read[0][i].text.empty());
    EXPECT_EQ(read[0][i].text, read[1][i].text);
    EXPECT_EQ(read[0][i].confidence, read[1][i].confidence);
  }
}

// Neither Tesseract (OpenMP) nor OpenCV starts any. An engine may be made on one thread and used on
// another.
TEST(ReaderText, StartsNoThreadOnAnotherThread) {
  TextReader engine = reader();
  std::ptrdiff_t before = 0;
  std::ptrdiff_t after = 0;
  std::thread([&] {
    before = threads_of_process();
    for (int i = 0; i < 20; ++i) (void)engine.read(crop("plain"));
    after = threads_of_process();
  }).join();
  EXPECT_EQ(after, before);
}

// A line as wide as any is read; what is wider still is no line.
TEST(ReaderText, OfAVeryWideCropIsBounded) {
  TextReader engine = reader();
  cv::Mat wide(20, 5000, CV_8UC1, cv::Scalar(255));
  const cv::Mat line = crop("plain");
  line.copyTo(wide({0, 0, line.cols, line.rows}));
  EXPECT_EQ(engine.read(wide).text, "wading bird");
  wide.colRange(4900, 5000).setTo(cv::Scalar(0));
  (void)engine.read(wide);
  cv::Mat comb(4, 5000, CV_8UC1, cv::Scalar(255));
  for (int x = 0; x < comb.cols; x += 2) comb.col(x).setTo(cv::Scalar(0));
  EXPECT_EQ(engine.read(comb).text, "");
}

TEST(ReaderText, StartsNoThread) {
  TextReader engine = reader();
  const std::ptrdiff_t before = threads_of_process();
  for (int i = 0; i < 20; ++i) EXPECT_FALSE(engine.read(drawn("Iceland")).text.empty());
  EXPECT_EQ(threads_of_process(), before);
}

TEST(ReaderText, OfNoLettersIsEmpty) {
  TextReader engine = reader();
  EXPECT_EQ(engine.read(cv::Mat()).text, "");
  EXPECT_EQ(engine.read(cv::Mat(1, 1, CV_8UC1, cv::Scalar(0))).text, "");
  EXPECT_EQ(engine.read(cv::Mat(20, 90, CV_8UC1, cv::Scalar(0))).text, "");
  EXPECT_EQ(engine.read(cv::Mat(20, 5000, CV_8UC1, cv::Scalar(255))).text, "");
}

TEST(ReaderText, OfAnotherKindOfPixelsIsABug) {
  TextReader engine = reader();
  EXPECT_THROW((void)engine.read(cv::Mat(20, 90, CV_8UC3)), std::invalid_argument);
}

}  // namespace
}  // namespace stareval::reader
