#include "libstareval/run/batch_runner.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <thread>
#include <utility>

#include "libstareval/base/digest.h"
#include "libstareval/base/file.h"
#include "libstareval/run/batch_files_internal.h"
#include "libstareval/run/batch_ledger_internal.h"
#include "libstareval/run/batch_state.h"

namespace stareval {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;
using Step = BatchPart::Step;

constexpr milliseconds kTick{50};  // how late a stop may be noticed

class Runner {
 public:
  Runner(const Plan& plan, BatchApi& api, Journal& journal, fs::path folder,
         const BatchOptions& options)
      : plan_(plan),
        api_(api),
        options_(options),
        folder_(std::move(folder)),
        files_(batch_folder(folder_)),
        ledger_(plan, journal, options.cost_guard),
        poll_(options.first_poll) {}

  Result<BatchRun> run(const std::string& run) {
    STAREVAL_CHECK(load(run));
    for (;;) {
      const auto worked = options_.files ? read_back() : hand_over_and_wait();
      if (stopped()) return interrupted();  // whatever a call that was given up says
      if (worked.has_error()) return explained(worked.error());
      if (state_.waits()) return waiting();
      STAREVAL_CHECK(check_faults());
      if (options_.files || !state_.is_open() || state_.tries() < options_.rounds)
        STAREVAL_CHECK(begin_round());
      if (stopped()) return interrupted();
      if (!state_.waits()) return finished();
    }
  }

 private:
  // ---- the state ----

  Result<void> load(const std::string& run) {
    STAREVAL_TRY(auto state, read_batch_state(folder_));
    if (!state) {
      state_.run = run;
      state_.files = options_.files;
      return {};
    }
    state_ = *std::move(state);
    if (state_.run != run)
      return make_error(
          ErrorCode::mismatch,
          "run folder {}: its batches are of another run; restore {}, or remove it to "
          "give them up",
          folder_.string(), files_.string());
    if (state_.files != options_.files && state_.waits()) return check_no_batch_waits(folder_);
    state_.files = options_.files;
    return reserve();
  }

  // What is under way was admitted by the process that handed it over.
  Result<void> reserve() {
    for (const BatchPart& part : state_.parts) {
      if (part.step == Step::done || options_.cost_guard == nullptr) continue;
      STAREVAL_TRY(const auto items, items_of(part, files_, ledger_));
      for (const std::size_t item : items)
        if (!ledger_.is_settled(item) && !ledger_.admit(ledger_.request(item)))
          return make_error(ErrorCode::usage,
                            "--budget: the batches under way may cost more; give at least the "
                            "budget that they were begun with");
    }
    return {};
  }

  Result<void> save() { return write_batch_state(folder_, state_); }

  Result<void> step_to(BatchPart& part, Step step) {
    part.step = step;
    report();
    return save();
  }

  // ---- rounds ----

  Result<void> begin_round() {
    const int round = state_.round + 1;
    const int tries = state_.is_open() ? state_.tries() + 1 : 1;
    const int number = state_.parts.empty() ? 1 : state_.parts.back().number + 1;
    BatchPartWriter writer(files_, round, number, options_);
    unpaid_ = false;
    for (std::size_t item = 0; item < ledger_.size() && !unpaid_ && !stopped(); ++item)
      STAREVAL_CHECK(write_request(item, tries, writer));
    if (stopped()) return {};
    STAREVAL_TRY(auto parts, writer.finish());
    if (parts.empty()) return {};
    std::move(parts.begin(), parts.end(), std::back_inserter(state_.parts));
    state_.round = round;
    if (!state_.is_open()) state_.first_round = round;
    return save();
  }

  Result<void> write_request(std::size_t item, int tries, BatchPartWriter& writer) {
    STAREVAL_TRY(const bool wanted, ledger_.is_wanted(item, tries));
    if (!wanted) return {};
    const Request request = ledger_.request(item);
    const std::string& id = ledger_.id(item);
    const auto line = api_.line(id, request);
    if (line.has_error()) return ledger_.write_down(item, failure(line.error().message));
    if (!writer.fits(line->size()))
      return ledger_.write_down(
          item, failure(fmt::format("the request takes {} bytes; a file of a batch may have {}",
                                    line->size(), options_.most_bytes)));
    unpaid_ = !ledger_.admit(request);
    if (unpaid_) return {};
    return writer.add(id, *line);
  }

  static Reply failure(std::string error) {
    return failed_reply(Failure::permanent, std::move(error));
  }

