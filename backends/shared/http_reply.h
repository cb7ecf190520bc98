// From HTTP to Reply: what each status means, when to try again, and how a server is quoted.
// Source  RFC 9110 (status codes, Retry-After); `retry-after-ms` of OpenAI and Azure.
// Thread  pure functions.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "backends/shared/http_message.h"
#include "libstareval/base/json.h"
#include "libstareval/model/reply.h"

namespace stareval {

// none for 2xx; rate_limited for 429; server for 408, 409 and 5xx; permanent for all others.
[[nodiscard]] Failure failure_of_status(int status);

// What the server asked for: `retry-after-ms`, or Retry-After in seconds or as a date against the
// time of the response. At least 0, at most a day; nothing where it is absent or makes no sense.
[[nodiscard]] std::optional<std::chrono::milliseconds> retry_after(const HttpResponse& response);

// A server's text for an error of ours: the key cut out, one line, valid UTF-8, at most 200
// characters, in double quotes.
[[nodiscard]] std::string quote(std::string_view text, const Secret& key);

// The reply to a request that got no response.
[[nodiscard]] Reply failed_reply(const HttpOutcome& outcome);

// The reply to a response whose status is not 2xx. `message` is what the body gives as the reason,
// "" where it gives none: then the body is quoted. `hint` stands in the advice for a 404, in
// brackets behind --base-url.
[[nodiscard]] Reply error_reply(const HttpResponse& response, std::string_view message,
                                const Secret& key, std::string_view hint = "");

// Cut the key out of every text of a reply: a server may echo what it was sent. Where the answer
// held it, the log-probabilities of its tokens, which spell it, are dropped.
void redact(Reply& reply, const Secret& key);

// ---- decoding: what a vendor says of a body; all else is the same for all ----

// An error that a body states, whatever the status.
struct ServerError {
  std::string message;
  int status = 0;          // what it stands for; 0: the status of the response
  bool refused = false;    // a filter of the provider declined the question: data, not a failure
  bool permanent = false;  // waiting does not help, whatever the status says
  std::string word = {};   // the server's own, for finish_reason where it refused
  std::optional<std::chrono::milliseconds> retry_after = {};  // where no header says it
};

// The server began an answer and gave it up: what came is never read, and another attempt may fare
// better. `how`: "finish_reason \"error\"".
struct BrokenOff {
  std::string how;
};

// The body is not a reply of this API. `found`: "JSON without \"choices\"".
struct NotAReply {
  std::string found;
};

using Decoded = std::variant<Reply, ServerError, BrokenOff, NotAReply>;

struct WireFormat {
  std::string_view expected;  // "a chat completion", for errors
  std::string_view hint;      // of error_reply()

  // `status` is that of the response. A Reply counts only where it is 2xx.
  Decoded (*read)(const json::object& body, int status);
};

// The reply in a response of any status.
//   2xx  what `read` makes of the body; what is no JSON, or NotAReply, is a permanent failure
//   others  api_error by failure_of_status, with the server's message quoted, or refused
// Latency, limits and request id (of a header, else that of the Reply) are filled in. A broken
// character in a reply that was paid for becomes U+FFFD. No text of the reply holds `key`.
[[nodiscard]] Reply decode_response(const HttpResponse& response, const WireFormat& format,
                                    const Secret& key);

}  // namespace stareval
