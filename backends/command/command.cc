#include "backends/command/command.h"

#include <fcntl.h>

#include <cerrno>
#include <system_error>
#include <utility>
#include <variant>

#include "backends/command/command_codec.h"
#include "backends/command/command_pool.h"
#include "backends/shared/settings.h"
#include "libstareval/base/text.h"

namespace stareval {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCommandModel = "command";
constexpr int kMostWorkers = 256;
constexpr int kMostInFlight = 4096;

Result<command::Picture> read_picture(const ImagePart& part, bool inline_bytes) {
  command::Picture picture;
  STAREVAL_TRY(std::string bytes, read_image(part));
  STAREVAL_TRY(picture.media_type, media_type(bytes, part.path.string()));
  if (inline_bytes) picture.bytes = std::move(bytes);
  else picture.path = fs::absolute(part.path).lexically_normal().string();
  return picture;
}

class CommandBackend : public Backend {
 public:
  CommandBackend(std::string command, bool inline_bytes, command::Fd error_file,
                 std::unique_ptr<command::Pool> pool)
      : command_(std::move(command)),
        inline_bytes_(inline_bytes),
        error_file_(std::move(error_file)),
        pool_(std::move(pool)) {}

  void submit(const Request& request, Completion done) override {
    const auto pictures = read_pictures(request);
    if (pictures.has_error())
      return done(failed_reply(Failure::permanent, pictures.error().message));
    command::Job job;
    job.id = std::to_string(++asked_);
    job.line = command::encode(request, job.id, *pictures) + "\n";
    job.done = std::move(done);
    pool_->give(std::move(job));
  }

  [[nodiscard]] json::object identity() const override {
    return {{"command", command_}, {"pictures", inline_bytes_ ? "base64" : "path"}};
  }

 private:
  [[nodiscard]] Result<std::vector<command::Picture>> read_pictures(const Request& request) const {
    std::vector<command::Picture> pictures;
    for (const Message& message : request.messages)
      for (const auto& part : message.parts)
        if (const auto* image = std::get_if<ImagePart>(&part)) {
          STAREVAL_TRY(pictures.emplace_back(), read_picture(*image, inline_bytes_));
        }
    return pictures;
  }

  const std::string command_;
  const bool inline_bytes_;
  const command::Fd error_file_;  // the pool writes to it
  std::uint64_t asked_ = 0;
  const std::unique_ptr<command::Pool> pool_;  // last: it uses the file
};

Result<command::Fd> open_error_file(const std::string& path) {
  if (path.empty()) return command::Fd();
  command::Fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666));
  if (file.is_open()) return file;
  return make_error(ErrorCode::io, "--set stderr: cannot open {}: {}", path,
                    std::generic_category().message(errno));
}

}  // namespace

Result<std::unique_ptr<Backend>> make_command(const BackendConfig& config) {
  command::PoolOptions options;
  SettingsReader in("command", config.settings);
  options.command = in.text("command", "");
  options.timeout = in.seconds("timeout_s", options.timeout);
  options.workers = static_cast<std::size_t>(in.whole_number("workers", 1, 1, kMostWorkers));
  options.in_flight = static_cast<std::size_t>(in.whole_number("in_flight", 1, 1, kMostInFlight));
  const bool inline_bytes = in.one_of("pictures", {"path", "base64"}) == "base64";
  const std::string error_path = in.text("stderr", "");
  STAREVAL_CHECK(in.status());
  STAREVAL_CHECK(refuse_base_url(config, "command"));
  if (trim(options.command).empty())
    return make_error(ErrorCode::usage,
                      "the backend command needs a program: --backend command --set "
                      "command=\"python3 my_model.py\"");
  STAREVAL_TRY(command::Fd error_file, open_error_file(error_path));
  options.error_file = error_file.get();
  const std::string command = options.command;
  STAREVAL_TRY(auto pool, command::Pool::make(std::move(options)));
  return std::make_unique<CommandBackend>(command, inline_bytes, std::move(error_file),
                                          std::move(pool));
}

void register_command(Registry& registry) {
  registry.add_backend("command",
                       {"a program of yours that reads and writes lines of JSON: --set command=...",
                        kCommandModel, make_command});
}

}  // namespace stareval
