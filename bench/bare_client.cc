// The least that a client on libcurl must do: read a picture, encode it, post it, throw the answer
// away. What star-eval is held against; no journal, no digest, no retry, no score.
//     bare_client URL FOLDER REQUESTS CONCURRENCY      pictures FOLDER/images/*.png in turn
#include <curl/curl.h>
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "libstareval/base/base64.h"
#include "libstareval/base/file.h"

namespace {

struct Slot {
  CURL* easy = nullptr;
  std::string body;
};

std::size_t ignore(char*, std::size_t one, std::size_t size, void*) { return one * size; }

class Client {
 public:
  Client(std::string url, const std::filesystem::path& folder, std::size_t requests)
      : url_(std::move(url)), left_(requests) {
    for (const auto& entry : std::filesystem::directory_iterator(folder / "images"))
      pictures_.push_back(entry.path());
    headers_ = curl_slist_append(headers_, "Content-Type: application/json");
    headers_ = curl_slist_append(headers_, "Expect:");
  }

  // Requests that were answered with 200.
  std::size_t run(std::size_t concurrency) {
    std::vector<Slot> slots(concurrency);
    for (Slot& slot : slots) {
      slot.easy = curl_easy_init();
      curl_easy_setopt(slot.easy, CURLOPT_PRIVATE, &slot);
      start(slot);
    }
    int running = 1;
    while (running > 0) {
      curl_multi_perform(multi_, &running);
      while (finish_one()) running = 1;
      if (running > 0) curl_multi_poll(multi_, nullptr, 0, 1000, nullptr);
    }
    return answered_;
  }

 private:
  void start(Slot& slot) {
    if (left_ == 0) return;
    const auto& path = pictures_[--left_ % pictures_.size()];
    slot.body =
        R"({"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,)";
    slot.body += stareval::base64_encode(stareval::read_file(path).value());
    slot.body += R"("}},{"type":"text","text":"How many?"}]}],"temperature":0,"max_tokens":4096})";
    curl_easy_setopt(slot.easy, CURLOPT_URL, url_.c_str());
    curl_easy_setopt(slot.easy, CURLOPT_HTTPHEADER, headers_);
    curl_easy_setopt(slot.easy, CURLOPT_POSTFIELDS, slot.body.data());
    curl_easy_setopt(slot.easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(slot.body.size()));
    curl_easy_setopt(slot.easy, CURLOPT_WRITEFUNCTION, &ignore);
    curl_multi_add_handle(multi_, slot.easy);
  }

  bool finish_one() {
    int left = 0;
    const CURLMsg* message = curl_multi_info_read(multi_, &left);
    if (message == nullptr) return false;
    CURL* easy = message->easy_handle;
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    if (status == 200) ++answered_;
    Slot* slot = nullptr;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &slot);
    curl_multi_remove_handle(multi_, easy);
    start(*slot);
    return true;
  }

  std::string url_;
  std::size_t left_;
  std::size_t answered_ = 0;
  std::vector<std::filesystem::path> pictures_;
  curl_slist* headers_ = nullptr;
  CURLM* multi_ = curl_multi_init();
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    fmt::print(stderr, "usage: bare_client URL FOLDER REQUESTS CONCURRENCY\n");
    return 2;
  }
  const auto requests = static_cast<std::size_t>(std::strtoull(argv[3], nullptr, 10));
  Client client(argv[1], argv[2], requests);
  const std::size_t answered =
      client.run(static_cast<std::size_t>(std::strtoull(argv[4], nullptr, 10)));
  fmt::print("{}\n", answered);
  return answered == requests ? 0 : 1;
}
