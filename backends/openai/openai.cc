#include "backends/openai/openai.h"

#include <algorithm>
#include <utility>

#include "backends/openai/chat_codec.h"
#include "backends/shared/endpoint.h"
#include "backends/shared/http_client.h"
#include "backends/shared/http_reply.h"
#include "backends/shared/settings.h"

namespace stareval {
namespace {

constexpr const char* kDefaultBase = "https://api.openai.com/v1";
constexpr const char* kBaseUrlVariable = "OPENAI_BASE_URL";
constexpr const char* kDefaultHost = "api.openai.com";
constexpr std::chrono::seconds kDefaultTimeout{120};

struct Options {
  Endpoint endpoint;
  std::string model;
  std::chrono::milliseconds timeout;
  std::string max_tokens_field;
  bool sample_header = false;
};

// What may stand in a header as it is.
bool is_plain(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

class OpenAi : public Backend {
 public:
  OpenAi(Options options, Secret key) : options_(std::move(options)), key_(std::move(key)) {}

  void submit(const Request& request, Completion done) override {
    const auto pictures = look_at_pictures(request);
    if (pictures.has_error())
      return done(failed_reply(Failure::permanent, pictures.error().message));
    client_.send(
        http_request(request, *pictures), [this, done = std::move(done)](const HttpOutcome& out) {
          done(out.failure == Failure::none ? chat::decode(out.response, key_) : failed_reply(out));
        });
  }

  [[nodiscard]] json::object identity() const override {
    return {{"endpoint", options_.endpoint.base}};
  }

 private:
  [[nodiscard]] HttpRequest http_request(const Request& request,
                                         std::span<const PictureFile> pictures) const {
    HttpRequest http;
    http.url = options_.endpoint.url("chat/completions");
    http.where = options_.endpoint.base;
    http.timeout = options_.timeout;
    http.secret = &key_;
    if (options_.sample_header && is_plain(request.sample_id))
      http.headers.push_back("X-StarEval-Sample: " + request.sample_id);
    Request named = request;  // texts and paths only: small beside the pictures
    if (named.model.empty()) named.model = options_.model;
    http.body = chat::encode(named, pictures, options_.max_tokens_field);
    return http;
  }

  const Options options_;
  const Secret key_;
  HttpClient client_;  // last: its destructor ends the attempts, whose callbacks use the key
};

Result<Endpoint> read_endpoint(const BackendConfig& config) {
  if (!config.base_url.empty()) return parse_endpoint(config.base_url, "--base-url");
  const std::string set = read_environment(config, kBaseUrlVariable);
  return parse_endpoint(set.empty() ? kDefaultBase : set, kBaseUrlVariable);
}

Result<Options> read_options(const BackendConfig& config) {
  Options options;
  STAREVAL_TRY(options.endpoint, read_endpoint(config));
  options.model = config.model.empty() ? kOpenAiModel : config.model;
  SettingsReader in("openai", config.settings);
  options.timeout = in.seconds("timeout_s", kDefaultTimeout);
  options.max_tokens_field =
      in.one_of("max_tokens_field", {"auto", "max_tokens", "max_completion_tokens"});
  options.sample_header = in.flag("sample_header", options.endpoint.loopback);
  STAREVAL_CHECK(in.status());
  if (options.max_tokens_field == "auto")
    options.max_tokens_field =
        options.endpoint.host == kDefaultHost ? "max_completion_tokens" : "max_tokens";
  return options;
}

}  // namespace

Result<std::unique_ptr<Backend>> make_openai(const BackendConfig& config) {
  STAREVAL_TRY(Options options, read_options(config));
  STAREVAL_TRY(Secret key, read_key(config, "OPENAI_API_KEY"));
  if (key.empty() && options.endpoint.host == kDefaultHost)
    return make_error(ErrorCode::usage,
                      "OPENAI_API_KEY is not set: {} needs a key; set it in the environment, or "
                      "name a server of your own with --base-url",
                      options.endpoint.base);
  return std::make_unique<OpenAi>(std::move(options), std::move(key));
}

void register_openai(Registry& registry) {
  registry.add_backend("openai", {"chat completions of OpenAI, and of any server that speaks them",
                                  kOpenAiModel, make_openai});
}

}  // namespace stareval
