// The batch API of OpenAI: files in, batches that move on by one state a poll, files out.
//     POST .../files (multipart/form-data)    GET .../files/ID, .../files/ID/content
//     POST .../batches                        GET .../batches, .../batches/ID
//     POST .../batches/ID/cancel
// Thread  the server's thread.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "apps/star_mock_server/mock_api.h"
#include "apps/star_mock_server/wire_answer.h"
#include "libstareval/base/json.h"
#include "libstareval/base/result.h"

namespace stareval {

struct BatchPath {
  enum class Kind { none, files, file, content, batches, batch, cancel };
  Kind kind = Kind::none;
  std::string id = {};
};

// What a target asks of the batch API, under any prefix but that of another vendor's batches.
[[nodiscard]] BatchPath batch_path(std::string_view target);

// One line of an input file.
struct BatchLine {
  std::string custom_id;
  std::string sample;  // body.metadata.sample, else custom_id up to its last "#"
  std::string url;
  std::string body;
};

struct BatchReply {
  int status = 200;
  std::string body;
};

class BatchStore {
 public:
  using Ask = std::function<BatchReply(const BatchLine& line)>;

  // Both must outlive it.
  BatchStore(const MockScript& script, Ask ask) : script_(script), ask_(std::move(ask)) {}

  [[nodiscard]] PlainAnswer handle(std::string_view method, const BatchPath& path,
                                   std::string_view content_type, const std::string& body);

 private:
  struct File {
    std::string name, purpose, content;
  };
  struct Batch {
    std::string id, input, endpoint, window;
    json::value metadata;
    std::string status = "validating";
    json::value errors;         // null
    std::string output, error;  // ids of files
    int polls = 0;
    std::size_t total = 0, completed = 0, failed = 0;
    std::vector<BatchLine> lines;
  };
  // Files of answers in the making.
  struct Outcome {
    std::vector<std::string> answered, refused;
    bool expired = false;
  };

  PlainAnswer add_file(std::string_view content_type, const std::string& body);
  PlainAnswer add_batch(const std::string& body);
  PlainAnswer cancel(Batch& batch);
  void poll(Batch& batch);
  void validate(Batch& batch, const std::string& content);
  void complete(Batch& batch, std::size_t lines);
  void answer_line(Batch& batch, const BatchLine& line, Outcome& outcome);
  std::string store(std::string name, std::string purpose, std::string content);

  const MockScript& script_;
  const Ask ask_;
  std::map<std::string, File> files_;
  std::map<std::string, Batch> batches_;
  int files_made_ = 0, batches_made_ = 0, lines_answered_ = 0;
};

// The parts of a body of multipart/form-data (RFC 7578) by their names. bad_data where it is none.
struct FormPart {
  std::string file_name;
  std::string content;
};
[[nodiscard]] Result<std::map<std::string, FormPart>> read_form(std::string_view content_type,
                                                                std::string_view body);

}  // namespace stareval
