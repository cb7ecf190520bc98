// star-mock-server: plays a script as an OpenAI-compatible server on 127.0.0.1, until it is
// interrupted. Exit status 0; 2 on wrong use; 3 where a file or the port cannot be had.
#include <fmt/format.h>

#include <boost/program_options.hpp>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>

#include "apps/star_mock_server/mock_server.h"
#include "libstareval/base/file.h"
#include "libstareval/base/json.h"

namespace stareval {
namespace {

namespace po = boost::program_options;

constexpr const char* kHelp =
    R"(star-mock-server: a server on 127.0.0.1 that plays a script in the formats of the model APIs

    star-mock-server --answers gold:DATASET                        answer each sample's gold
    star-mock-server --port 8000 --script script.json --log requests.jsonl
    star-mock-server --answers gold:DATASET --mix all:0.1          each failure mode, 10 % in all
    star-mock-server --mix rate_limited:0.2,cut:0.05 --seed 7
    star-mock-server --tls trusted --tls-ca-out ca.pem             curl --cacert ca.pem ...
    star-mock-server --no-inspect                                  cheap, for benchmarks

The keys of a script: docs/mock-server.md.
)";

po::options_description make_options() {
  po::options_description options("Options");
  auto add = options.add_options();
  add("help,h", "show this text");
  add("port", po::value<int>()->default_value(0), "port on 127.0.0.1; 0 takes a free one");
  add("script", po::value<std::string>(), "JSON file: a default answer, and steps per sample");
  add("answers", po::value<std::string>(),
      "gold:DATASET (a folder), or a JSON file {\"sample id\": \"text\"}");
  add("split", po::value<std::string>()->default_value("test"),
      "split of the dataset of --answers");
  add("latency-ms", po::value<int>()->default_value(0), "wait before each answer");
  add("fail-rate", po::value<double>()->default_value(0),
      "share of the attempts that get 500, 0 to 1");
  add("mix", po::value<std::string>(), "shares of failures: NAME:SHARE,... or all:SHARE");
  add("seed", po::value<std::uint64_t>()->default_value(0), "of the failures");
  add("log", po::value<std::string>(), "JSON Lines file: one line a request");
  add("no-inspect", po::bool_switch(), "answer without looking into the bodies");
  add("tls", po::value<std::string>()->default_value("off"),
      "serve https; trusted, self-signed, expired or wrong-host says what its certificate is");
  add("tls-ca-out", po::value<std::string>(),
      "file for the certificate of the authority that a client must trust");
  return options;
}

Result<std::map<std::string, std::string>> read_answer_file(const std::string& path) {
  STAREVAL_TRY(const std::string text, read_file(path));
  STAREVAL_TRY(const json::object object, parse_json_object(text, path));
  ObjectReader in(object, path);
  std::map<std::string, std::string> answers;
  for (const auto& entry : object) answers[entry.key()] = in.string(entry.key());
  STAREVAL_CHECK(in.status());
  return answers;
}

Result<std::map<std::string, std::string>> read_answers(const std::string& from,
                                                        const std::string& split) {
  constexpr std::string_view kGold = "gold:";
  if (!from.starts_with(kGold)) return read_answer_file(from);
  STAREVAL_TRY(const Dataset dataset, read_dataset(from.substr(kGold.size()), split));
  return gold_answers(dataset);
}

Result<MockScript> read_script(const po::variables_map& given) {
  MockScript script;
  if (given.contains("script")) {
    const auto path = given["script"].as<std::string>();
    STAREVAL_TRY(const std::string text, read_file(path));
    STAREVAL_TRY(script, parse_script(text, path));
  }
  if (given.contains("answers")) {
    STAREVAL_TRY(script.answers, read_answers(given["answers"].as<std::string>(),
                                              given["split"].as<std::string>()));
  }
  script.latency = std::chrono::milliseconds(given["latency-ms"].as<int>());
  script.fail_rate = given["fail-rate"].as<double>();
  script.seed = given["seed"].as<std::uint64_t>();
  if (given.contains("mix")) {
    STAREVAL_TRY(script.mix, parse_mix(given["mix"].as<std::string>()));
  }
  if (script.fail_rate < 0 || script.fail_rate > 1)
    return make_error(ErrorCode::usage, "--fail-rate: expected 0 to 1, found {}", script.fail_rate);
  if (script.latency.count() < 0)
    return make_error(ErrorCode::usage, "--latency-ms: expected 0 or more, found {}",
                      script.latency.count());
  if (auto fits = check_mix(script); fits.has_error())
    return make_error(ErrorCode::usage, "--mix and --fail-rate: {}", fits.error().message);
  return script;
}

std::string log_line(const MockRequest& request) {
  return to_json(
      json::object{{"order", request.order},
                   {"time_ms", request.time.count()},
                   {"sample", request.sample},
                   {"attempt", request.attempt},
                   {"api", request.api},
                   {"model", request.model},
                   {"pictures", json::array(request.pictures.begin(), request.pictures.end())},
                   {"authorization", request.authorization},
                   {"status", request.status},
                   {"defect", request.defect},
                   {"body_bytes", request.body_bytes},
                   {"connection", request.connection}});
}

// Without a log the requests are not kept either: the server may run for days.
Result<MockObserver> make_observer(const po::variables_map& given) {
  if (!given.contains("log") && given["no-inspect"].as<bool>()) return MockObserver();
  if (!given.contains("log")) return MockObserver([](const MockRequest&) {});
  const auto path = given["log"].as<std::string>();
  // Shared by the copies of the observer, which std::function asks for.
  auto file = std::make_shared<std::ofstream>(path);
  if (!*file) return make_error(ErrorCode::io, "cannot write {}", path);
  return MockObserver(
      [file](const MockRequest& request) { *file << log_line(request) << std::endl; });
}

Result<MockOptions> read_options(const po::variables_map& given) {
  MockOptions options;
  options.inspect = !given["no-inspect"].as<bool>();
  STAREVAL_TRY(options.tls, tls_named(given["tls"].as<std::string>()));
  if (!given.contains("tls-ca-out")) return options;
  options.tls_ca_out = given["tls-ca-out"].as<std::string>();
  if (options.tls == MockTls::off || options.tls == MockTls::self_signed)
    return make_error(ErrorCode::usage,
                      "--tls-ca-out: expected --tls trusted, expired or wrong-host beside it");
  return options;
}

sigset_t ending_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

Result<void> serve(const po::variables_map& given) {
  const int port = given["port"].as<int>();
  if (port < 0 || port > 65535)
    return make_error(ErrorCode::usage, "--port: expected 0 to 65535, found {}", port);
  STAREVAL_TRY(MockScript script, read_script(given));
  STAREVAL_TRY(MockObserver observer, make_observer(given));
  STAREVAL_TRY(MockOptions options, read_options(given));
  const sigset_t signals = ending_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  STAREVAL_TRY(const auto server,
               MockServer::start(std::move(script), port, std::move(observer), std::move(options)));
  fmt::print("listening on {}\n", server->base_url());
  std::fflush(stdout);
  int received = 0;
  sigwait(&signals, &received);
  server->stop();
  return {};
}

int report(const Error& error) {
  fmt::print(stderr, "star-mock-server: {}\n", error.message);
  return error.code == ErrorCode::usage || error.code == ErrorCode::mismatch ? 2 : 3;
}

int run(int argc, char** argv) {
  const po::options_description options = make_options();
  po::variables_map given;
  po::store(po::command_line_parser(argc, argv)
                .options(options)
                .positional(po::positional_options_description())
                .run(),
            given);
  po::notify(given);
  if (given.contains("help")) {
    std::cout << kHelp << "\n" << options;
    return 0;
  }
  const auto served = serve(given);
  return served.has_error() ? report(served.error()) : 0;
}

}  // namespace
}  // namespace stareval

int main(int argc, char** argv) {
  try {
    return stareval::run(argc, argv);
  } catch (const std::exception& wrong_use) {
    fmt::print(stderr, "star-mock-server: {}; see --help\n", wrong_use.what());
    return 2;
  }
}