  // A batch that did not run to its end is for people: the same may happen to the next one.
  Result<void> check_faults() {
    if (!state_.is_open()) return {};
    std::string faults;
    for (const BatchPart& part : state_.parts)
      if (part.round == state_.round && !part.fault.empty())
        faults += (faults.empty() ? "" : "; ") + part.fault;
    if (faults.empty()) return {};
    state_.first_round = 0;
    STAREVAL_CHECK(save());
    return make_error(ErrorCode::network,
                      "{}; replies so far are kept: the same command sends the rest again", faults);
  }

  // ---- a part through the vendor ----

  Result<void> hand_over_and_wait() {
    for (BatchPart& part : state_.parts) {
      if (stopped()) return {};
      STAREVAL_CHECK(hand_over(part));
    }
    while (state_.waits() && !stopped()) {
      bool changed = false;
      for (BatchPart& part : state_.parts)
        if (!stopped()) STAREVAL_CHECK(look_at(part, changed));
      if (state_.waits()) pause(changed);
    }
    return {};
  }

  Result<void> hand_over(BatchPart& part) {
    if (part.step == Step::written) {
      STAREVAL_TRY(part.file_id,
                   patiently([&] { return api_.upload(files_ / part.name(".jsonl")); }));
      STAREVAL_CHECK(step_to(part, Step::uploaded));
    }
    const bool unknown = part.step == Step::creating;  // an earlier process may have made it
    if (part.step != Step::uploaded && !unknown) return {};
    STAREVAL_CHECK(step_to(part, Step::creating));
    STAREVAL_TRY(part.batch_id, create(part, unknown));
    return step_to(part, Step::created);
  }

  // A call that broke off may have made the batch: it is looked for before it is made again.
  Result<std::string> create(BatchPart& part, bool unknown) {
    milliseconds delay = options_.first_poll;
    for (int failures = 0;; delay *= 2) {
      if (unknown) {
        STAREVAL_TRY(auto there, find(part));
        if (there) return *std::move(there);
      }
      auto made = api_.create(part.file_id, short_digest(state_.run), part.number);
      const bool again = made.has_error() && made.error().code == ErrorCode::network &&
                         failures++ < options_.retries && !stopped();
      // Refused: no batch was made, and the file may be what is wrong with it.
      if (made.has_error() && made.error().code != ErrorCode::network)
        STAREVAL_CHECK(step_to(part, Step::written));
      if (!again) return made;
      unknown = true;
      wait(std::min(delay, options_.longest_poll));
    }
  }

  // A list may not hold yet what was just made: it is looked at twice.
  Result<std::optional<std::string>> find(const BatchPart& part) {
    STAREVAL_TRY(auto there, patiently([&] { return api_.find(part.file_id); }));
    if (there) return there;
    wait(options_.first_poll);
    return patiently([&] { return api_.find(part.file_id); });
  }

  Result<void> look_at(BatchPart& part, bool& changed) {
    if (part.step == Step::created) {
      STAREVAL_TRY(const BatchStatus status,
                   patiently([&] { return api_.status(part.batch_id); }, options_.poll_retries));
      changed = count(part, status) || status.word != part.word || changed;
      part.word = status.word;
      report();
      if (!status.has_ended()) return {};
      part.output_file = status.output_file;
      part.error_file = status.error_file;
      part.fault = fault_of(part, status);
      STAREVAL_CHECK(step_to(part, Step::ended));
    }
    if (part.step == Step::ended) return fetch(part);
    return {};
  }

  // Whether the vendor's counts moved on.
  bool count(const BatchPart& part, const BatchStatus& status) {
    auto& known = counts_[part.number];
    const std::pair now{status.completed, status.failed};
    return std::exchange(known, now) != now;
  }

  static std::string fault_of(const BatchPart& part, const BatchStatus& status) {
    if (status.state == BatchStatus::State::failed)
      return fmt::format("the batch {} failed: {}", part.batch_id,
                         status.error.empty() ? "the server gives no reason" : status.error);
    if (status.state == BatchStatus::State::cancelled)
      return fmt::format("the batch {} was cancelled at the vendor", part.batch_id);
    return "";
  }

  Result<void> fetch(BatchPart& part) {
    const std::pair<std::string, const char*> both[]{{part.output_file, ".out.jsonl"},
                                                     {part.error_file, ".err.jsonl"}};
    for (const auto& [id, ending] : both)
      if (!id.empty())
        STAREVAL_CHECK(patiently([&, file = id, path = files_ / part.name(ending)] {
          return api_.download(file, path);
        }));
    STAREVAL_CHECK(take_in(part, false));
    remove_files(part, files_);
    return {};
  }

  Result<void> take_in(BatchPart& part, bool strict) {
    STAREVAL_CHECK(BatchPartReader(api_, ledger_, files_, oddities_).read(part, strict));
    return step_to(part, Step::done);
  }

  // ---- parts that somebody else runs ----

