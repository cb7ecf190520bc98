#include <dlfcn.h>
#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "backends/reader/recogniser_internal.h"
#include "libstareval/base/text.h"

namespace stareval::reader {
namespace {

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

double least_confidence(tesseract::TessBaseAPI& api) {
  const std::unique_ptr<int[]> words(api.AllWordConfidences());  // ends with -1
  if (words == nullptr || words[0] < 0) return 0;
  int least = 100;
  for (const int* word = words.get(); *word >= 0; ++word) least = std::min(least, *word);
  return least / 100.0;
}

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

}  // namespace

Recogniser::Recogniser() : api_(std::make_unique<tesseract::TessBaseAPI>()) {}
Recogniser::~Recogniser() = default;

std::unique_ptr<Recogniser> Recogniser::load(const char* language) {
  static std::mutex one_at_a_time;  // Init writes settings that all engines of a process share
  const std::lock_guard lock(one_at_a_time);
  keep_to_one_thread();
  std::vector<std::string> names;
  std::vector<std::string> values;
  for (const auto& [name, value] : kSettings) {
    names.emplace_back(name);
    values.emplace_back(value);
  }
  std::unique_ptr<Recogniser> made(new Recogniser);
  tesseract::TessBaseAPI& api = *made->api_;
  api.SetVariable("debug_file", "/dev/null");  // what Init says when it fails; Init forgets it
  if (api.Init(nullptr, 0, language, tesseract::OEM_LSTM_ONLY, nullptr, 0, &names, &values, false,
               &read_without_dictionaries) != 0)
    return nullptr;
  api.SetPageSegMode(tesseract::PSM_RAW_LINE);
  return made;
}

TextLine Recogniser::read(const cv::Mat& image) {
  keep_to_one_thread();
  api_->SetImage(image.data, image.cols, image.rows, 1, static_cast<int>(image.step));
  api_->SetSourceResolution(70);
  if (api_->Recognize(nullptr) != 0) return {};
  const std::unique_ptr<char[]> text(api_->GetUTF8Text());
  if (text == nullptr) return {};
  TextLine read{std::string(trim(text.get())), 0};
  if (!read.text.empty()) read.confidence = least_confidence(*api_);
  return read;
}

}  // namespace stareval::reader
