#include <system_error>
#include <utility>

#include "libstareval/base/file.h"
#include "libstareval/run/batch_files_internal.h"

namespace stareval {

namespace fs = std::filesystem;

// ---- writing ----

Result<void> BatchPartWriter::add(const std::string& id, std::string_view line) {
  const bool full = file_ && (parts_.back().lines >= options_.most_lines ||
                              bytes_ + line.size() > options_.most_bytes);
  if (full) STAREVAL_CHECK(end());
  if (!file_) STAREVAL_CHECK(begin());
  STAREVAL_CHECK(file_->write(line));
  bytes_ += line.size();
  ++parts_.back().lines;
  ids_ += id + "\n";
  return {};
}

Result<void> BatchPartWriter::begin() {
  BatchPart part;
  part.number = next_++;
  part.round = round_;
  STAREVAL_TRY(FileWriter file, FileWriter::open(folder_ / part.name(".jsonl")));
  file_.emplace(std::move(file));
  parts_.push_back(std::move(part));
  bytes_ = 0;
  ids_.clear();
  return {};
}

Result<void> BatchPartWriter::end() {
  // What an earlier process left under this name belongs to a round that was never begun.
  remove_files(parts_.back(), folder_);
  STAREVAL_CHECK(file_->commit());
  file_.reset();
  return write_file_atomic(folder_ / parts_.back().name(".ids"), ids_);
}

Result<std::vector<BatchPart>> BatchPartWriter::finish() {
  if (file_) STAREVAL_CHECK(end());
  return std::move(parts_);
}

// ---- reading ----

std::vector<std::string> BatchOddities::notes() const {
  std::vector<std::string> notes;
  if (unknown > 0)
    notes.push_back(
        fmt::format("{} lines of the batch name requests that are not of this run, for example "
                    "\"{}\"; they were not scored",
                    unknown, example));
  if (unreadable > 0)
    notes.push_back(fmt::format(
        "{} lines of the batch could not be read; their requests count as missing", unreadable));
  return notes;
}

Result<void> BatchPartReader::read(const BatchPart& part, bool strict) {
  seen_.clear();
  for (const char* ending : {".out.jsonl", ".err.jsonl"})
    if (const fs::path path = folder_ / part.name(ending); file_exists(path))
      STAREVAL_CHECK(read_file(path, strict));
  // Somebody ended these before their time: what they lack did not fail.
  if (part.fault.empty()) STAREVAL_CHECK(write_missing(part));
  return ledger_.sync();
}

Result<void> BatchPartReader::read_file(const fs::path& path, bool strict) {
  std::size_t number = 0;
  return for_each_line(path, [&](std::string_view line) -> Result<void> {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) return {};
    auto read = api_.read_line(line);
    if (read) return take(*std::move(read));
    if (strict)
      return make_error(ErrorCode::bad_data,
                        "{}:{}: expected a line with \"custom_id\" and \"response\"; is the file "
                        "still being written? give the same command again when it is whole",
                        path.string(), number);
    ++oddities_.unreadable;
    return {};
  });
}

Result<void> BatchPartReader::take(BatchedReply reply) {
  const auto item = ledger_.find(reply.custom_id);
  if (!item) {
    if (oddities_.unknown++ == 0) oddities_.example = reply.custom_id;
    return {};
  }
  const bool again = !seen_.insert(*item).second;
  const bool failure = reply.reply.outcome == Outcome::api_error;
  if (ledger_.is_settled(*item) || (again && failure)) return {};
  return ledger_.write_down(*item, std::move(reply.reply));
}

Result<void> BatchPartReader::write_missing(const BatchPart& part) {
  STAREVAL_TRY(const std::vector<std::size_t> items, items_of(part, folder_, ledger_));
  const std::string source = part.batch_id.empty() ? part.name() : part.batch_id;
  for (const std::size_t item : items) {
    if (seen_.contains(item) || ledger_.is_settled(item)) continue;
    Reply reply = failed_reply(
        Failure::server, fmt::format("the batch {} ended without a line for this request", source));
    reply.provider_request_id = source;
    STAREVAL_CHECK(ledger_.write_down(item, std::move(reply)));
  }
  return {};
}

Result<std::vector<std::size_t>> items_of(const BatchPart& part, const fs::path& folder,
                                          const BatchLedger& ledger) {
  std::vector<std::size_t> items;
  STAREVAL_CHECK(
      for_each_line(folder / part.name(".ids"), [&](std::string_view id) -> Result<void> {
        if (const auto item = ledger.find(std::string(id))) items.push_back(*item);
        return {};
      }));
  return items;
}

void remove_files(const BatchPart& part, const fs::path& folder) {
  std::error_code ignored;
  for (const char* ending : {".jsonl", ".ids", ".out.jsonl", ".err.jsonl"})
    fs::remove(folder / part.name(ending), ignored);
}

}  // namespace stareval
