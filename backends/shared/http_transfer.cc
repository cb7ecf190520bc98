#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <stdexcept>
#include <system_error>

#include "backends/shared/endpoint.h"
#include "backends/shared/http_transfer_internal.h"
#include "backends/shared/lower_case.h"
#include "libstareval/base/text.h"

namespace stareval {
namespace {

// What libcurl takes of a body at a time: the more, the fewer turns of its loop a body takes.
constexpr long kLeastBuffer_bytes = 16 * 1024;
constexpr long kMostBuffer_bytes = 512 * 1024;

template <class Value>
void set(CURL* easy, CURLoption option, Value value) {
  if (const CURLcode code = curl_easy_setopt(easy, option, value); code != CURLE_OK)
    throw std::runtime_error(fmt::format("libcurl refused option {}: {}", static_cast<int>(option),
                                         curl_easy_strerror(code)));
}

long milliseconds_of(std::chrono::milliseconds duration) {
  return static_cast<long>(duration.count());
}

// A certificate that does not hold, or a server that does not speak TLS: no attempt will do better.
bool is_tls_failure(CURLcode code) {
  switch (code) {
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_ENGINE_INITFAILED: return true;
    default: return false;
  }
}

HttpOutcome failure(Failure kind, std::string error) { return {kind, std::move(error), {}}; }

std::string without_query(const std::string& url) { return url.substr(0, url.find('?')); }

// A connection on which nothing is acknowledged for so long is dead.
int limit_silence(void*, curl_socket_t socket, curlsocktype) {
#ifdef TCP_USER_TIMEOUT
  const unsigned limit_ms = 60'000;
  (void)::setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &limit_ms, sizeof limit_ms);
#endif
  return CURL_SOCKOPT_OK;
}

}  // namespace

std::string_view HttpResponse::header(std::string_view name) const {
  const auto hit = std::find_if(headers.begin(), headers.end(),
                                [&](const auto& header) { return header.first == name; });
  return hit == headers.end() ? std::string_view() : std::string_view(hit->second);
}

Easy make_easy() {
  Easy handle(curl_easy_init());
  CURL* easy = handle.get();
  if (easy == nullptr) throw std::runtime_error("libcurl could not be started");
  set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_USERAGENT, "stareval");
  // A peer that vanished is noticed while a long answer is awaited, and while a body is sent.
  set(easy, CURLOPT_TCP_KEEPALIVE, 1L);
  set(easy, CURLOPT_TCP_KEEPIDLE, 30L);
  set(easy, CURLOPT_TCP_KEEPINTVL, 10L);
  set(easy, CURLOPT_SOCKOPTFUNCTION, &limit_silence);
  set(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  set(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  return handle;
}

HttpTransfer::HttpTransfer(HttpRequest request, HttpCallback done)
    : request_(std::move(request)), done_(std::move(done)) {
  if (request_.where.empty()) request_.where = request_.url;
  set_headers();
  request_.secret = nullptr;
}

void HttpTransfer::begin(Easy easy, VerifiedPictures& verified, bool fresh) {
  easy_ = std::move(easy);
  set(easy_.get(), CURLOPT_FRESH_CONNECT, fresh ? 1L : 0L);
  set_target();
  set_body(verified);
  set(easy_.get(), CURLOPT_HTTPHEADER, headers_.get());
  set(easy_.get(), CURLOPT_ERRORBUFFER, error_text_.data());
  set(easy_.get(), CURLOPT_WRITEFUNCTION, &HttpTransfer::on_body);
  set(easy_.get(), CURLOPT_WRITEDATA, static_cast<void*>(this));
  set(easy_.get(), CURLOPT_HEADERFUNCTION, &HttpTransfer::on_header);
  set(easy_.get(), CURLOPT_HEADERDATA, static_cast<void*>(this));
}

void HttpTransfer::add_header(const std::string& line) {
  curl_slist* longer = curl_slist_append(headers_.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  (void)headers_.release();
  headers_.reset(longer);
}

void HttpTransfer::set_headers() {
  for (const std::string& line : request_.headers) add_header(line);
  if (request_.secret != nullptr && !request_.secret->empty())
    add_header(request_.secret->reveal_into_header(request_.secret_prefix));
  // "Expect: 100-continue" would wait a second for servers that do not know it.
  add_header("Expect:");
  if (!request_.body.empty()) add_header("Content-Type: " + request_.content_type);
}

void HttpTransfer::set_target() {
  CURL* easy = easy_.get();
  set(easy, CURLOPT_URL, request_.url.c_str());
  if (!request_.authorities.empty()) set(easy, CURLOPT_CAINFO, request_.authorities.c_str());
  set(easy, CURLOPT_TIMEOUT_MS, milliseconds_of(request_.timeout));
  set(easy, CURLOPT_CONNECTTIMEOUT_MS,
      milliseconds_of(std::min(request_.connect_timeout, request_.timeout)));
  // HTTP/2 without TLS is broken in libcurl 7.88.1 on reused connections.
  const auto endpoint = parse_endpoint(without_query(request_.url), "the URL");
  const bool secure = endpoint.has_value() && endpoint->secure;
  const bool loopback = endpoint.has_value() && endpoint->loopback;
  set(easy, CURLOPT_HTTP_VERSION,
      static_cast<long>(secure ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1));
  set(easy, CURLOPT_PROXY, loopback ? "" : static_cast<const char*>(nullptr));
}

// No function to start the body anew is given: libcurl would send it again by itself where a kept
// connection turns out to be dead, unseen by those who count attempts.
void HttpTransfer::set_body(VerifiedPictures& verified) {
  CURL* easy = easy_.get();
  if (request_.body.empty()) return set(easy, CURLOPT_HTTPGET, 1L);
  body_.emplace(request_.body, verified);
  const auto size = request_.body.size_bytes();
  set(easy, CURLOPT_UPLOAD_BUFFERSIZE,
      static_cast<long>(std::clamp<std::uint64_t>(size, kLeastBuffer_bytes, kMostBuffer_bytes)));
  set(easy, CURLOPT_POST, 1L);
  set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size_bytes()));
  set(easy, CURLOPT_READFUNCTION, &HttpTransfer::on_send);
  set(easy, CURLOPT_READDATA, static_cast<void*>(this));
}

