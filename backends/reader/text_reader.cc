#include <dlfcn.h>
#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <mutex>
#include <opencv2/imgproc.hpp>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include "backends/reader/text_reader_internal.h"
#include "libstareval/base/text.h"

namespace stareval::reader {
namespace {

constexpr const char* kLanguage = "eng";
constexpr const char* kPackage = "tesseract-ocr-eng";

// Letters with accents; the package tesseract-ocr-script-latn. Reads plain letters as well as
// "eng", at 1.7 times the cost, and so it is asked only about lines that seem to hold an accent.
constexpr std::array<const char*, 2> kAccents{"Latin", "script/Latin"};
constexpr double kUnsure = 0.72;

// The network's input is 36 rows high. Letters of 24 rows with 6 on either side hit that exactly,
// so that Tesseract scales nothing; measured, no other height reads more lines right.
constexpr int kInkRows = 24;
constexpr int kMargin = 6;
constexpr int kSideMargin = 4;

// What is wider after scaling holds some 170 letters, and is no name. OpenCV scales less than 65536
// pixels on the calling thread.
constexpr int kMostColumns = 2700;

// Below this difference of darkest and lightest pixel there are no letters, only noise.
constexpr double kLeastContrast = 24;

// Share of the contrast, counted from the light end, from which a pixel belongs to a letter.
constexpr double kInkLevel = 192;

// Settings of Tesseract that hold from Init on: names are in no dictionary, and the ground is known
// to be light. `debug_file`: a library must not write to the terminal.
using Setting = std::pair<const char*, const char*>;
constexpr std::array<Setting, 8> kSettings{{{"load_system_dawg", "0"},
                                            {"load_freq_dawg", "0"},
                                            {"load_unambig_dawg", "0"},
                                            {"load_punc_dawg", "0"},
                                            {"load_number_dawg", "0"},
                                            {"load_bigram_dawg", "0"},
                                            {"tessedit_do_invert", "0"},
                                            {"debug_file", "/dev/null"}}};

// Tesseract's OpenMP regions ask for four threads whatever the environment says, and spend more
// time on starting and waiting than on a line of text. Where no parallel region may be active, each
// gets one thread. Holds for the calling thread alone. Looked up by name: no build needs OpenMP for
// it.
void keep_to_one_thread() {
  static const auto set_levels =
      reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "omp_set_max_active_levels"));
  thread_local bool done = false;
  if (done || set_levels == nullptr) return;
  set_levels(0);
  done = true;
}

