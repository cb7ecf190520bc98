// The backend "reader", put together from what is given to it, so that its tests need no text
// recogniser.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "backends/reader/read_graph.h"
#include "libstareval/base/result.h"
#include "libstareval/model/backend.h"

namespace stareval::reader {

// Of the run's identity: to be raised where a picture may be read, or a question answered, in
// another way.
constexpr const char* kReaderVersion = "1";

constexpr const char* kReaderModel = "vision-1";

// The reply to a question that is none of those that are known: no extractor finds an answer in it.
constexpr const char* kNotUnderstood = "The reader does not understand this question.";

struct ReaderOptions {
  std::size_t threads = 1;
  bool guess_first = false;
};

// Errors  usage: another model, an unknown or wrong setting, a base URL.
[[nodiscard]] Result<ReaderOptions> read_options(const BackendConfig& config);

// What is seen in the bytes of a picture. For one thread at a time.
using ReadFunction = std::function<Result<ReadGraph>(std::string_view bytes)>;

// The answer to the text of a user message; nothing where it is not understood. Pure.
using AnswerFunction = std::function<std::optional<std::string>(
    std::string_view text, const ReadGraph& graph, bool guess_first)>;

// What is installed, where other letters may be read with another.
struct ReaderLibraries {
  std::string tesseract;  // version
  std::string opencv;     // version
  bool accents = false;   // whether letters with accents can be read
};

struct ReaderParts {
  std::function<Result<ReadFunction>()> make_engine;  // called from several threads at a time
  AnswerFunction answer;
  ReaderLibraries libraries;
};

[[nodiscard]] std::unique_ptr<Backend> make_reader_with(const ReaderOptions& options,
                                                        ReaderParts parts);

}  // namespace stareval::reader
