// Tesseract's network for one language, on one line of text at a time, without dictionaries.
// Thread  belongs to one thread at a time; Tesseract's own threads are kept from starting.
#pragma once

#include <memory>
#include <opencv2/core.hpp>

#include "backends/reader/text_reader_internal.h"

namespace tesseract {
class TessBaseAPI;
}

namespace stareval::reader {

class Recogniser {
 public:
  // Nothing where the language's data cannot be loaded. Callers wait for one another.
  [[nodiscard]] static std::unique_ptr<Recogniser> load(const char* language);

  ~Recogniser();

  // `image`: CV_8UC1 as line_image() makes it.
  [[nodiscard]] TextLine read(const cv::Mat& image);

 private:
  Recogniser();

  std::unique_ptr<tesseract::TessBaseAPI> api_;
};

}  // namespace stareval::reader