bool HttpTransfer::release_sent_body() {
  if (!body_) return true;
  if (!body_->is_done()) return false;  // a handle that is used again still counts the last body
  curl_off_t sent = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_SIZE_UPLOAD_T, &sent);
  if (static_cast<std::uint64_t>(sent) < request_.body.size_bytes()) return false;
  set(easy_.get(), CURLOPT_UPLOAD_BUFFERSIZE, kLeastBuffer_bytes + 1);  // another size frees it
  return true;
}

std::size_t HttpTransfer::on_send(char* out, std::size_t one, std::size_t space, void* self) {
  auto& transfer = *static_cast<HttpTransfer*>(self);
  const auto size = transfer.body_->read(out, one * space);
  if (size.has_value()) return *size;
  transfer.body_failure_ = size.error().message;
  return CURL_READFUNC_ABORT;
}

bool HttpTransfer::fits(std::size_t size) {
  received_bytes_ += size;
  if (received_bytes_ > kMaxResponse_bytes) too_large_ = true;
  return !too_large_;
}

// Both callbacks return another number than they were given to end the transfer.
std::size_t HttpTransfer::on_body(char* data, std::size_t one, std::size_t size, void* self) {
  auto& transfer = *static_cast<HttpTransfer*>(self);
  if (transfer.saves()) {
    const auto saved = transfer.save({data, one * size});
    if (saved.has_error()) transfer.file_failure_ = saved.error().message;
    return saved.has_error() ? 0 : one * size;
  }
  if (!transfer.fits(one * size)) return 0;
  transfer.response_.body.append(data, one * size);
  return one * size;
}

bool HttpTransfer::saves() const {
  if (request_.save_to.empty()) return false;
  long status = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  return status / 100 == 2;
}

Result<void> HttpTransfer::save(std::string_view bytes) {
  if (!file_) {
    STAREVAL_TRY(FileWriter file, FileWriter::open(request_.save_to));
    file_.emplace(std::move(file));
  }
  return file_->write(bytes);
}

Result<void> HttpTransfer::finish_saving() {
  if (!saves()) return {};
  STAREVAL_CHECK(save(""));  // a file also for an empty body
  return file_->commit();
}

