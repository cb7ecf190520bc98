#include "libstareval/run/batch_state.h"

#include <algorithm>
#include <array>
#include <limits>

#include "libstareval/base/file.h"
#include "libstareval/base/json.h"

namespace stareval {
namespace {

namespace fs = std::filesystem;
using Step = BatchPart::Step;

constexpr int kMost = std::numeric_limits<int>::max();
constexpr std::array<const char*, 6> kSteps{"written", "uploaded", "creating",
                                            "created", "ended",    "done"};

json::object to_json_object(const BatchPart& part) {
  return {{"number", part.number},
          {"round", part.round},
          {"step", kSteps[static_cast<std::size_t>(part.step)]},
          {"lines", part.lines},
          {"file_id", part.file_id},
          {"batch_id", part.batch_id},
          {"word", part.word},
          {"output_file", part.output_file},
          {"error_file", part.error_file},
          {"fault", part.fault}};
}

BatchPart read_part(ObjectReader in) {
  BatchPart part;
  part.number = static_cast<int>(in.integer_in("number", 1, kMost));
  part.round = static_cast<int>(in.integer_in("round", 1, kMost));
  const std::string step = in.string("step");
  const auto* const hit = std::find(kSteps.begin(), kSteps.end(), step);
  if (hit == kSteps.end()) in.fail("step", "written, uploaded, creating ... or done", step);
  else part.step = static_cast<Step>(hit - kSteps.begin());
  part.lines = static_cast<std::size_t>(in.count("lines"));
  part.file_id = in.string("file_id");
  part.batch_id = in.string("batch_id");
  part.word = in.string("word");
  part.output_file = in.string("output_file");
  part.error_file = in.string("error_file");
  part.fault = in.string("fault");
  return part;
}

fs::path state_file(const fs::path& folder) { return batch_folder(folder) / "state.json"; }

}  // namespace

std::string BatchPart::name(const std::string& ending) const {
  return fmt::format("part-{:04}{}", number, ending);
}

bool BatchState::waits() const {
  return std::any_of(parts.begin(), parts.end(),
                     [](const BatchPart& part) { return part.step != Step::done; });
}

fs::path batch_folder(const fs::path& folder) { return folder / "batch"; }

Result<std::optional<BatchState>> read_batch_state(const fs::path& folder) {
  const fs::path path = state_file(folder);
  if (!file_exists(path)) return std::optional<BatchState>();
  STAREVAL_TRY(const std::string text, read_file(path));
  STAREVAL_TRY(const json::object object, parse_json_object(text, path.string()));
  ObjectReader in(object, path.string());
  if (const std::string schema = in.string("schema"); schema != kBatchSchema)
    in.fail("schema", kBatchSchema, "\"" + schema + "\"");
  BatchState state;
  state.run = in.string("run");
  state.files = in.boolean("files");
  state.round = static_cast<int>(in.integer_in("round", 0, kMost));
  state.first_round = static_cast<int>(in.integer_in("first_round", 0, state.round));
  const json::array& parts = in.array("parts");
  for (std::size_t i = 0; i < parts.size(); ++i)
    state.parts.push_back(read_part(in.element("parts", i, parts[i])));
  STAREVAL_CHECK(in.status());
  return std::optional(std::move(state));
}

Result<void> write_batch_state(const fs::path& folder, const BatchState& state) {
  json::array parts;
  for (const BatchPart& part : state.parts) parts.push_back(to_json_object(part));
  const json::object object{{"schema", kBatchSchema},
                            {"run", state.run},
                            {"files", state.files},
                            {"round", state.round},
                            {"first_round", state.first_round},
                            {"parts", std::move(parts)}};
  return write_file_atomic(state_file(folder), to_pretty_json(object));
}

Result<void> check_no_batch_waits(const fs::path& folder) {
  STAREVAL_TRY(const auto state, read_batch_state(folder));
  if (!state || !state->waits()) return {};
  return make_error(ErrorCode::mismatch,
                    "run folder {}: batches of it are under way: give the command with --batch {}; "
                    "to give them up, remove {}",
                    folder.string(), state->files ? "files" : "api", batch_folder(folder).string());
}

}  // namespace stareval
