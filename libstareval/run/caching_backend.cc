#include "libstareval/run/caching_backend.h"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace stareval {
namespace {

// Replies that wait for a cache that does not get on; further ones are not kept. A reply of a
// reasoning model is some 50 KB, so this is thousands.
constexpr std::size_t kMostWaitingBytes = std::size_t{256} << 20;

std::int64_t now() {
  using namespace std::chrono;
  return duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
}

bool is_kept(const Reply& reply) {
  return reply.outcome == Outcome::answered || reply.outcome == Outcome::refused ||
         reply.outcome == Outcome::truncated;
}

}  // namespace

// Takes replies from any thread, and writes them on its own. Holds what is counted and what failed,
// too, so that there is one mutex.
class CachingBackend::Writer {
 public:
  explicit Writer(Result<ResponseCache> cache) {
    if (cache.has_error()) {
      warning_ = cache.error().message;
      return;
    }
    cache_.emplace(std::move(*cache));
    thread_ = std::thread([this] { serve(); });
  }

  ~Writer() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
  }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void put(CacheQuestion question, const Reply& reply) {
    if (!cache_) return;
    const std::size_t bytes = question.request.size() + reply.text.size() + reply.reasoning.size();
    {
      const std::lock_guard lock(mutex_);
      if (waiting_bytes_ + bytes > kMostWaitingBytes)
        return fail_locked("the cache is slower than the replies: some of them are not kept");
      waiting_bytes_ += bytes;
      waiting_.push_back({std::move(question), reply, now()});
    }
    changed_.notify_all();
  }

  void flush() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return waiting_.empty() && !writing_; });
  }

  void fail(const Error& error) {
    const std::lock_guard lock(mutex_);
    fail_locked(error.message);
  }

  [[nodiscard]] std::optional<std::string> warning() const {
    const std::lock_guard lock(mutex_);
    return warning_;
  }

  std::mutex& mutex() { return mutex_; }
  [[nodiscard]] std::uint64_t stored() const { return stored_; }  // under mutex()

 private:
  struct Job {
    CacheQuestion question;
    Reply reply;
    std::int64_t created;
  };

  void fail_locked(std::string text) {
    if (!warning_) warning_ = std::move(text);
  }

  void serve() {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      std::vector<Job> jobs = std::exchange(waiting_, {});
      waiting_bytes_ = 0;
      writing_ = true;
      lock.unlock();
      const auto written = write(std::move(jobs));
      lock.lock();
      writing_ = false;
      if (written.has_value()) stored_ += *written;
      else fail_locked(written.error().message);
      changed_.notify_all();
    }
  }

  Result<std::size_t> write(std::vector<Job> jobs) {
    try {
      std::vector<CacheRow> rows;
      rows.reserve(jobs.size());
      for (Job& job : jobs)
        rows.push_back(cache_row(std::move(job.question), job.reply, job.created));
      STAREVAL_CHECK(cache_->store(rows));
      return rows.size();
    } catch (const std::exception& thrown) {
      return make_error(ErrorCode::io, "cache: internal error: {}", thrown.what());
    }
  }

  std::optional<ResponseCache> cache_;  // used by thread_ alone once that runs
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Job> waiting_;
  std::size_t waiting_bytes_ = 0;
  bool writing_ = false;
  bool ending_ = false;
  std::uint64_t stored_ = 0;
  std::optional<std::string> warning_;
  std::thread thread_;
};

CachingBackend::CachingBackend(std::unique_ptr<Backend> behind, std::string name,
                               const std::filesystem::path& file,
                               std::chrono::milliseconds patience)
    : name_(std::move(name)),
      identity_(to_canonical_json(behind->identity())),
      writer_(std::make_unique<Writer>(ResponseCache::open(file, patience))),
      behind_(std::move(behind)) {
  if (writer_->warning()) return;  // the same failure again
  auto reader = ResponseCache::open(file, patience);
  if (reader.has_error()) writer_->fail(reader.error());
  else reader_.emplace(std::move(*reader));
}

CachingBackend::~CachingBackend() = default;

void CachingBackend::submit(const Request& request, Completion done) {
  // The default of the backend behind is not known here, and may change.
  if (request.model.empty()) return behind_->submit(request, std::move(done));
  CacheQuestion question = cache_question(name_, identity_, request);
  std::optional<Reply> stored = find(question);
  {
    const std::lock_guard lock(writer_->mutex());
    ++(stored ? hits_ : misses_);
  }
  if (stored) {
    stored->cached = true;
    return done(std::move(*stored));
  }
  behind_->submit(request, [writer = writer_.get(), question = std::move(question),
                            done = std::move(done)](Reply reply) {
    try {
      if (is_kept(reply) && !reply.cached) writer->put(question, reply);
    } catch (const std::exception& thrown) {
      writer->fail(make_error(ErrorCode::io, "cache: internal error: {}", thrown.what()));
    }
    done(std::move(reply));
  });
}

// A file that cannot be read now may cost its whole patience each time: it is asked no more.
std::optional<Reply> CachingBackend::find(const CacheQuestion& question) {
  if (!reader_) return std::nullopt;
  auto found = reader_->find(cache_key(question));
  if (found.has_value()) return std::move(*found);
  writer_->fail(found.error());
  reader_.reset();
  return std::nullopt;
}

std::optional<std::string> CachingBackend::warning() const { return writer_->warning(); }

CachingBackend::Counts CachingBackend::counts() const {
  const std::lock_guard lock(writer_->mutex());
  return {hits_, misses_, writer_->stored()};
}

void CachingBackend::flush() { writer_->flush(); }

}  // namespace stareval
