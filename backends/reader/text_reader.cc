#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "backends/reader/line_image_internal.h"
#include "backends/reader/recogniser_internal.h"
#include "backends/reader/text_reader_internal.h"

namespace stareval::reader {
namespace {

constexpr const char* kLanguage = "eng";
constexpr const char* kPackage = "tesseract-ocr-eng";

// Letters with accents; the package tesseract-ocr-script-latn. Reads plain letters as well as
// "eng", at 1.7 times the cost, and so it is asked only about lines that seem to hold an accent.
constexpr std::array<const char*, 2> kAccents{"Latin", "script/Latin"};
constexpr double kUnsure = 0.72;

bool may_hold_accents(const TextLine& read, const cv::Mat& image) {
  if (read.confidence < kUnsure) return true;
  if (std::any_of(read.text.begin(), read.text.end(), [](unsigned char c) { return c >= 0x80; }))
    return true;
  if (read.text.find("ii") != std::string::npos) return true;  // so is a u with two dots read
  return has_accents(image, read.text);
}

}  // namespace

struct TextReader::Engine {
  std::unique_ptr<Recogniser> plain;
  std::unique_ptr<Recogniser> accents;  // absent where its data is not installed
};

TextReader::TextReader(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}
TextReader::~TextReader() = default;
TextReader::TextReader(TextReader&&) noexcept = default;
TextReader& TextReader::operator=(TextReader&&) noexcept = default;

Result<TextReader> TextReader::make() {
  auto engine = std::make_unique<Engine>();
  engine->plain = Recogniser::load(kLanguage);
  if (engine->plain == nullptr) {
    return make_error(
        ErrorCode::io,
        "reader: cannot load {}.traineddata of Tesseract 5; install the package {}, or "
        "set TESSDATA_PREFIX to the folder that holds it",
        kLanguage, kPackage);
  }
  for (const char* language : kAccents)
    if (engine->accents == nullptr) engine->accents = Recogniser::load(language);
  return TextReader(std::move(engine));
}

bool TextReader::reads_accents() const { return engine_->accents != nullptr; }

TextLine TextReader::read(const cv::Mat& line) {
  if (line.empty()) return {};
  if (line.type() != CV_8UC1) throw std::invalid_argument("TextReader::read: not CV_8UC1");
  const cv::Mat image = line_image(line);
  if (image.empty()) return {};
  if (const int marks = count_question_marks(image); marks > 0)
    return {std::string(static_cast<std::size_t>(marks), '?'), 1.0};
  TextLine read = engine_->plain->read(image);
  if (engine_->accents == nullptr || !may_hold_accents(read, image)) return read;
  TextLine again = engine_->accents->read(image);
  return again.text.empty() ? read : again;
}

}  // namespace stareval::reader
