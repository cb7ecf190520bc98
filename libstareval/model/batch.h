// Requests that are handed over in files and answered later, at a lower price: what a vendor's
// batch API does, one call a method. Order, retries, waiting and what is written down are those of
// libstareval/run/batch_runner.h.
// Thread  one at a time. Calls block until the server answered.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "libstareval/base/result.h"
#include "libstareval/model/reply.h"
#include "libstareval/model/request.h"

namespace stareval {

struct BatchStatus {
  enum class State { running, completed, failed, expired, cancelled };
  State state = State::running;
  std::string word;         // the server's own: "in_progress"
  std::string output_file;  // id of the file of replies; "" where there is none (yet)
  std::string error_file;   // of requests without reply; "" where there is none
  std::size_t total = 0, completed = 0, failed = 0;  // requests
  std::string error;                                 // why it failed, one line; holds no key

  [[nodiscard]] bool has_ended() const { return state != State::running; }
};

// A line of an output or error file.
struct BatchedReply {
  std::string custom_id;  // as it was given to line()
  Reply reply;
};

// Errors of the calls to the server  network: it may pass, and the same call may be made again.
//         Any other code: it will not.
class BatchApi {
 public:
  virtual ~BatchApi() = default;

  // The line of an input file, with its line feed; pictures are read, and stand in it.
  // `custom_id`: letters and digits. Memory: the line.
  // Errors  io, bad_data, mismatch: a picture cannot be read, or was changed.
  [[nodiscard]] virtual Result<std::string> line(const std::string& custom_id,
                                                 const Request& request) const = 0;

  // Nothing for a line that is of another format.
  [[nodiscard]] virtual std::optional<BatchedReply> read_line(std::string_view line) const = 0;

  // Send an input file, piece by piece. Gives its id.
  [[nodiscard]] virtual Result<std::string> upload(const std::filesystem::path& file) = 0;

  // Have an uploaded file answered; `run` and `part` are shown to people where the vendor lists its
  // batches. Gives the id of the batch. After an error of the network it may have been made.
  [[nodiscard]] virtual Result<std::string> create(const std::string& file_id,
                                                   const std::string& run, int part) = 0;

  // The batch that was made of an uploaded file, if there is one.
  [[nodiscard]] virtual Result<std::optional<std::string>> find(const std::string& file_id) = 0;

  [[nodiscard]] virtual Result<BatchStatus> status(const std::string& batch_id) = 0;

  // Put the content of a file at `path`, whole or not at all.
  [[nodiscard]] virtual Result<void> download(const std::string& file_id,
                                              const std::filesystem::path& path) = 0;
};

}  // namespace stareval
