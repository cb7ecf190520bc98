// What the mock server answers: a script per sample, gold answers, a default, bursts and a mix of
// failures.
//     {"default": {"text": "4", "latency_ms": 5},
//      "samples": {"RC-0001": [{"status": 429, "retry_after_s": 1}, {"text": "5"}]},
//      "bursts": [{"from": 10, "to": 20, "status": 500}],
//      "mix": {"rate_limited": 0.1, "cut": 0.05}}
// The steps of a sample are used up one by one, an attempt each; then, and for samples that are not
// named, a burst, the mix or the default answers, in this order. A step without "text" answers the
// gold of the sample where answers are given, else the text of the default.
// Thread  values and pure functions.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libstareval/base/result.h"
#include "libstareval/data/dataset.h"

namespace stareval {

struct MockStep {
  // How the step goes wrong, beside its status.
  enum class Defect {
    none,
    cut,           // close in the middle of the body
    cut_before,    // close before the first byte of the answer
    cut_idle,      // answer as if the connection stayed open, then close it
    cut_next,      // close without an answer when the next request comes on the connection
    stall,         // never answer
    stall_body,    // half of the body, and never the rest
    wrong_json,    // 200 with half a JSON document
    html,          // the error page of a proxy, with the status
    wrong_type,    // JSON under text/plain
    duplicate,     // the answer twice on the connection
    invalid_utf8,  // bytes in the text that are not UTF-8
    empty_body,    // no body at all
    null_content,  // the text is null
    error_200,     // an error under status 200
    echo,          // an error message that repeats the header with the key
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
  std::optional<int> retry_after_date_s = {};  // Retry-After as an HTTP date, so far ahead
  std::vector<std::pair<std::string, std::string>> headers = {};  // besides the usual ones
  bool chunked = false;                                           // in place of Content-Length
  std::optional<std::chrono::milliseconds> drip = {};             // between two pieces of 8 bytes
  int huge_mib = 0;                                               // so much more text
  int length_off = 0;                                             // added to Content-Length
};

// Requests from..to, counted from 0 over all, are answered by the step.
struct MockBurst {
  std::int64_t from = 0;
  std::int64_t to = 0;
  MockStep step = {};
};

// How the batch API behaves.
struct MockBatch {
  std::set<std::string> missing = {};  // samples that are in neither file
  std::set<std::string> expired = {};  // samples that end in the error file, as expired
  bool fail = false;                   // the batch does not pass its validation
  int polls = 3;                       // the poll that finds the batch completed
};

struct MockScript {
  std::map<std::string, std::vector<MockStep>> samples;
  MockStep fallback;                           // "default"
  std::map<std::string, std::string> answers;  // text by sample id
  std::chrono::milliseconds latency{0};
  double fail_rate = 0;    // share of the default's attempts that get 500, in [0, 1]
  std::uint64_t seed = 0;  // of the failures: by sample and attempt, whatever the order
  std::vector<MockBurst> bursts = {};
  std::vector<std::pair<std::string, double>> mix = {};  // failure_modes() by name, with a share
  MockBatch batch = {};
};

// bad_data with the place, where the text is not a script.
[[nodiscard]] Result<MockScript> parse_script(std::string_view text, const std::string& where);

// The failures that a mix can name, as steps.
[[nodiscard]] const std::vector<std::pair<std::string_view, MockStep>>& failure_modes();

// "cut:0.05,stall:0.01", or "all:0.1" for every failure mode at equal parts. usage where a name is
// not known, or the shares are not within 0 to 1 in all.
[[nodiscard]] Result<std::vector<std::pair<std::string, double>>> parse_mix(std::string_view text);

// The shares as one, for parse_mix() and scripts; fail_rate counts among them.
[[nodiscard]] Result<void> check_mix(const MockScript& script);

// The key of what goes wrong in a step beside its status, for a log; "none".
[[nodiscard]] std::string_view defect_name(const MockStep& step);

// The gold answer of each sample.
[[nodiscard]] std::map<std::string, std::string> gold_answers(const Dataset& dataset);

// The step of an attempt (0, 1, ...) at a sample, with its text and latency filled in. `order` is
// the number of the request over all, for bursts; -1 is in none.
[[nodiscard]] MockStep step_of(const MockScript& script, const std::string& sample, int attempt,
                               std::int64_t order = -1);

}  // namespace stareval