// Contrast stretched to 0..255, cut to the letters, and scaled; an empty matrix where there is no
// ink.
cv::Mat normalised(const cv::Mat& line) {
  double darkest = 0;
  double lightest = 0;
  cv::minMaxLoc(line, &darkest, &lightest);
  if (lightest - darkest < kLeastContrast) return {};
  const double gain = 255.0 / (lightest - darkest);
  cv::Mat grey;
  line.convertTo(grey, CV_8U, gain, -gain * darkest);

  std::vector<cv::Point> ink;
  cv::findNonZero(grey < kInkLevel, ink);
  const cv::Mat letters = grey(cv::boundingRect(ink));
  const double scale = static_cast<double>(kInkRows) / letters.rows;
  const int columns = std::max(1, static_cast<int>(std::lround(letters.cols * scale)));
  if (columns > kMostColumns) return {};
  cv::Mat scaled;
  cv::resize(letters, scaled, {columns, kInkRows}, 0, 0,
             scale < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
  cv::Mat framed;
  cv::copyMakeBorder(scaled, framed, kMargin, kMargin, kSideMargin, kSideMargin,
                     cv::BORDER_CONSTANT, cv::Scalar(255));
  return framed;
}

double least_confidence(tesseract::TessBaseAPI& api) {
  const std::unique_ptr<int[]> words(api.AllWordConfidences());  // ends with -1
  if (words == nullptr || words[0] < 0) return 0;
  int least = 100;
  for (const int* word = words.get(); *word >= 0; ++word) least = std::min(least, *word);
  return least / 100.0;
}

// Levels of darkness at which letters fall into pieces: the lower, the fewer neighbours run
// together.
constexpr std::array<int, 3> kLevels{160, 112, 72};

// Highest filled share, and least width, of what stands above a letter and is an accent, not a dot.
constexpr double kAccentFill = 0.8;
constexpr int kAccentColumns = 5;

// The parts of a traineddata file that a network without dictionaries needs, by their places in its
// table: network, letters, codes, version. The dictionaries of "Latin" alone are 89 MB.
constexpr std::array<std::size_t, 4> kParts{17, 21, 22, 23};

// Called by Tesseract with the path at which it expects its data.
// File  int32 n; int64 start[n], -1 for what is absent; then the parts one after the other.
bool read_without_dictionaries(const char* path, std::vector<char>* out) {
  std::ifstream file(path, std::ios::binary);
  std::int32_t count = 0;
  if (!file.read(reinterpret_cast<char*>(&count), sizeof count) || count < 1 || count > 64)
    return false;
  std::vector<std::int64_t> starts(static_cast<std::size_t>(count));
  const auto table_bytes = static_cast<std::streamsize>(starts.size() * sizeof starts[0]);
  if (!file.read(reinterpret_cast<char*>(starts.data()), table_bytes)) return false;
  const std::int64_t end = file.seekg(0, std::ios::end).tellg();
  const auto place = static_cast<std::int64_t>(sizeof count) + table_bytes;
  out->assign(static_cast<std::size_t>(place), 0);
  std::vector<std::int64_t> kept(starts.size(), -1);
  for (const std::size_t part : kParts) {
    if (part >= starts.size() || starts[part] < 0) continue;
    std::int64_t stop = end;
    for (const std::int64_t other : starts)
      if (other > starts[part]) stop = std::min(stop, other);
    if (stop < starts[part]) return false;
    kept[part] = static_cast<std::int64_t>(out->size());
    out->resize(out->size() + static_cast<std::size_t>(stop - starts[part]));
    if (!file.seekg(starts[part]) || !file.read(out->data() + kept[part], stop - starts[part]))
      return false;
  }
  std::memcpy(out->data(), &count, sizeof count);
  std::memcpy(out->data() + sizeof count, kept.data(), static_cast<std::size_t>(table_bytes));
  return true;
}

using Api = std::unique_ptr<tesseract::TessBaseAPI>;

// Nothing where the language's data cannot be loaded.
Api load(const char* language) {
  std::vector<std::string> names;
  std::vector<std::string> values;
  for (const auto& [name, value] : kSettings) {
    names.emplace_back(name);
    values.emplace_back(value);
  }
  auto api = std::make_unique<tesseract::TessBaseAPI>();
  api->SetVariable("debug_file", "/dev/null");  // what Init says when it fails; Init forgets it
  if (api->Init(nullptr, 0, language, tesseract::OEM_LSTM_ONLY, nullptr, 0, &names, &values, false,
                &read_without_dictionaries) != 0)
    return nullptr;
  api->SetPageSegMode(tesseract::PSM_RAW_LINE);
  return api;
}

TextLine recognised(tesseract::TessBaseAPI& api, const cv::Mat& image) {
  api.SetImage(image.data, image.cols, image.rows, 1, static_cast<int>(image.step));
  api.SetSourceResolution(70);
  if (api.Recognize(nullptr) != 0) return {};
  const std::unique_ptr<char[]> text(api.GetUTF8Text());
  if (text == nullptr) return {};
  TextLine read{std::string(trim(text.get())), 0};
  if (!read.text.empty()) read.confidence = least_confidence(api);
  return read;
}

// Boxes of the connected pieces that are darker than `level`, in the framed image.
// By filling, for connectedComponents() starts threads of OpenCV.
std::vector<cv::Rect> pieces(const cv::Mat& image, int level) {
  cv::Mat ink = image < level;
  std::vector<cv::Rect> boxes;
  for (int y = 0; y < ink.rows; ++y) {
    for (int x = 0; x < ink.cols; ++x) {
      if (ink.at<std::uint8_t>(y, x) != 255) continue;
      cv::Rect box;
      const int area = cv::floodFill(ink, {x, y}, cv::Scalar(1), &box, {}, {}, 8);
      if (area > 2) boxes.push_back(box);
    }
  }
  return boxes;
}

bool share_columns(const cv::Rect& a, const cv::Rect& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width;
}

// Do more small pieces stand above others than the letters that were read have dots, or is one of
// them too wide for a dot? Or was a letter read that is not ASCII, or one that is unsure?
bool may_hold_accents(const TextLine& read, const cv::Mat& image) {
  if (read.confidence < kUnsure) return true;
  if (std::any_of(read.text.begin(), read.text.end(), [](unsigned char c) { return c >= 0x80; }))
    return true;
  if (read.text.find("ii") != std::string::npos) return true;  // so is a u with two dots read
  const std::vector<cv::Rect> boxes = pieces(image, kLevels[0]);
  std::vector<cv::Rect> above;
  for (const cv::Rect& box : boxes)
    if (box.height * 2 < kInkRows &&
        std::any_of(boxes.begin(), boxes.end(), [&](const cv::Rect& other) {
          return box.y + box.height <= other.y + 1 && other.height > box.height &&
                 share_columns(box, other);
        }))
      above.push_back(box);
  const auto dots = std::count_if(read.text.begin(), read.text.end(), [](char c) {
    return std::string_view("ij:;%").find(c) != std::string_view::npos;
  });
  if (static_cast<std::ptrdiff_t>(above.size()) > dots) return true;
  return std::any_of(above.begin(), above.end(), [&](const cv::Rect& box) {
    if (box.width < kAccentColumns) return false;
    const int ink = cv::countNonZero(image(box) < kLevels[0]);
    return ink < kAccentFill * box.area();
  });
}

// "?????": equal pieces in a row, each with a dot below, narrower than what stands above it, and
// none with a dot above. The network reads them as 2s and 7s. 0 where it is anything else.
int question_marks(const cv::Mat& image, int level) {
  std::vector<cv::Rect> hooks;
  std::vector<cv::Rect> dots;
  for (const cv::Rect& box : pieces(image, level))
    (box.height * 2 > kInkRows ? hooks : dots).push_back(box);
  if (hooks.size() < 3 || hooks.size() != dots.size()) return 0;
  const auto left_first = [](const cv::Rect& a, const cv::Rect& b) { return a.x < b.x; };
  std::sort(hooks.begin(), hooks.end(), left_first);
  std::sort(dots.begin(), dots.end(), left_first);
  for (std::size_t i = 0; i < hooks.size(); ++i) {
    const cv::Rect& hook = hooks[i];
    const cv::Rect& dot = dots[i];
    const bool stands = share_columns(hook, dot) && dot.y >= hook.y + hook.height;
    const bool bent = hook.width >= dot.width + 2 && hook.width * 4 > hook.height;
    const bool same = std::abs(hook.width - hooks[0].width) <= 2 &&
                      std::abs(hook.height - hooks[0].height) <= 2 &&
                      std::abs(dot.width - dots[0].width) <= 2;
    if (!stands || !bent || !same) return 0;
  }
  return static_cast<int>(hooks.size());
}

}  // namespace

