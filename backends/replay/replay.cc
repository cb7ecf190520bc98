#include "backends/replay/replay.h"

#include <utility>

#include "backends/shared/settings.h"
#include "libstareval/run/manifest.h"

namespace stareval {

ReplayBackend::ReplayBackend(std::string model, Journal journal, std::string folder)
    : model_(std::move(model)), journal_(std::move(journal)), folder_(std::move(folder)) {}

Result<std::unique_ptr<Backend>> ReplayBackend::make(const BackendConfig& config) {
  for (const auto& [key, value] : config.settings)
    if (key != "from")
      return make_error(ErrorCode::usage, "--set {}: the backend replay knows only \"from\"", key);
  const auto from = config.settings.find("from");
  if (from == config.settings.end())
    return make_error(ErrorCode::usage,
                      "the backend replay needs a run: --backend replay --from runs/RUN");
  STAREVAL_CHECK(refuse_base_url(config, "replay"));
  const std::filesystem::path folder = from->second;
  STAREVAL_TRY(const Manifest manifest, read_manifest(folder));
  STAREVAL_TRY(Journal journal, Journal::open_for_reading(folder / "replies.jsonl"));
  return std::unique_ptr<Backend>(
      new ReplayBackend(manifest.model, std::move(journal), folder.string()));
}

namespace {

// A recorded failure is the same at each attempt: nothing to wait for.
Reply final_reply(Reply reply) {
  if (is_transient(reply.failure)) reply.failure = Failure::permanent;
  reply.retry_after.reset();
  return reply;
}

}  // namespace

void ReplayBackend::submit(const Request& request, Completion done) {
  Request recorded = request;
  recorded.model = model_;
  const JournalKey key{request.sample_id, request.repeat, request_digest(recorded)};
  const Result<JournalEntry> entry = journal_.read(key);
  if (entry.has_value()) return done(final_reply(entry->reply));
  if (entry.error().code != ErrorCode::usage)  // usage: not there; others: cannot be read
    return done(failed_reply(Failure::permanent, entry.error().message));
  done(failed_reply(
      Failure::permanent,
      fmt::format("run {} holds no reply to this request for the sample {}: its prompt, "
                  "picture or decoding differ, or it was not asked",
                  folder_, request.sample_id)));
}

void register_replay(Registry& registry) {
  registry.add_backend(
      "replay", {"the replies of an earlier run: --from RUN", "recorded", ReplayBackend::make});
}

}  // namespace stareval
