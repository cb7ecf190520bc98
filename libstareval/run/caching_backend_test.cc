// The backend with a cache before it. By hand: what is answered from disk and what is asked; what
// is kept. Properties: through a whole run, replies are the same, each is paid for once, and the
// journal marks those that were not. Threads: a backend that answers from four at once.
#include "libstareval/run/caching_backend.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libstareval/run/runner.h"
#include "tests/support/backend_probe.h"
#include "tests/support/errors.h"
#include "tests/support/fake_protocol.h"
#include "tests/support/samples.h"
#include "tests/support/scripted_backend.h"

namespace stareval {
namespace {

using testing::ask;
using testing::error_text;
using testing::request_for;
using testing::TempFolder;

// Counts what is asked of it, and answers with that count.
class Counting : public Backend {
 public:
  explicit Counting(int& asked, std::string endpoint = "https://e")
      : asked_(asked), endpoint_(std::move(endpoint)) {}

  void submit(const Request&, Completion done) override {
    Reply reply = answered_reply(std::to_string(++asked_));
    reply.latency = std::chrono::milliseconds(812);
    reply.usage = {100, 5};
    done(std::move(reply));
  }
  [[nodiscard]] json::object identity() const override { return {{"endpoint", endpoint_}}; }

 private:
  int& asked_;
  std::string endpoint_;
};

class CachingBackendTest : public ::testing::Test {
 protected:
  std::unique_ptr<CachingBackend> make(const std::string& endpoint = "https://e",
                                       const std::string& name = "openai") {
    return std::make_unique<CachingBackend>(std::make_unique<Counting>(asked_, endpoint), name,
                                            path_);
  }

  // As another command would ask, later.
  Reply ask_anew(const Request& request) { return ask(*make(), request); }

  bool is_hit(const Request& request) { return ask_anew(request).cached; }

  const TempFolder folder_;
  const std::filesystem::path path_ = folder_ / "cache/replies.sqlite";
  int asked_ = 0;
};

TEST_F(CachingBackendTest, answers_the_second_time_from_disk_and_says_so) {
  const Reply first = ask_anew(request_for("a"));
  EXPECT_FALSE(first.cached);
  const Reply second = ask_anew(request_for("a"));
  EXPECT_TRUE(second.cached);
  EXPECT_EQ(second.text, "1");
  EXPECT_EQ(second.latency, std::chrono::milliseconds(812));
  EXPECT_EQ(second.usage.input_tokens, 100);
  EXPECT_EQ(asked_, 1);
}

TEST_F(CachingBackendTest, answers_within_one_command_too) {
  const auto backend = make();
  (void)ask(*backend, request_for("a"));
  backend->flush();
  EXPECT_TRUE(ask(*backend, request_for("a")).cached);
  EXPECT_EQ(backend->counts().hits, 1u);
  EXPECT_EQ(backend->counts().misses, 1u);
  EXPECT_EQ(backend->counts().stored, 1u);
  EXPECT_EQ(backend->warning(), std::nullopt);
}

TEST_F(CachingBackendTest, misses_where_one_field_differs) {
  const Request plain = request_for("a", {{"x.png", "sha256:1"}});
  ASSERT_FALSE(is_hit(plain));
  Request other = plain;
  other.decoding.temperature = 0.5;
  EXPECT_FALSE(is_hit(other));
  other = plain;
  other.model = "other";
  EXPECT_FALSE(is_hit(other));
  other = plain;
  other.repeat = 1;
  EXPECT_FALSE(is_hit(other));
  other = plain;
  other.messages[0].parts[1] = TextPart{"How many entities are there"};
  EXPECT_FALSE(is_hit(other));
  EXPECT_FALSE(is_hit(request_for("a", {{"x.png", "sha256:2"}})));
  EXPECT_FALSE(ask(*make("https://f"), plain).cached);
  EXPECT_FALSE(ask(*make("https://e", "gemini"), plain).cached);
  EXPECT_TRUE(is_hit(plain));
}

TEST_F(CachingBackendTest, hits_where_only_the_order_of_keys_differs) {
  Request plain = request_for("a");
  plain.decoding.extra = {{"seed", 1}, {"user", json::object{{"b", 1}, {"a", 2}}}};
  ASSERT_FALSE(is_hit(plain));
  plain.decoding.extra = {{"user", json::object{{"a", 2}, {"b", 1}}}, {"seed", 1}};
  EXPECT_TRUE(is_hit(plain));
}

TEST_F(CachingBackendTest, keeps_replies_and_never_failures) {
  const auto is_kept = [&](Outcome outcome) {
    Request request = request_for("a");
    request.model = to_string(outcome);
    const auto script = [&](const Request&, int) {
      Reply reply = answered_reply("4");
      reply.outcome = outcome;
      if (outcome == Outcome::api_error) reply = failed_reply(Failure::server, "503");
      return reply;
    };
    for (int i = 0; i < 2; ++i) {
      CachingBackend backend(std::make_unique<testing::ImmediateBackend>(script), "b", path_);
      if (ask(backend, request).cached) return true;
    }
    return false;
  };
  EXPECT_TRUE(is_kept(Outcome::answered));
  EXPECT_TRUE(is_kept(Outcome::refused));
  EXPECT_TRUE(is_kept(Outcome::truncated));
  EXPECT_FALSE(is_kept(Outcome::api_error));
}

TEST_F(CachingBackendTest, has_the_identity_of_the_backend_behind_it) {
  EXPECT_EQ(make("https://x")->identity(), (json::object{{"endpoint", "https://x"}}));
}

class CachedRunTest : public CachingBackendTest {
 protected:
  static constexpr int kSamples = 300;

