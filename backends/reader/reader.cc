#include "backends/reader/reader.h"

#include <tesseract/baseapi.h>

#include <future>
#include <opencv2/core.hpp>
#include <system_error>
#include <utility>

#include "backends/reader/answer_internal.h"
#include "backends/reader/picture_reader.h"
#include "backends/reader/question_internal.h"
#include "backends/reader/reader_internal.h"
#include "backends/reader/text_reader_internal.h"

namespace stareval {
namespace {

Result<reader::ReadFunction> make_engine() {
  STAREVAL_TRY(reader::PictureReader engine, reader::PictureReader::make());
  // Shared by the copies of one function, of which one thread has all.
  return reader::ReadFunction([engine = std::make_shared<reader::PictureReader>(std::move(engine))](
                                  std::string_view bytes) { return engine->read(bytes); });
}

std::optional<std::string> answer_text(std::string_view text, const reader::ReadGraph& graph,
                                       bool guess_first) {
  const auto question = reader::read_question(text);
  if (!question) return std::nullopt;
  return reader::answer(*question, graph, guess_first);
}

// Loads the data of the text recogniser once, so that what is missing is an error of the start and
// not of each request. On a thread of its own: an engine turns OpenMP off for the thread that makes
// it, and the caller's is not ours.
Result<reader::ReaderLibraries> try_libraries() {
  const auto reads_accents = []() -> Result<bool> {
    STAREVAL_TRY(const reader::TextReader trial, reader::TextReader::make());
    return trial.reads_accents();
  };
  try {
    STAREVAL_TRY(const bool accents, std::async(std::launch::async, reads_accents).get());
    return reader::ReaderLibraries{tesseract::TessBaseAPI::Version(), cv::getVersionString(),
                                   accents};
  } catch (const std::system_error& failure) {
    return make_error(ErrorCode::io, "reader: cannot start a thread: {}", failure.what());
  }
}

}  // namespace

Result<std::unique_ptr<Backend>> make_reader(const BackendConfig& config) {
  STAREVAL_TRY(const reader::ReaderOptions options, reader::read_options(config));
  STAREVAL_TRY(reader::ReaderLibraries libraries, try_libraries());
  return reader::make_reader_with(options, {make_engine, answer_text, std::move(libraries)});
}

void register_reader(Registry& registry) {
  registry.add_backend("reader", {"reads the picture by classical vision; no network, no key",
                                  reader::kReaderModel, make_reader});
}

}  // namespace stareval
