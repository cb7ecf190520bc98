// manifest.json of a run: round trip, identity, and the text of each mismatch, by hand.
#include "libstareval/run/manifest.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "libstareval/base/file.h"
#include "tests/support/errors.h"
#include "tests/support/fake_protocol.h"
#include "tests/support/samples.h"

namespace stareval {
namespace {

using testing::error_code;
using testing::error_text;
using testing::TempFolder;

Manifest example() {
  Manifest manifest;
  manifest.build = "0.1.0";
  manifest.dataset = "little";
  manifest.dataset_folder = "/data/little";
  manifest.split = "test";
  manifest.digest = "sha256:d";
  manifest.backend = "openai";
  manifest.model = "m";
  manifest.backend_identity = {{"endpoint", "https://example.org/v1"}, {"seed", "7"}};
  manifest.mode = Mode::cot;
  manifest.decoding = {0.7, 0.95, 512};
  manifest.repeats = 3;
  manifest.limit = 10;
  manifest.tasks = {{"RC", "counting", "1", "sha256:p"}, {"EC", "counting", "2", "sha256:q"}};
  return manifest;
}

using Edit = std::function<void(Manifest&)>;

// Each field that is identity, changed.
const std::vector<Edit>& edits() {
  static const std::vector<Edit> all{[](Manifest& m) { m.dataset = "big"; },
                                     [](Manifest& m) { m.split = "train"; },
                                     [](Manifest& m) { m.digest = "sha256:e"; },
                                     [](Manifest& m) { m.backend = "replay"; },
                                     [](Manifest& m) { m.model = "n"; },
                                     [](Manifest& m) { m.backend_identity["endpoint"] = ""; },
                                     [](Manifest& m) { m.mode = Mode::direct; },
                                     [](Manifest& m) { m.form = AnswerForm::ranking; },
                                     [](Manifest& m) { m.form = AnswerForm::open; },
                                     [](Manifest& m) { m.decoding.temperature.reset(); },
                                     [](Manifest& m) { m.decoding.top_p.reset(); },
                                     [](Manifest& m) { m.decoding.max_tokens = 513; },
                                     [](Manifest& m) { m.backend_identity.erase("seed"); },
                                     [](Manifest& m) { m.repeats = 1; },
                                     [](Manifest& m) { m.limit.reset(); },
                                     [](Manifest& m) { m.tasks.pop_back(); },
                                     [](Manifest& m) { m.tasks[0].prompt_digest = "sha256:z"; }};
  return all;
}

TEST(Manifest, is_read_as_it_was_written) {
  const TempFolder folder;
  ASSERT_EQ(error_text(write_or_match(folder / "run", example(), false)), "(no error)");
  const Manifest read = read_manifest(folder / "run").value();
  EXPECT_EQ(read.build, "0.1.0");
  EXPECT_EQ(read.dataset_folder, "/data/little");
  EXPECT_EQ(read.mode, Mode::cot);
  EXPECT_EQ(read.decoding.temperature, 0.7);
  EXPECT_EQ(read.decoding.top_p, 0.95);
  EXPECT_EQ(read.limit, 10u);
  EXPECT_EQ(read.backend_identity, example().backend_identity);
  EXPECT_EQ(read.tasks[1].version, "2");
  ASSERT_EQ(read.tasks.size(), 2u);
  EXPECT_EQ(read.tasks[0].task, "RC");
  EXPECT_EQ(identity_digest(read), identity_digest(example()));
}

TEST(Manifest, with_every_option_left_out_is_read_as_it_was_written) {
  const TempFolder folder;
  Manifest manifest = example();
  manifest.decoding = {std::nullopt, std::nullopt, 16};
  manifest.limit.reset();
  manifest.backend_identity.clear();
  ASSERT_TRUE(write_or_match(folder.path(), manifest, false).has_value());
  const Manifest read = read_manifest(folder.path()).value();
  EXPECT_EQ(read.decoding.temperature, std::nullopt);
  EXPECT_EQ(read.decoding.top_p, std::nullopt);
  EXPECT_EQ(read.limit, std::nullopt);
  EXPECT_EQ(identity_digest(read), identity_digest(manifest));
}

TEST(Manifest, has_another_identity_with_each_field_that_decides_a_number) {
  std::set<std::string> digests{identity_digest(example())};
  for (const Edit& edit : edits()) {
    Manifest manifest = example();
    edit(manifest);
    digests.insert(identity_digest(manifest));
  }
  EXPECT_EQ(digests.size(), edits().size() + 1);
}

TEST(Manifest, has_the_same_identity_wherever_it_was_made) {
  Manifest manifest = example();
  manifest.build = "9.9";
  manifest.dataset_folder = "elsewhere";
  manifest.extractor = "9";
  manifest.tasks[0].version = "9";
  EXPECT_EQ(identity_digest(manifest), identity_digest(example()));
}

TEST(Manifest, matches_a_folder_that_holds_the_same_run) {
  const TempFolder folder;
  ASSERT_TRUE(write_or_match(folder.path(), example(), false).has_value());
  const std::string before = testing::read_bytes(folder / "manifest.json");
  Manifest again = example();
  again.build = "9.9";
  EXPECT_EQ(error_text(write_or_match(folder.path(), again, false)), "(no error)");
  EXPECT_EQ(testing::read_bytes(folder / "manifest.json"), before);
}

TEST(Manifest, refuses_a_folder_that_differs_in_any_field) {
  const TempFolder folder;
  ASSERT_TRUE(write_or_match(folder.path(), example(), false).has_value());
  for (const Edit& edit : edits()) {
    Manifest manifest = example();
    edit(manifest);
    EXPECT_EQ(error_code(write_or_match(folder.path(), manifest, false)), ErrorCode::mismatch);
  }
}

TEST(Manifest, names_each_field_that_differs_with_both_values) {
  const TempFolder folder;
  ASSERT_TRUE(write_or_match(folder.path(), example(), false).has_value());
  Manifest manifest = example();
  manifest.model = "n";
  manifest.backend_identity = {{"endpoint", ""}};
  manifest.limit.reset();
  manifest.decoding.top_p.reset();
  EXPECT_EQ(error_text(write_or_match(folder.path(), manifest, false)),
            "run folder " + folder.path().string() +
                ": it holds another run: backend_identity was "
                "{\"endpoint\":\"https://example.org/v1\",\"seed\":\"7\"}, now "
                "{\"endpoint\":\"\"}; model was \"m\", now \"n\"; decoding was "
                "{\"max_tokens\":512,\"temperature\":0.7,\"top_p\":0.95}, now "
                "{\"max_tokens\":512,\"temperature\":0.7}; "
                "limit was 10, now null; choose another --out, or give the options of that "
                "run");
}

// The digest of a request holds neither backend nor endpoint: only the manifest says whose it is.
TEST(Manifest, is_not_made_up_for_replies_that_are_there) {
  const TempFolder folder;
  EXPECT_EQ(error_code(write_or_match(folder.path(), example(), true)), ErrorCode::mismatch);
  EXPECT_FALSE(file_exists(folder / "manifest.json"));
}

TEST(Manifest, is_refused_where_there_is_none) {
  const TempFolder folder;
  EXPECT_EQ(error_code(read_manifest(folder.path())), ErrorCode::io);
  EXPECT_EQ(error_text(read_manifest(folder.path())),
            "run folder " + folder.path().string() +
                ": no manifest.json there; name a folder that `star-eval run` made");
}

TEST(Manifest, with_a_bad_field_is_refused) {
  const TempFolder folder;
  ASSERT_TRUE(write_or_match(folder.path(), example(), false).has_value());
  const std::string path = (folder / "manifest.json").string();
  const json::object good =
      parse_json_object(testing::read_bytes(folder / "manifest.json"), "x").value();
  const auto with = [&](const char* key, const json::value& value) {
    json::object object = good;
    object[key] = value;
    testing::write_bytes(path, to_json(object));
    const std::string text = error_text(read_manifest(folder.path()));
    const std::string place = path + ": field ";
    EXPECT_TRUE(text.starts_with(place)) << text;
    return text.substr(std::min(place.size(), text.size()));
  };
  EXPECT_EQ(with("schema", "stareval.run/2"),
            "\"schema\": expected stareval.run/1, found \"stareval.run/2\"");
  EXPECT_EQ(with("mode", "fast"), "\"mode\": expected direct or cot, found \"fast\"");
  EXPECT_EQ(with("answer_form", "essay"),
            "\"answer_form\": expected choice, ranking or open, found \"essay\"");
  EXPECT_EQ(with("limit", -1),
            "\"limit\": expected an integer from 0 to 9223372036854775807, found -1");
  EXPECT_EQ(with("repeats", 4294967297),
            "\"repeats\": expected an integer from 1 to 1000, found 4294967297");
  EXPECT_EQ(with("backend_identity", 1),
            "\"backend_identity\": expected an object, found an integer");
  EXPECT_EQ(with("tasks", json::object{{"EC", 1}}),
            "\"tasks.EC\": expected an object, found an integer");
}

// Identities of runs that were made before there were forms must not move.
TEST(Manifest, holds_the_form_of_the_answers_only_where_it_is_not_choice) {
  const TempFolder folder;
  ASSERT_TRUE(write_or_match(folder / "old", example(), false).has_value());
  EXPECT_EQ(testing::read_bytes(folder / "old" / "manifest.json").find("answer_form"),
            std::string::npos);
  EXPECT_EQ(read_manifest(folder / "old")->form, AnswerForm::choice);
  Manifest manifest = example();
  manifest.form = AnswerForm::open;
  ASSERT_TRUE(write_or_match(folder / "new", manifest, false).has_value());
  EXPECT_EQ(read_manifest(folder / "new")->form, AnswerForm::open);
  EXPECT_EQ(plan_options(manifest).form, AnswerForm::open);
  EXPECT_EQ(differences(example(), manifest), "answer_form was \"choice\", now \"open\"");
}

TEST(Manifest, takes_a_form_only_where_a_task_has_forms) {
  const Dataset dataset = testing::make_dataset({testing::count_sample("e1", "EC")});
  PlanOptions options;
  options.tasks = {"EC"};
  options.model = "m";
  const Registry registry = testing::fake_registry();
  const auto before = identity_digest(describe(Plan::make(registry, dataset, options).value()));
  options.form = AnswerForm::ranking;
  EXPECT_EQ(identity_digest(describe(Plan::make(registry, dataset, options).value())), before);
}

TEST(Manifest, describes_a_plan_and_makes_it_again) {
  const Dataset dataset = testing::make_dataset(
      {testing::count_sample("e1", "EC"), testing::count_sample("r1", "RC")}, "somewhere");
  PlanOptions options;
  options.tasks = {"RC", "EC"};
  options.mode = Mode::cot;
  options.model = "m";
  options.repeats = 2;
  options.limit = 1;
  options.decoding.temperature.reset();
  const Registry registry = testing::fake_registry();
  const Plan plan = Plan::make(registry, dataset, options).value();
  const Manifest manifest = describe(plan);
  EXPECT_EQ(manifest.dataset, "little");
  EXPECT_EQ(manifest.dataset_folder, "somewhere");
  EXPECT_EQ(manifest.digest, dataset.digest);
  EXPECT_EQ(manifest.tasks.at(0).task, "RC");
  EXPECT_EQ(manifest.tasks.at(0).protocol, "fake");
  EXPECT_EQ(manifest.tasks.at(0).prompt_digest, "sha256:fake-cot");
  const Plan again = Plan::make(registry, dataset, plan_options(manifest)).value();
  ASSERT_EQ(again.items().size(), plan.items().size());
  for (std::size_t i = 0; i < plan.items().size(); ++i)
    EXPECT_EQ(again.key(again.items()[i]).request, plan.key(plan.items()[i]).request);
}

}  // namespace
}  // namespace stareval
