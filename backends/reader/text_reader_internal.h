// Letters from pixels: Tesseract on one line of text at a time.
// Accents need the data of Debian's tesseract-ocr-script-latn: without it "ã" is read as "a". Only
//         lines that seem to hold an accent are given to that second, slower network.
// Masks   a row of three or more question marks is found by its shape.
// Thread  an engine belongs to one thread at a time; make one for each. Tesseract's own threads are
//         kept from starting, which costs ten times more than they bring.
// Output  the same for the same pixels, whatever was read before.
#pragma once

#include <memory>
#include <opencv2/core.hpp>
#include <string>

#include "libstareval/base/result.h"

namespace stareval::reader {

struct TextLine {
  std::string text;       // UTF-8, trimmed; "" where nothing was recognised
  double confidence = 0;  // of the least sure word, in [0, 1]
};

// Debian's package of the data that letters with accents need.
inline constexpr const char* kAccentsPackage = "tesseract-ocr-script-latn";

class TextReader {
 public:
  // Errors  io: the recogniser's data cannot be loaded, with the package that holds it.
  // Cost    about 0.2 s and 30 MB. One engine at a time is made.
  [[nodiscard]] static Result<TextReader> make();

  ~TextReader();
  TextReader(TextReader&&) noexcept;
  TextReader& operator=(TextReader&&) noexcept;

  // Whether the data for letters with accents is installed.
  [[nodiscard]] bool reads_accents() const;

  // `line`: CV_8UC1, dark letters (towards 0) on light ground (towards 255), cropped to the letters
  // of one line with any margin, in any size. Without letters, without contrast, or wider than 112
  // times the height of its letters: an empty text of confidence 0.
  // Throws  std::invalid_argument where the type is another: a bug of the caller.
  // Cost    about 4 ms for a name, in proportion to width over height.
  [[nodiscard]] TextLine read(const cv::Mat& line);

 private:
  struct Engine;
  explicit TextReader(std::unique_ptr<Engine> engine);

  std::unique_ptr<Engine> engine_;
};

}  // namespace stareval::reader