struct TextReader::Engine {
  Api plain;
  Api accents;  // absent where its data is not installed
};

TextReader::TextReader(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}
TextReader::~TextReader() = default;
TextReader::TextReader(TextReader&&) noexcept = default;
TextReader& TextReader::operator=(TextReader&&) noexcept = default;

Result<TextReader> TextReader::make() {
  static std::mutex one_at_a_time;  // Init writes settings that all engines of a process share
  const std::lock_guard lock(one_at_a_time);
  keep_to_one_thread();
  auto engine = std::make_unique<Engine>();
  engine->plain = load(kLanguage);
  if (engine->plain == nullptr) {
    return make_error(
        ErrorCode::io,
        "reader: cannot load {}.traineddata of Tesseract 5; install the package {}, or "
        "set TESSDATA_PREFIX to the folder that holds it",
        kLanguage, kPackage);
  }
  for (const char* language : kAccents)
    if (engine->accents == nullptr) engine->accents = load(language);
  return TextReader(std::move(engine));
}

bool TextReader::reads_accents() const { return engine_->accents != nullptr; }

TextLine TextReader::read(const cv::Mat& line) {
  if (line.empty()) return {};
  if (line.type() != CV_8UC1) throw std::invalid_argument("TextReader::read: not CV_8UC1");
  const cv::Mat image = normalised(line);
  if (image.empty()) return {};
  for (const int level : kLevels)
    if (const int marks = question_marks(image, level); marks > 0)
      return {std::string(static_cast<std::size_t>(marks), '?'), 1.0};
  keep_to_one_thread();
  TextLine read = recognised(*engine_->plain, image);
  if (engine_->accents == nullptr || !may_hold_accents(read, image)) return read;
  TextLine again = recognised(*engine_->accents, image);
  return again.text.empty() ? read : again;
}

}  // namespace stareval::reader
