// Reads a MockScript from JSON. A key that is not known is refused, since a misspelt one would
// silently play another script.
#include <algorithm>
#include <array>
#include <span>

#include "apps/star_mock_server/mock_script.h"
#include "libstareval/base/json.h"

namespace stareval {
namespace {

using Defect = MockStep::Defect;
using std::chrono::milliseconds;

constexpr std::int64_t kLongest_s = 86'400;
constexpr std::int64_t kLargest_mib = 1024;
constexpr std::int64_t kLargestOffset = 1 << 20;
constexpr std::int64_t kMostRequests = std::int64_t{1} << 53;

constexpr std::array<std::pair<std::string_view, Defect>, 15> kDefects{
    {{"cut", Defect::cut},
     {"cut_before", Defect::cut_before},
     {"cut_idle", Defect::cut_idle},
     {"cut_next", Defect::cut_next},
     {"stall", Defect::stall},
     {"stall_body", Defect::stall_body},
     {"wrong_json", Defect::wrong_json},
     {"html", Defect::html},
     {"wrong_type", Defect::wrong_type},
     {"duplicate", Defect::duplicate},
     {"invalid_utf8", Defect::invalid_utf8},
     {"empty_body", Defect::empty_body},
     {"null_content", Defect::null_content},
     {"error_200", Defect::error_200},
     {"echo_authorization", Defect::echo}}};

constexpr std::array<std::string_view, 15> kStepKeys{
    "status",  "retry_after_s", "retry_after_date_s", "headers",
    "text",    "refusal",       "finish_reason",      "reasoning",
    "chunked", "latency_ms",    "input_tokens",       "output_tokens",
    "drip_ms", "huge_mib",      "length_off"};

constexpr std::array<std::string_view, 2> kBurstKeys{"from", "to"};

template <class Names>
bool is_among(std::string_view key, const Names& names) {
  return std::find(names.begin(), names.end(), key) != names.end();
}

bool is_defect(std::string_view key) {
  return std::any_of(kDefects.begin(), kDefects.end(), [&](auto& d) { return d.first == key; });
}

void refuse_unknown_keys(ObjectReader& in, const json::object& step,
                         std::span<const std::string_view> more) {
  for (const auto& entry : step) {
    const std::string_view key = entry.key();
    if (!is_among(key, kStepKeys) && !is_among(key, more) && !is_defect(key))
      in.fail(key, "a key of a step (docs/mock-server.md)", "another");
  }
}

// What would break the head of the answer is refused.
void read_headers(MockStep& step, ObjectReader in, const json::object& headers) {
  for (const auto& entry : headers) {
    const std::string name(entry.key()), value = in.string(entry.key());
    const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    const auto separator = [&](char c) { return control(c) || c == ' ' || c == ':'; };
    if (name.empty() || std::any_of(name.begin(), name.end(), separator) ||
        std::any_of(value.begin(), value.end(), control))
      in.fail(name, "a header without control characters", "another");
    step.headers.emplace_back(name, value);
  }
}

void read_defect(MockStep& step, ObjectReader& in) {
  for (const auto& [name, defect] : kDefects) {
    if (!in.boolean_or(name, false)) continue;
    if (step.defect != Defect::none) in.fail(name, "one defect a step", "a second");
    step.defect = defect;
  }
}

void read_timing(MockStep& step, ObjectReader& in) {
  if (in.has("retry_after_s"))
    step.retry_after_s = static_cast<int>(in.integer_in("retry_after_s", 0, kLongest_s));
  if (in.has("retry_after_date_s"))
    step.retry_after_date_s = static_cast<int>(in.integer_in("retry_after_date_s", 0, kLongest_s));
  if (in.has("latency_ms"))
    step.latency = milliseconds(in.integer_in("latency_ms", 0, kLongest_s * 1000));
  if (in.has("drip_ms")) step.drip = milliseconds(in.integer_in("drip_ms", 1, kLongest_s * 1000));
}

MockStep read_step(ObjectReader& in, const json::object& object,
                   std::span<const std::string_view> more = {}) {
  refuse_unknown_keys(in, object, more);
  MockStep step;
  if (in.has("status")) step.status = static_cast<int>(in.integer_in("status", 200, 599));
  if (in.has("text")) step.text = in.string("text");
  step.finish_reason = in.string_or("finish_reason", "stop");
  step.reasoning = in.string_or("reasoning", "");
  step.refusal = in.string_or("refusal", "");
  step.input_tokens = in.integer_or("input_tokens", step.input_tokens);
  step.output_tokens = in.integer_or("output_tokens", step.output_tokens);
  step.chunked = in.boolean_or("chunked", false);
  if (in.has("huge_mib"))
    step.huge_mib = static_cast<int>(in.integer_in("huge_mib", 0, kLargest_mib));
  if (in.has("length_off"))
    step.length_off =
        static_cast<int>(in.integer_in("length_off", -kLargestOffset, kLargestOffset));
  read_timing(step, in);
  if (in.has("headers")) read_headers(step, in.child("headers"), in.object_or_empty("headers"));
  read_defect(step, in);
  return step;
}

void read_samples(MockScript& script, ObjectReader in, const json::object& samples) {
  for (const auto& entry : samples) {
    const json::array& steps = in.array(entry.key());
    for (std::size_t i = 0; i < steps.size(); ++i) {
      ObjectReader step = in.element(entry.key(), i, steps[i]);
      if (!steps[i].is_object()) return;
      script.samples[entry.key()].push_back(read_step(step, steps[i].get_object()));
    }
  }
}

void read_bursts(MockScript& script, ObjectReader& in, const json::array& bursts) {
  for (std::size_t i = 0; i < bursts.size(); ++i) {
    ObjectReader item = in.element("bursts", i, bursts[i]);
    if (!bursts[i].is_object()) return;
    MockBurst burst;
    burst.from = item.integer_in("from", 0, kMostRequests);
    burst.to = item.integer_in("to", burst.from, kMostRequests);
    burst.step = read_step(item, bursts[i].get_object(), kBurstKeys);
    if (!item.has("status") && burst.step.defect == Defect::none) burst.step.status = 500;
    script.bursts.push_back(std::move(burst));
  }
}

std::set<std::string> read_ids(ObjectReader& in, std::string_view key) {
  std::set<std::string> ids;
  for (const json::value& id : in.array_or_empty(key)) {
    if (id.is_string()) ids.emplace(id.get_string());
    else in.fail(key, "sample ids", describe_kind(id));
  }
  return ids;
}

MockBatch read_batch(ObjectReader in, const json::object& object) {
  constexpr std::array<std::string_view, 4> kKeys{"missing", "expired", "fail", "polls"};
  for (const auto& entry : object)
    if (!is_among(entry.key(), kKeys))
      in.fail(entry.key(), "missing, expired, fail or polls", "another key");
  MockBatch batch;
  batch.missing = read_ids(in, "missing");
  batch.expired = read_ids(in, "expired");
  batch.fail = in.boolean_or("fail", false);
  if (in.has("polls")) batch.polls = static_cast<int>(in.integer_in("polls", 1, 1'000'000));
  return batch;
}

}  // namespace

std::string_view defect_name(const MockStep& step) {
  for (const auto& [name, known] : kDefects)
    if (known == step.defect) return name;
  if (step.length_off != 0) return "length_off";
  if (step.huge_mib > 0) return "huge_mib";
  return step.drip ? "drip_ms" : "none";
}

Result<MockScript> parse_script(std::string_view text, const std::string& where) {
  constexpr std::array<std::string_view, 5> kKeys{"default", "samples", "bursts", "mix", "batch"};
  STAREVAL_TRY(const json::object object, parse_json_object(text, where));
  ObjectReader in(object, where);
  for (const auto& entry : object)
    if (!is_among(entry.key(), kKeys))
      in.fail(entry.key(), "default, samples, bursts, mix or batch", "another key");
  MockScript script;
  if (in.has("default")) {
    ObjectReader step = in.child("default");
    script.fallback = read_step(step, in.object_or_empty("default"));
  }
  if (in.has("samples")) read_samples(script, in.child("samples"), in.object_or_empty("samples"));
  if (in.has("bursts")) read_bursts(script, in, in.array("bursts"));
  if (in.has("mix")) {
    ObjectReader mix = in.child("mix");
    for (const auto& entry : in.object_or_empty("mix"))
      script.mix.emplace_back(entry.key(), mix.number(entry.key()));
  }
  if (in.has("batch")) script.batch = read_batch(in.child("batch"), in.object_or_empty("batch"));
  STAREVAL_CHECK(in.status());
  if (auto fits = check_mix(script); fits.has_error())
    return make_error(ErrorCode::bad_data, "{}: {}", where, fits.error().message);
  return script;
}

}  // namespace stareval
