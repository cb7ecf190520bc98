// What the mock server answers: a script per sample, gold answers, a default.
//     {"default": {"text": "4", "latency_ms": 5},
//      "samples": {"RC-0001": [{"status": 429, "retry_after_s": 1}, {"status": 500}, {"text":
//      "5"}]}}
// The steps of a sample are used up one by one, an attempt each; then, and for samples that are not
// named, the default answers. A step without "text" answers the gold of the sample where answers
// are given, else the text of the default.
// Thread  values and pure functions.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libstareval/base/result.h"
#include "libstareval/data/dataset.h"

namespace stareval {

struct MockStep {
  // How the step goes wrong, beside its status.
  enum class Defect {
    none,
    cut,         // close in the middle of the body
    stall,       // never answer
    wrong_json,  // 200 with half a JSON document
    html,        // the error page of a proxy, with the status
    echo,        // an error message that repeats the Authorization header
  };

  int status = 200;
  std::optional<int> retry_after_s = {};  // header Retry-After
  std::optional<std::string> text = {};
  std::string finish_reason = "stop";
  std::string reasoning = {};  // sent as reasoning_content
  std::string refusal = {};
  std::optional<std::chrono::milliseconds> latency = {};  // else the script's
  Defect defect = Defect::none;
  std::int64_t input_tokens = 100;
  std::int64_t output_tokens = 10;
};

struct MockScript {
  std::map<std::string, std::vector<MockStep>> samples;
  MockStep fallback;                           // "default"
  std::map<std::string, std::string> answers;  // text by sample id
  std::chrono::milliseconds latency{0};
  double fail_rate = 0;    // share of the default's attempts that get 500, in [0, 1]
  std::uint64_t seed = 0;  // of the failures: by sample and attempt, whatever the order
};

// bad_data with the place, where the text is not a script.
[[nodiscard]] Result<MockScript> parse_script(std::string_view text, const std::string& where);

// The gold answer of each sample.
[[nodiscard]] std::map<std::string, std::string> gold_answers(const Dataset& dataset);

// The step of an attempt (0, 1, ...) at a sample, with its text and latency filled in.
[[nodiscard]] MockStep step_of(const MockScript& script, const std::string& sample, int attempt);

}  // namespace stareval
