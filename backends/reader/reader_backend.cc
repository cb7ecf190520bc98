#include <algorithm>
#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>
#include <variant>

#include "backends/reader/picture_internal.h"
#include "backends/reader/reader_internal.h"
#include "backends/reader/reading_pool_internal.h"
#include "backends/reader/text_reader_internal.h"
#include "backends/shared/settings.h"

namespace stareval::reader {
namespace {

constexpr int kMostThreads = 256;

// What is asked: the last message of the user.
struct Asked {
  std::string text;  // its parts, a line each
  const ImagePart* picture = nullptr;
};

Result<Asked> read_asked(const Request& request) {
  const auto last = std::find_if(request.messages.rbegin(), request.messages.rend(),
                                 [](const Message& message) { return message.role == "user"; });
  if (last == request.messages.rend())
    return make_error(ErrorCode::bad_data, "reader: expected a message of the user, found none");
  Asked asked;
  int pictures = 0;
  for (const auto& part : last->parts)
    if (const auto* text = std::get_if<TextPart>(&part)) {
      asked.text += (asked.text.empty() ? "" : "\n") + text->text;
    } else {
      asked.picture = &std::get<ImagePart>(part);
      ++pictures;
    }
  if (pictures != 1)
    return make_error(ErrorCode::bad_data,
                      "reader: expected one picture with the question, found {}", pictures);
  return asked;
}

Error bad_picture(const ImagePart& image, const Error& reason) {
  return make_error(reason.code, "reader: picture {}: {}", image.path.string(), reason.message);
}

// Its size is asked for first, so that a file that is too large is never read into memory.
Result<std::string> read_bounded(const ImagePart& image) {
  std::error_code none;  // what has no size is an error of read_image()
  const auto bytes = std::filesystem::file_size(image.path, none);
  if (!none)
    if (const auto fits = check_file_size(bytes); fits.has_error())
      return bad_picture(image, fits.error());
  return read_image(image);
}

Result<std::string> answer_request(const ReadFunction& read, const AnswerFunction& answer,
                                   bool guess_first, const Request& request) {
  STAREVAL_TRY(const Asked asked, read_asked(request));
  STAREVAL_TRY(const std::string bytes, read_bounded(*asked.picture));
  const auto graph = read(bytes);
  if (graph.has_error()) return bad_picture(*asked.picture, graph.error());
  return answer(asked.text, *graph, guess_first).value_or(kNotUnderstood);
}

// Parts of a backend that all of its threads share outlive the threads.
Result<Engine> make_engine(const ReaderParts& parts, bool guess_first) {
  STAREVAL_TRY(ReadFunction read, parts.make_engine());
  return Engine([read = std::move(read), &parts, guess_first](const Request& request) {
    auto text = answer_request(read, parts.answer, guess_first, request);
    return text.has_error() ? failed_reply(Failure::permanent, text.error().message)
                            : answered_reply(std::move(*text));
  });
}

class ReaderBackend : public Backend {
 public:
  ReaderBackend(const ReaderOptions& options, ReaderParts parts)
      : guess_first_(options.guess_first),
        parts_(std::move(parts)),
        pool_(options.threads, [this] { return make_engine(parts_, guess_first_); }) {}

  void submit(const Request& request, Completion done) override {
    pool_.give(request, std::move(done));
  }

  [[nodiscard]] json::object identity() const override {
    return {{"reader", kReaderVersion},
            {"guess", guess_first_ ? "first" : "never"},
            {"tesseract", parts_.libraries.tesseract},
            {"opencv", parts_.libraries.opencv},
            {"accents", parts_.libraries.accents}};
  }

  [[nodiscard]] std::vector<std::string> warnings() const override {
    if (parts_.libraries.accents) return {};
    return {fmt::format("reader: names with accents will be misread; install the package {}",
                        kAccentsPackage)};
  }

 private:
  const bool guess_first_;
  const ReaderParts parts_;
  ReadingPool pool_;  // last: its threads use the others
};

}  // namespace

Result<ReaderOptions> read_options(const BackendConfig& config) {
  ReaderOptions options;
  const int cores =
      std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, kMostThreads);
  SettingsReader in("reader", config.settings);
  options.guess_first = in.one_of("guess", {"never", "first"}) == "first";
  options.threads = static_cast<std::size_t>(in.whole_number("threads", cores, 1, kMostThreads));
  STAREVAL_CHECK(in.status());
  STAREVAL_CHECK(refuse_base_url(config, "reader"));
  if (!config.model.empty() && config.model != kReaderModel)
    return make_error(ErrorCode::usage, "--model: the backend reader has {}, found \"{}\"",
                      kReaderModel, config.model);
  return options;
}

std::unique_ptr<Backend> make_reader_with(const ReaderOptions& options, ReaderParts parts) {
  return std::make_unique<ReaderBackend>(options, std::move(parts));
}

}  // namespace stareval::reader
