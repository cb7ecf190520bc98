// A vendor of batches in memory, which outlives the processes that talk to it, and an interface to
// it that is cut off at any call, before or after the call took effect, as a kill would do.
// Lines   {"id": custom_id, "sample": sample} in; {"id", "custom_id", "text"} or {"id",
//         "custom_id", "failure"} out.
// Thread  one.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "libstareval/base/file.h"
#include "libstareval/base/json.h"
#include "libstareval/base/text.h"
#include "libstareval/model/batch.h"

namespace stareval::testing {

// What the vendor makes of a request for the n-th time (1, 2, ...): lines for the two files.
struct VendorLines {
  std::vector<std::string> output, errors;
};

inline std::string answer_line(const std::string& id, const std::string& text) {
  return to_json(json::object{{"id", "r-" + id}, {"custom_id", id}, {"text", text}}) + "\n";
}

inline std::string failure_line(const std::string& id, Failure failure, int time = 1) {
  return to_json(json::object{{"id", fmt::format("r-{}-{}", id, time)},
                              {"custom_id", id},
                              {"failure", static_cast<int>(failure)}}) +
         "\n";
}

class BatchVendor {
 public:
  using Script = std::function<VendorLines(const std::string& id, const std::string& sample, int)>;
  struct Batch {
    std::string input;
    int looks = 0;
    BatchStatus status;
  };

  // Answers "4" where no script says otherwise.
  Script script = [](const std::string& id, const std::string&, int) {
    return VendorLines{{answer_line(id, "4")}, {}};
  };
  BatchStatus::State end = BatchStatus::State::completed;
  int looks_until_the_end = 2;

  std::map<std::string, std::string> files;
  std::map<std::string, Batch> batches;
  std::map<std::string, int> asked;  // how often each sample was answered: what is paid for

  std::string add_file(std::string content) {
    std::string id = fmt::format("file-{}", files.size() + 1);
    files[id] = std::move(content);
    return id;
  }

  BatchStatus look(Batch& batch) {
    if (++batch.looks < looks_until_the_end || batch.status.has_ended()) return batch.status;
    batch.status.state = end;
    batch.status.word = end == BatchStatus::State::completed ? "completed" : "ended";
    if (end == BatchStatus::State::failed) {
      batch.status.error = "line 1: no such model";
      return batch.status;
    }
    answer(batch);
    return batch.status;
  }

 private:
  void answer(Batch& batch) {
    std::vector<std::string> output, errors;
    for (const std::string_view text : split(files.at(batch.input), '\n')) {
      if (text.empty()) continue;
      const json::object line = parse_json_object(text, "line").value();
      const std::string sample(line.at("sample").as_string());
      VendorLines lines = script(std::string(line.at("id").as_string()), sample, ++asked[sample]);
      std::move(lines.output.begin(), lines.output.end(), std::back_inserter(output));
      std::move(lines.errors.begin(), lines.errors.end(), std::back_inserter(errors));
    }
    std::reverse(output.begin(), output.end());
    if (!output.empty()) batch.status.output_file = add_file(joined(output));
    if (!errors.empty()) batch.status.error_file = add_file(joined(errors));
  }

  static std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line;
    return text;
  }
};

struct Killed : std::runtime_error {
  Killed() : std::runtime_error("killed") {}
};

class FakeBatchApi : public BatchApi {
 public:
  explicit FakeBatchApi(BatchVendor& vendor) : vendor_(vendor) {}

  // The k-th call (1, 2, ...) throws Killed, after it took effect or before.
  int kill_at = 0;
  bool after_effect = true;
  // The k-th call fails with this, before or after it took effect.
  int fail_at = 0;
  Error failure{ErrorCode::network, "the connection broke"};
  std::vector<std::string> calls;  // by name
  std::function<void(const std::string&)> before_call;

  Result<std::string> line(const std::string& custom_id, const Request& request) const override {
    if (request.sample_id == unreadable) return Error{ErrorCode::io, "picture gone"};
    return to_json(json::object{{"id", custom_id}, {"sample", request.sample_id}}) + "\n";
  }
  std::string unreadable;  // a sample whose picture is gone

  std::optional<BatchedReply> read_line(std::string_view text) const override {
    const auto line = parse_json_object(text, "line");
    if (line.has_error() || !line->contains("custom_id")) return std::nullopt;
    BatchedReply read{std::string(line->at("custom_id").as_string()), {}};
    if (line->contains("text"))
      read.reply = answered_reply(std::string(line->at("text").as_string()));
    else
      read.reply =
          failed_reply(static_cast<Failure>(line->at("failure").to_number<int>()), "by script");
    read.reply.provider_request_id = std::string(line->at("id").as_string());
    return read;
  }

  Result<std::string> upload(const std::filesystem::path& file) override {
    return call<std::string>("upload", [&] { return vendor_.add_file(read_file(file).value()); });
  }

  Result<std::string> create(const std::string& file_id, const std::string&, int) override {
    return call<std::string>("create", [&] {
      std::string id = fmt::format("batch-{}", vendor_.batches.size() + 1);
      vendor_.batches[id].input = file_id;
      return id;
    });
  }

  Result<std::optional<std::string>> find(const std::string& file_id) override {
    return call<std::optional<std::string>>("find", [&]() -> std::optional<std::string> {
      for (const auto& [id, batch] : vendor_.batches)
        if (batch.input == file_id) return id;
      return std::nullopt;
    });
  }

  Result<BatchStatus> status(const std::string& batch_id) override {
    return call<BatchStatus>("status", [&] { return vendor_.look(vendor_.batches.at(batch_id)); });
  }

  Result<void> download(const std::string& file_id, const std::filesystem::path& path) override {
    const auto done = call<bool>("download", [&] {
      write_file_atomic(path, vendor_.files.at(file_id)).value();
      return true;
    });
    if (done.has_error()) return done.error();
    return {};
  }

 private:
  template <class T>
  Result<T> call(const std::string& name, const std::function<T()>& effect) {
    if (before_call) before_call(name);
    calls.push_back(name);
    const int number = static_cast<int>(calls.size());
    const bool kills = number == kill_at, fails = number == fail_at;
    if (kills && !after_effect) throw Killed();
    if (fails && !after_effect) return failure;
    T result = effect();
    if (kills) throw Killed();
    if (fails) return failure;
    return result;
  }

  BatchVendor& vendor_;
};

}  // namespace stareval::testing