  CachedRunTest() {
    std::vector<Sample> samples;
    for (int i = 0; i < kSamples; ++i)
      samples.push_back(testing::count_sample("s" + std::to_string(i)));
    dataset_ = testing::make_dataset(std::move(samples));
  }

  Plan plan(int repeats) {
    PlanOptions options;
    options.tasks = {"EC"};
    options.model = "m";
    options.repeats = repeats;
    return Plan::make(testing::fake_registry(), dataset_, options).value();
  }

  // A whole run in a folder of its own; its journal.
  Journal run(const Plan& plan, int concurrency, const std::string& folder) {
    const auto script = [this](const Request& request, int) {
      ++threaded_;
      return answered_reply(request.sample_id + "#" + std::to_string(request.repeat));
    };
    CachingBackend backend(std::make_unique<testing::ThreadedBackend>(script, 4), "b", path_);
    Journal journal = Journal::open(folder_ / folder / "replies.jsonl").value();
    RunnerOptions options;
    options.concurrency = concurrency;
    EXPECT_EQ(error_text(run_plan(plan, backend, journal, options)), "(no error)");
    EXPECT_EQ(backend.warning(), std::nullopt);
    return journal;
  }

  Dataset dataset_;
  std::atomic<int> threaded_{0};
};

TEST_F(CachedRunTest, pays_for_each_reply_once_whatever_the_concurrency_and_the_folder) {
  const Plan twice = plan(2);
  const Journal first = run(twice, 32, "first");
  EXPECT_EQ(threaded_, 2 * kSamples);
  const Journal second = run(twice, 1, "second");
  EXPECT_EQ(threaded_, 2 * kSamples);
  for (const PlanItem& item : twice.items()) {
    const Reply paid = first.read(twice.key(item)).value().reply;
    const Reply free = second.read(twice.key(item)).value().reply;
    EXPECT_EQ(paid.text, item.sample->id + "#" + std::to_string(item.repeat));
    EXPECT_EQ(free.text, paid.text);
    EXPECT_FALSE(paid.cached);
    EXPECT_TRUE(free.cached);
  }
}

TEST_F(CachedRunTest, asks_only_for_the_repeats_that_are_new) {
  run(plan(1), 8, "once");
  run(plan(3), 8, "thrice");
  EXPECT_EQ(threaded_, 3 * kSamples);
}

TEST_F(CachedRunTest, marks_cached_replies_in_the_lines_of_the_journal) {
  run(plan(1), 8, "first");
  run(plan(1), 8, "second");
  const std::string paid = testing::read_bytes(folder_ / "first/replies.jsonl");
  const std::string free = testing::read_bytes(folder_ / "second/replies.jsonl");
  EXPECT_EQ(paid.find("\"cached\""), std::string::npos);
  std::size_t marks = 0;
  for (auto at = free.find("\"cached\":true"); at != std::string::npos;
       at = free.find("\"cached\":true", at + 1))
    ++marks;
  EXPECT_EQ(marks, std::size_t{kSamples});
}

}  // namespace
}  // namespace stareval
