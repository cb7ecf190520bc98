// The registry of plug-ins: what is found, what is refused, by hand.
#include "libstareval/run/registry.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/support/errors.h"
#include "tests/support/fake_protocol.h"

namespace stareval {
namespace {

using testing::error_code;
using testing::error_text;
using testing::FakeProtocol;
using testing::make_fake_protocol;

std::unique_ptr<Protocol> make_other(const ProtocolOptions& options) {
  return std::make_unique<FakeProtocol>(options, "other", std::vector<std::string>{"TC"});
}

BackendEntry backend_entry() { return {"a backend", "m", nullptr}; }
ReporterEntry reporter_entry() { return {"a report", nullptr}; }

std::string thrown_by(const std::function<void()>& act) {
  try {
    act();
  } catch (const std::logic_error& bug) {
    return bug.what();
  }
  return "(nothing thrown)";
}

TEST(Registry, finds_plug_ins_by_their_names) {
  Registry registry = testing::fake_registry();
  registry.add_backend("replay", backend_entry());
  registry.add_reporter("csv", reporter_entry());
  EXPECT_EQ(registry.backend("replay").value()->default_model, "m");
  EXPECT_EQ(registry.reporter("csv").value()->summary, "a report");
  EXPECT_TRUE(registry.protocols().contains("fake"));
}

TEST(Registry, finds_the_protocol_of_a_task_and_hands_it_the_options) {
  Registry registry = testing::fake_registry();
  registry.add_protocol(make_other);
  EXPECT_EQ(registry.protocol_for_task("TC", {}).value()->info().name, "other");
  EXPECT_EQ(registry.protocol_for_task("RC", {}).value()->info().prompt_digest,
            "sha256:fake-direct");
  EXPECT_EQ(registry.protocol_for_task("RC", {.mode = Mode::cot}).value()->info().prompt_digest,
            "sha256:fake-cot");
}

TEST(Registry, throws_where_two_plug_ins_have_one_name) {
  Registry registry = testing::fake_registry();
  registry.add_backend("x", backend_entry());
  registry.add_reporter("x", reporter_entry());  // another kind: no clash
  EXPECT_EQ(thrown_by([&] { registry.add_protocol(make_fake_protocol); }),
            "two protocol plug-ins score the task EC");
  EXPECT_EQ(thrown_by([&] { registry.add_backend("x", backend_entry()); }),
            "two backend plug-ins are named x");
  EXPECT_EQ(thrown_by([&] { registry.add_reporter("x", reporter_entry()); }),
            "two report plug-ins are named x");
}

TEST(Registry, names_what_there_is_where_a_name_is_unknown) {
  Registry registry = testing::fake_registry();
  registry.add_backend("replay", backend_entry());
  registry.add_backend("openai", backend_entry());
  EXPECT_EQ(error_code(registry.backend("gpt")), ErrorCode::usage);
  EXPECT_EQ(error_text(registry.backend("gpt")),
            "no backend is named \"gpt\"; there are: openai, replay");
  EXPECT_EQ(error_text(registry.backend("OpenAI")),
            "no backend is named \"OpenAI\"; there are: openai, replay");
  EXPECT_EQ(error_text(registry.reporter("pdf")),
            "no report format is named \"pdf\"; there are: none");
}

TEST(Registry, names_the_protocols_where_none_scores_a_task) {
  const auto protocol = testing::fake_registry().protocol_for_task("ZZ", {});
  EXPECT_EQ(error_code(protocol), ErrorCode::usage);
  EXPECT_EQ(error_text(protocol), "no protocol scores the task \"ZZ\"; there are: EC, RC");
}

}  // namespace
}  // namespace stareval