  Result<void> read_back() {
    for (BatchPart& part : state_.parts)
      if (part.step != Step::done && file_exists(files_ / part.name(".out.jsonl")))
        STAREVAL_CHECK(take_in(part, true));
    return {};
  }

  // ---- time ----

  [[nodiscard]] bool stopped() const { return options_.stop != nullptr && options_.stop->load(); }

  void wait(milliseconds delay) const {
    const auto end = Clock::now() + delay;
    while (!stopped() && Clock::now() < end)
      std::this_thread::sleep_for(
          std::min<Clock::duration>(kTick, std::max(end - Clock::now(), Clock::duration::zero())));
  }

  // Between two looks at all batches.
  void pause(bool changed) {
    poll_ = changed ? options_.first_poll : std::min(poll_ * 3 / 2, options_.longest_poll);
    const auto end = Clock::now() + poll_;
    while (!stopped() && Clock::now() < end) {
      wait(std::min(milliseconds(200), std::chrono::ceil<milliseconds>(end - Clock::now())));
      report();
    }
  }

  template <class Call>
  auto patiently(Call call, std::optional<int> retries = {}) -> decltype(call()) {
    milliseconds delay = options_.first_poll;
    for (int failures = 0;; delay = std::min(delay * 2, options_.longest_poll)) {
      auto result = call();
      const bool again = result.has_error() && result.error().code == ErrorCode::network &&
                         failures++ < retries.value_or(options_.retries) && !stopped();
      if (!again) return result;
      wait(delay);
    }
  }

  // ---- the end ----

  Result<BatchRun> finished() {
    state_.first_round = 0;
    if (!state_.parts.empty()) STAREVAL_CHECK(save());
    BatchRun result = outcome();
    RunProgress& progress = result.progress;
    progress.failed = ledger_.count_failed();
    progress.done += progress.failed;
    progress.unpaid = progress.total - progress.done;
    return result;
  }

  // What a call of the vendor's answered is the world's fault, not the command's.
  [[nodiscard]] Error explained(const Error& error) const {
    if (options_.files || error.code == ErrorCode::io || error.code == ErrorCode::mismatch)
      return error;
    return make_error(
        ErrorCode::network,
        "{}; what was handed over goes on at the vendor: mend this, and give the same "
        "command again; to give up what is under way, remove {}",
        error.message, files_.string());
  }

  Result<BatchRun> interrupted() {
    BatchRun result = outcome();
    for (const BatchPart& part : state_.parts)
      if (part.step == Step::created)
        result.notes.push_back(fmt::format(
            "the batch {} goes on at the vendor; the same command picks it up", part.batch_id));
    return result;
  }

  Result<BatchRun> waiting() {
    BatchRun result = outcome();
    result.waiting = true;
    result.notes.emplace_back("to be run, for example by vLLM:");
    const std::string& model = plan_.options().model;
    for (const BatchPart& part : state_.parts)
      if (part.step != Step::done)
        result.notes.push_back(fmt::format(
            "  vllm run-batch -i {} -o {} --model {}", (files_ / part.name(".jsonl")).string(),
            (files_ / part.name(".out.jsonl")).string(), model.empty() ? "MODEL" : model));
    result.notes.emplace_back("then give the same command again");
    return result;
  }

  [[nodiscard]] BatchRun outcome() const { return {ledger_.progress(), false, oddities_.notes()}; }

  void report() {
    if (!options_.on_progress) return;
    BatchProgress progress;
    progress.run = ledger_.progress();
    progress.round = state_.round;
    for (const BatchPart& part : state_.parts) {
      if (part.round != state_.round) continue;
      ++progress.parts;
      const bool done = part.step == Step::done;
      if (done) ++progress.parts_done;
      else progress.run.in_flight += part.lines;
      if (!done && !part.word.empty()) progress.word = part.word;
      const auto counted = counts_.find(part.number);
      if (counted == counts_.end()) continue;
      progress.answered += counted->second.first;
      progress.failed += counted->second.second;
    }
    options_.on_progress(progress);
  }

  const Plan& plan_;
  BatchApi& api_;
  const BatchOptions& options_;
  const fs::path folder_, files_;  // of the run, and of its batches
  BatchLedger ledger_;
  BatchState state_;
  BatchOddities oddities_;
  milliseconds poll_;
  std::map<int, std::pair<std::size_t, std::size_t>> counts_;  // completed and failed, by part
  bool unpaid_ = false;  // the guard turned a request down in this round
};

}  // namespace

Result<BatchRun> run_batch(const Plan& plan, BatchApi& api, Journal& journal,
                           const fs::path& folder, const std::string& run,
                           const BatchOptions& options) {
  return Runner(plan, api, journal, folder, options).run(run);
}

}  // namespace stareval