std::size_t HttpTransfer::on_header(char* data, std::size_t one, std::size_t size, void* self) {
  auto& transfer = *static_cast<HttpTransfer*>(self);
  if (!transfer.fits(one * size)) return 0;
  const std::string_view line = trim({data, one * size});
  const auto colon = line.find(':');
  // A status line: of the response, after those of a proxy or of "100 Continue".
  if (line.starts_with("HTTP/")) transfer.response_.headers.clear();
  else if (colon != std::string_view::npos)
    transfer.response_.headers.emplace_back(lower_case(trim(line.substr(0, colon))),
                                            trim(line.substr(colon + 1)));
  return one * size;
}

HttpOutcome HttpTransfer::outcome(CURLcode code) {
  if (code != CURLE_OK) return failed(code);
  if (const auto saved = finish_saving(); saved.has_error())
    return failure(Failure::permanent, saved.error().message);
  long status = 0;
  curl_off_t total_us = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(easy_.get(), CURLINFO_TOTAL_TIME_T, &total_us);
  response_.status = static_cast<int>(status);
  response_.latency =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::microseconds(total_us));
  response_.received = std::chrono::system_clock::now();
  return {Failure::none, {}, std::move(response_)};
}

HttpOutcome HttpTransfer::not_started(CURLMcode code) const {
  return failure(Failure::connection,
                 fmt::format("the attempt at {} could not be started: {}", request_.where,
                             lower_case(curl_multi_strerror(code))));
}

HttpOutcome HttpTransfer::stopped() const {
  return failure(
      Failure::connection,
      fmt::format("the attempt at {} was stopped before the reply came", request_.where));
}

bool HttpTransfer::reused_a_connection() const {
  long made = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_NUM_CONNECTS, &made);
  return made == 0;
}

bool HttpTransfer::connected() const {
  curl_off_t ready_us = 0;  // 0 until name look-up, TCP and TLS are through
  curl_easy_getinfo(easy_.get(), CURLINFO_PRETRANSFER_TIME_T, &ready_us);
  return ready_us > 0;
}

std::string HttpTransfer::reason(CURLcode code) const {
  long number = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_OS_ERRNO, &number);
  if (code == CURLE_COULDNT_CONNECT && number != 0)
    return lower_case(std::generic_category().message(static_cast<int>(number)));
  const std::string detail(error_text_.data());
  return to_valid_utf8(detail.empty() ? curl_easy_strerror(code) : detail);
}

HttpOutcome HttpTransfer::timed_out() const {
  using Seconds = std::chrono::duration<double>;
  if (connected() || request_.timeout < request_.connect_timeout)
    return failure(Failure::timeout, fmt::format("{} did not answer within {} s", request_.where,
                                                 Seconds(request_.timeout).count()));
  return failure(Failure::connection,
                 fmt::format("cannot connect to {}: no connection within {} s; is the server "
                             "running?",
                             request_.where, Seconds(request_.connect_timeout).count()));
}

HttpOutcome HttpTransfer::failed(CURLcode code) const {
  const std::string& where = request_.where;
  if (!body_failure_.empty()) return failure(Failure::permanent, body_failure_);
  if (!file_failure_.empty()) return failure(Failure::permanent, file_failure_);
  if (too_large_)
    return failure(Failure::permanent,
                   fmt::format("{} sent a reply above {} MiB", where, kMaxResponse_bytes >> 20));
  if (code == CURLE_OPERATION_TIMEDOUT) return timed_out();
  if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL)
    return failure(Failure::permanent, fmt::format("{} is not an http or https URL", where));
  const std::string why = reason(code);
  if (code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_RESOLVE_PROXY)
    return failure(
        Failure::connection,
        fmt::format("cannot connect to {}: {}; check --base-url and the network", where, why));
  // OpenSSL's word for a connection that was cut during the handshake, which may pass.
  const bool cut = why.find("SYSCALL") != std::string::npos;
  if (is_tls_failure(code) && !cut)
    return failure(Failure::permanent,
                   fmt::format("no safe connection to {}: {}; the server must have a certificate "
                               "that is valid for its name, and SSL_CERT_FILE names who vouches "
                               "for it where that is an authority of your own",
                               where, why));
  if (!connected())
    return failure(Failure::connection,
                   fmt::format("cannot connect to {}: {}; is the server running?", where, why));
  return failure(
      Failure::connection,
      fmt::format("the connection to {} broke before the whole reply came: {}", where, why));
}

}  // namespace stareval
